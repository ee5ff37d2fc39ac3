// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.decoders.HeadOptions;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The relative space and the head on it. */
@About(Topic.SPACE)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SpaceOptions {
  private static final String AUTOMATIC = "auto";
  private static final List<String> OF_RELATIVE_HEADS =
      List.of("--similarity", "--order", "--gamma", "--positive-distances", "--lambda");

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Mixin AnchorOptions anchors;

  @Option(
      names = "--similarity",
      paramLabel = "NAME",
      defaultValue = StitchDefaults.SIMILARITY,
      completionCandidates = Words.Similarities.class,
      description =
          "What relative representations are made of: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  String similarity;

  @Option(
      completionCandidates = Words.Automatic.class,
      names = "--lambda",
      paramLabel = "L|auto",
      description =
          "Ridge weight (default: "
              + Similarity.DEFAULT_LAMBDA
              + " for coordinates and ridge, "
              + Inverse.DEFAULT_LAMBDA
              + " for irp-ridge, "
              + CodecSpec.Parseval.DEFAULT_LAMBDA
              + " for parseval). With auto, the similarity coordinates chooses it from its anchors by"
              + " leave-one-out, and methods use their defaults.")
  @Nullable String lambda;

  @Option(
      names = "--order",
      paramLabel = "P",
      defaultValue = "" + Similarity.DEFAULT_ORDER,
      description = "Order of minkowski, at least 1 (default: ${DEFAULT-VALUE}).")
  double order;

  @Option(
      completionCandidates = Words.Automatic.class,
      names = "--gamma",
      paramLabel = "G|auto",
      defaultValue = AUTOMATIC,
      description =
          "Width of rbf, exp(-G d^2); auto is one over the anchors' median squared distance"
              + " (default: ${DEFAULT-VALUE}).")
  String gamma;

  @Option(
      names = "--positive-distances",
      description = "Leave distances as they are, not negated; larger then means farther.")
  boolean positive;

  @Option(
      completionCandidates = Words.Centers.class,
      names = "--center",
      paramLabel = "WHERE",
      defaultValue = StitchDefaults.CENTERING,
      description =
          "What is the origin of each space: anchors (their mean), data (that of all its training"
              + " samples) or none, as the encoder has it (default: ${DEFAULT-VALUE}).")
  String center;

  @Option(
      completionCandidates = Words.HeadKinds.class,
      names = "--head",
      paramLabel = "KIND",
      defaultValue = HeadOptions.DEFAULT_KIND,
      description = "Kind of head: linear or mlp (default: ${DEFAULT-VALUE}).")
  String head;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.SEED,
      description = "Decides the anchors and the head (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--l2",
      paramLabel = "W",
      defaultValue = HeadOptions.AUTOMATIC_L2,
      description =
          "L2 weight of the linear head, or auto: the strongest that is as accurate as any on"
              + " training samples held out (default: ${DEFAULT-VALUE}).")
  String l2;

  @Option(names = "--balanced", description = "Let every class weigh the same in training.")
  boolean balanced;

  public Similarity similarity() {
    double parameter =
        switch (Similarity.kind(similarity)) {
          case COORDINATES ->
              lambda == null ? Similarity.DEFAULT_LAMBDA : number("--lambda", lambda);
          case MINKOWSKI -> order;
          case RBF -> number("--gamma", gamma);
          default -> Similarity.AUTO;
        };
    var named = Similarity.named(similarity, parameter);
    return positive ? named.positive() : named;
  }

  /** Ridge weight of the methods; empty for their defaults. */
  public OptionalDouble lambda() {
    double number = lambda == null ? Similarity.AUTO : number("--lambda", lambda);
    return number == Similarity.AUTO ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  /** Refuses options that go with other options only, whatever the method. */
  public void requireTogether() {
    Similarity.Kind kind = Similarity.kind(similarity);
    requireWith("--order", kind == Similarity.Kind.MINKOWSKI, "--similarity minkowski");
    requireWith("--gamma", kind == Similarity.Kind.RBF, "--similarity rbf");
    requireWith("--positive-distances", kind.distance(), "a --similarity that is a distance");
    boolean chosen = AUTOMATIC.equals(lambda) && kind != Similarity.Kind.COORDINATES;
    requireWith("--lambda", !chosen, "a number, or --similarity coordinates");
    boolean linear = HeadOptions.Kind.named(head) == HeadOptions.Kind.LINEAR;
    requireWith("--l2", linear, "--head linear");
  }

  /** Refuses options that a head on such a space does not read. */
  public void requireReadBy(DecoderSpec.Reads reads) {
    requireTogether();
    for (String option : OF_RELATIVE_HEADS) {
      boolean relative = reads == DecoderSpec.Reads.RELATIVE;
      requireWith(option, relative, "--reads relative, not " + reads.id());
    }
    boolean coordinates = Similarity.kind(similarity) == Similarity.Kind.COORDINATES;
    requireWith("--lambda", coordinates, "--similarity coordinates");
  }

  private void requireWith(String option, boolean there, String what) {
    if (!there && isGiven(option)) {
      throw StitchException.usage("%s needs %s", option, what);
    }
  }

  /**
   * Returns true for an option of the command line itself, not of the environment or a settings
   * file.
   */
  public boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static double number(String option, String text) {
    if (text.equals(AUTOMATIC)) {
      return Similarity.AUTO;
    }
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other text that is not a number above 0.
    }
    throw StitchException.usage("%s %s; expected a number above 0, or auto", option, text);
  }

  public Centering centering() {
    return Centering.named(center);
  }

  public HeadOptions head() {
    return HeadOptions.of(HeadOptions.Kind.named(head)).withBalanced(balanced).withL2(l2());
  }

  private OptionalDouble l2() {
    if (l2.equals(HeadOptions.AUTOMATIC_L2)) {
      return OptionalDouble.empty();
    }
    try {
      double weight = Double.parseDouble(l2);
      if (weight >= 0 && Double.isFinite(weight)) {
        return OptionalDouble.of(weight);
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other text that is not a number from 0 on.
    }
    throw StitchException.usage("--l2 %s; expected a number from 0 on, or auto", l2);
  }

  /** Options of the choice of anchors. */
  public AnchorOptions anchors() {
    return anchors;
  }

  /** The first seed. */
  public long seed() {
    return seed;
  }
}
