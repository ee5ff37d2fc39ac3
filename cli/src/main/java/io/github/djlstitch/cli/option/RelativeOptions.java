// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.InvarianceProduct;
import io.github.djlstitch.core.relative.InvarianceProduct.Merge;
import io.github.djlstitch.core.relative.OutputNorm;
import io.github.djlstitch.core.relative.Quantization;
import io.github.djlstitch.core.relative.RelativePipeline;
import io.github.djlstitch.core.relative.RelativeSpace;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Relative vectors in place of an encoder's own. */
@About(Topic.RELATIVE)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RelativeOptions {
  /** The merges of a product that need no training. */
  enum Product implements Named {
    CONCAT(Merge.CONCAT),
    SUM(Merge.SUM);

    private final Merge merge;

    Product(Merge merge) {
      this.merge = merge;
    }
  }

  private static final String RELATIVE = "--relative";
  private static final String NONE = "none";
  private static final List<String> NOT_OF_PRODUCTS =
      List.of("--quantize", "--quantize-vectors", "--norm");

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Spec CommandSpec own;

  @Completed(path = true)
  @Option(
      names = RELATIVE,
      paramLabel = "N|FILE",
      description =
          "Write relative vectors: of each sample its similarities to the anchors, which are so"
              + " many samples, or those of a file: a .json of 'stitch anchors', or ids, one a"
              + " line.")
  @Nullable String anchors;

  @Mixin AnchorWays ways;

  @Mixin SimilarityOptions similarity;

  @Option(
      completionCandidates = Words.Automatic.class,
      names = "--lambda",
      paramLabel = "L|auto",
      description =
          "Ridge weight of coordinates; auto chooses it from the anchors by leave-one-out (default: "
              + Similarity.DEFAULT_LAMBDA
              + ").")
  @Nullable String lambda;

  @Option(
      names = "--product",
      paramLabel = "HOW",
      description =
          "A product of invariances: the similarities of a comma list in --similarity (default:"
              + " cosine, euclidean, manhattan and chebyshev), each layer-normalized, side by side"
              + " (concat) or added (sum).")
  @Nullable Product product;

  @Option(
      names = "--quantize",
      paramLabel = "Q",
      defaultValue = NONE,
      description =
          "Make similarities coarser: round:BIN, smooth-steps:BIN or"
              + " clusters:THRESHOLD[:LINKAGE] (default: ${DEFAULT-VALUE}).")
  String quantize;

  @Option(
      names = "--quantize-vectors",
      paramLabel = "Q",
      defaultValue = NONE,
      description =
          "Make vectors and anchors coarser before they are compared, likewise (default:"
              + " ${DEFAULT-VALUE}).")
  String quantizeVectors;

  @Option(
      names = "--norm",
      paramLabel = "NAME",
      defaultValue = NONE,
      description =
          "Norm of relative vectors: none, l2, layer, batch (by column, from the space's own data)"
              + " or instance (by column, of these very vectors) (default: ${DEFAULT-VALUE}).")
  OutputNorm norm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.SEED,
      description = "Decides the anchors (default: ${DEFAULT-VALUE}).")
  long seed;

  /** Lets a command and its subcommands read options of these types. */
  public static void register(CommandLine command) {
    Choice.register(command, "product", Product.class);
  }

  /** Returns true if relative vectors are asked for. */
  public boolean isGiven() {
    return anchors != null;
  }

  /** The data set that anchors are chosen from, if another one. */
  public Optional<String> from() {
    return ways.from();
  }

  /** The choice of anchors; only if relative vectors are asked for. */
  public AnchorChoice choice() {
    return ways.choice(RELATIVE, Objects.requireNonNull(anchors));
  }

  /**
   * Refuses options that are not read.
   *
   * @throws StitchException (usage) naming the first one
   */
  public void requireRead() {
    own.options().forEach(option -> require(option.longestName(), isGiven(), RELATIVE));
    if (!isGiven()) {
      return;
    }
    similarity.requireTogether();
    List<Similarity> list = similarity.list(lambda);
    require(
        "--lambda",
        list.stream().anyMatch(s -> s.kind() == Similarity.Kind.COORDINATES),
        "--similarity coordinates");
    require("--similarity", product != null || list.size() == 1, "--product for a list");
    for (String option : NOT_OF_PRODUCTS) {
      if (product != null && isGiven(option)) {
        throw StitchException.usage(
            "%s does not go with --product, which layer-normalizes each similarity; drop it",
            option);
      }
    }
    Quantization.parse(quantize);
    Quantization.parse(quantizeVectors);
  }

  private void require(String option, boolean there, String what) {
    if (!there && isGiven(option)) {
      throw StitchException.usage("%s needs %s", option, what);
    }
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Makes a space relative to anchors that are chosen from it. */
  public RelativeSpace over(LatentSpace space) {
    LatentSpace candidates = space.anchorCandidates();
    choice().requireEnough(candidates.ids().size());
    Anchors chosen = space.owned(choice().choose(candidates, seed));
    return product == null
        ? RelativeSpace.of(space, chosen, pipeline())
        : RelativeSpace.of(space, chosen, product(product.merge));
  }

  private RelativePipeline pipeline() {
    return RelativePipeline.of(similarity.of(lambda), similarity.centering())
        .withAbsolute(Quantization.parse(quantizeVectors))
        .withRelative(Quantization.parse(quantize))
        .withNorm(norm);
  }

  private InvarianceProduct product(Merge merge) {
    return isGiven("--similarity")
        ? new InvarianceProduct(similarity.list(lambda), similarity.centering(), merge)
        : InvarianceProduct.of(similarity.centering(), merge);
  }
}
