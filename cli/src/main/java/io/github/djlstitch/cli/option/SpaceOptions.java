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
@About(Topic.HEADS)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SpaceOptions {
  private static final List<String> OF_RELATIVE_HEADS =
      List.of(
          "--similarity", "--order", "--gamma", "--neighbors", "--positive-distances", "--lambda");

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Mixin AnchorOptions anchors;

  @Mixin SimilarityOptions similarity;

  @About(Topic.RELATIVE)
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
              + " for parseval). With auto, the similarity coordinates chooses it from its anchors"
              + " by leave-one-out, and methods use their defaults.")
  @Nullable String lambda;

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
    return similarity.of(lambda);
  }

  /** Ridge weight of the methods; empty for their defaults. */
  public OptionalDouble lambda() {
    double number = lambda == null ? Similarity.AUTO : SimilarityOptions.number("--lambda", lambda);
    return number == Similarity.AUTO ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  /** Refuses options that go with other options only, whatever the method. */
  public void requireTogether() {
    similarity.requireTogether();
    Similarity.Kind kind = similarity.kind();
    boolean chosen =
        SimilarityOptions.AUTOMATIC.equals(lambda) && kind != Similarity.Kind.COORDINATES;
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
    boolean coordinates = similarity.kind() == Similarity.Kind.COORDINATES;
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

  public Centering centering() {
    return similarity.centering();
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
