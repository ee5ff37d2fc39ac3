// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchDefaults;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of a space's codec and its anchors. */
@About(Topic.CODEC)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CodecOptions {
  private static final String AUTOMATIC = "auto";

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Mixin AnchorOptions anchors;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "The codec: auto, balanced, coordinates, irp or parseval (default: ${DEFAULT-VALUE}).")
  CodecSpec.Kind codec;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description =
          "Ridge weight (default: "
              + Similarity.DEFAULT_LAMBDA
              + " for coordinates, "
              + Inverse.DEFAULT_LAMBDA
              + " for --inverse ridge, "
              + CodecSpec.Parseval.DEFAULT_LAMBDA
              + " for parseval).")
  @Nullable Double lambda;

  @Option(
      completionCandidates = Words.Centers.class,
      names = "--center",
      paramLabel = "WHERE",
      defaultValue = StitchDefaults.CENTERING,
      description = {
        "The origin of coordinates and irp: anchors, data or none; other codecs take data",
        "(default: ${DEFAULT-VALUE})."
      })
  String center;

  @Option(
      completionCandidates = Words.Automatic.class,
      names = "--delta",
      paramLabel = "D",
      defaultValue = AUTOMATIC,
      description = {
        "Of irp: least distance 1 - |cos| of kept anchors, 0 to 1; 0 keeps all;",
        "auto chooses it, and --omega, on this space alone (default: ${DEFAULT-VALUE})."
      })
  String delta;

  @Option(
      names = "--omega",
      paramLabel = "N",
      defaultValue = "" + Subspaces.PUBLISHED_OMEGA,
      description =
          "Of irp: pruned subspaces to average, for a --delta (default: ${DEFAULT-VALUE}).")
  int omega;

  @Option(
      names = "--inverse",
      paramLabel = "NAME",
      defaultValue = "pseudo",
      description =
          "Of irp, the way back: pseudo, ridge (--lambda), truncated (--floor) or parseval"
              + " (default: ${DEFAULT-VALUE}).")
  Inverse.Kind inverse;

  @Option(
      names = "--floor",
      paramLabel = "F",
      description =
          "Of irp --inverse truncated: drop singular values under F times the largest"
              + " (default: "
              + Inverse.DEFAULT_FLOOR
              + ").")
  @Nullable Double floor;

  @Option(
      names = "--completion",
      paramLabel = "NAME",
      defaultValue = "none",
      description = "Of irp: none, basis or lifted (default: ${DEFAULT-VALUE}).")
  Completion completion;

  @Option(
      names = "--rank",
      paramLabel = "R",
      defaultValue = "" + CodecSpec.Parseval.DEFAULT_RANK,
      description =
          "Of parseval: principal components, or 0, by the anchors (default: ${DEFAULT-VALUE}).")
  int rank;

  @Option(
      names = "--power",
      paramLabel = "P",
      defaultValue = "" + CodecSpec.Parseval.DEFAULT_POWER,
      description = "Of parseval: how far they are whitened, 0 to 0.5 (default: ${DEFAULT-VALUE}).")
  double power;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.SEED,
      description = "Decides anchors and pruning (default: ${DEFAULT-VALUE}).")
  long seed;

  /** Chooses anchors among the accepted samples of a space, for a codec or a fitted method. */
  public Anchors anchors(LatentSpace space, Predicate<String> wanted, @Nullable Method fit) {
    if (isGiven("--anchors-from")) {
      throw StitchException.usage(
          "anchors are samples of the space itself; drop --anchors-from, or encode that data set"
              + " and give its file");
    }
    if (fit == null) {
      requireRead();
    } else {
      readers().check(fit);
    }
    int[] rows =
        IntStream.range(0, space.ids().size())
            .filter(i -> wanted.test(space.ids().get(i)))
            .toArray();
    return anchors.choice().choose(space.select(rows), seed);
  }

  /** The card of a space; pruning is decided on it. */
  public SpaceCard card(LatentSpace space, Anchors chosen) {
    var own = AnchoredSpace.of(space, chosen);
    return new SpaceCard(codec(own).fit(own), chosen, space.provenance());
  }

  private CodecSpec codec(AnchoredSpace own) {
    return switch (codec) {
      case AUTO -> new CodecSpec.Automatic();
      case BALANCED -> new CodecSpec.Balanced();
      case COORDINATES -> new CodecSpec.Coordinates(centering(), ridge(Similarity.DEFAULT_LAMBDA));
      case IRP -> new Irp(centering(), inverse(), completion).over(pruned(own));
      case PARSEVAL -> parseval();
    };
  }

  /** Makes a card that is compatible with another one. */
  public static SpaceCard like(SpaceCard other, LatentSpace space) {
    var own = AnchoredSpace.of(space, other.anchors());
    SpaceCodec made = other.codec().spec().fit(own);
    return new SpaceCard(made, other.anchors(), space.provenance());
  }

  private Subspaces pruned(AnchoredSpace own) {
    return delta.equals(AUTOMATIC)
        ? Subspaces.automatic(own, centering(), seed)
        : Subspaces.prune(own, centering(), number(delta), omega, seed);
  }

  private Inverse inverse() {
    return switch (inverse) {
      case PSEUDO -> Inverse.pseudo();
      case RIDGE -> Inverse.ridge(ridge(Inverse.DEFAULT_LAMBDA));
      case TRUNCATED -> floor == null ? Inverse.truncated() : Inverse.truncated(floor);
      case PARSEVAL -> Inverse.parseval();
    };
  }

  private CodecSpec.Parseval parseval() {
    double weight = lambda == null ? CodecSpec.Parseval.DEFAULT_LAMBDA : lambda;
    return new CodecSpec.Parseval(rank, power, weight);
  }

  public Centering centering() {
    return Centering.named(center);
  }

  /** The settings of fitted methods. */
  public BridgeOptions bridges() {
    return lambda == null ? BridgeOptions.defaults() : BridgeOptions.defaults().withLambda(lambda);
  }

  // The ridge weight, above 0.
  private double ridge(double otherwise) {
    double weight = lambda == null ? otherwise : lambda;
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw StitchException.usage("--lambda %s; expected a number above 0", weight);
    }
    return weight;
  }

  private static double number(String delta) {
    try {
      return Double.parseDouble(delta);
    } catch (NumberFormatException e) {
      throw StitchException.usage("--delta '%s'; expected a number from 0 to 1, or auto", delta)
          .because(e);
    }
  }

  private void requireRead() {
    readers().check(codec);
    boolean ridge = codec != CodecSpec.Kind.IRP || inverse == Inverse.Kind.RIDGE;
    requireWith("--lambda", ridge, "--inverse ridge with --codec irp");
    requireWith("--floor", inverse == Inverse.Kind.TRUNCATED, "--inverse truncated");
    boolean prunes = !delta.equals(AUTOMATIC) && number(delta) != 0;
    requireWith("--omega", prunes, "a --delta that is a number above 0");
  }

  private void requireWith(String option, boolean there, String what) {
    if (isGiven(option) && !there) {
      throw StitchException.usage("%s needs %s", option, what);
    }
  }

  /** Refuses every option of this group, where a card brings the codec. */
  public void requireNone(String why) {
    readers().checkNone(why);
  }

  private CodecReaders readers() {
    return new CodecReaders(this::isGiven);
  }

  /** Returns true for an option that was given on the command line. */
  public boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** The seed of pairings and of anchors. */
  public long seed() {
    return seed;
  }
}
