// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.report.Reports;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.measure.SpaceTransform;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.Measured.PairingTest;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.space.LatentSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Latent-space files to measures of how alike they are. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch compare A.safetensors B.safetensors [C.safetensors...] [OPTIONS]",
    description = {
      "Measure how alike latent spaces are, over the samples they share.%n",
      "Each value is tested against random pairings of the samples. If the pairing as",
      "it is does no better, the command says 'no alignment' and exits with 6: then",
      "the files do not hold the same samples under the same ids, or the encoders have",
      "nothing in common. All measures together decide; those that compare coordinates",
      "only if no other is asked for, and those without a pairing never.%n"
    },
    footerHeading = "%nMeasures:%n",
    footer = {
      "  of each space from within, so that widths and axes may differ:",
      "    cka, cka-unbiased, cka-minibatch, cka-rbf, dcor, dcor-unbiased, mutual-knn,",
      "    cknna, rsa, rsa-spearman, rsa-kendall, svcca, pwcca, mean-cca, procrustes,",
      "    procrustes-size, procrustes-angular, linear-r2 (the first space explains the",
      "    second), linear-r2-back, eigenspace-overlap, gulp, rtd (of loops),",
      "    hard-match and soft-match (of axes that correlate)",
      "  the same without a pairing, tested against a second space whose axes were",
      "  shuffled one by one:",
      "    imd, geometry-score",
      "  of coordinates, for spaces with common axes, as relative spaces of the same",
      "  anchors have (stitch encode --relative); the first three are the paper's:",
      "    jaccard, mrr, cosine, l1, l2; of class scores agreement, jensen-shannon",
      "  A k may be given in the name, as in jaccard@5. l1, l2, procrustes, gulp, rtd,",
      "  imd, geometry-score and jensen-shannon are distances: smaller is closer.",
      "",
      "Examples:",
      "  stitch encode --encoder minilm texts.txt --out minilm.safetensors",
      "  stitch encode --encoder e5-small texts.txt --out e5.safetensors",
      "  stitch compare minilm.safetensors e5.safetensors",
      "  stitch compare *.safetensors --measure cka,mutual-knn@5 --format json",
      "  stitch compare minilm.safetensors minilm.safetensors --measure all \\",
      "         --transform isometry,scaling"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompareCommand implements Callable<Integer> {
  private static final int SMALL = 10_000;
  private static final String OF_RELATIVE = "jaccard,mrr,cosine";
  private static final String DEFAULT = "cka,cka-unbiased,mutual-knn,cknna,rsa,dcor,procrustes";

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Latent-space files, two or more, as 'stitch encode' writes them.")
  List<Path> files = List.of();

  @Completed(list = true)
  @Option(
      completionCandidates = Words.Measures.class,
      names = "--measure",
      paramLabel = "M",
      description = {
        "A comma list, or all (default: " + DEFAULT + ";",
        "of relative vectors " + OF_RELATIVE + ", too)."
      })
  @Nullable String measure;

  @Completed(list = true)
  @Option(
      completionCandidates = Words.Transforms.class,
      names = "--transform",
      paramLabel = "T",
      split = ",",
      description =
          "Change every space but the first before it is compared, to see which measures notice: a"
              + " comma list of isometry (a random rotation or reflection), permutation (of the"
              + " axes), scaling (of all vectors alike) and translation (of all by as much).")
  List<SpaceTransform> transforms = List.of();

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "" + SpaceMeasure.DEFAULT_NEIGHBORS,
      description = "Neighbors of jaccard, mrr, mutual-knn and cknna (default: ${DEFAULT-VALUE}).")
  int neighbors;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      defaultValue = "" + Resampling.DEFAULT_PERMUTATIONS,
      description = "Random pairings for each test; 0 for none (default: ${DEFAULT-VALUE}).")
  int permutations;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "" + Resampling.DEFAULT_DRAWS,
      description = "Draws for each 95 %% interval; 0 for none (default: ${DEFAULT-VALUE}).")
  int draws;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of pairings, draws and transforms (default: ${DEFAULT-VALUE}).")
  long seed;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    if (files.size() < 2) {
      throw StitchException.usage(
          "compare needs at least 2 latent-space files but got %d; try 'stitch compare --help'",
          files.size());
    }
    PairingTest.requireEnough(permutations);
    Optional<List<SpaceMeasure>> asked = asked();
    var resampling = new Resampling(permutations, draws, seed);
    Console console = common.console();
    List<LatentSpace> spaces = files.stream().map(LatentSpace::open).toList();
    if (spaces.stream().allMatch(space -> space.ids().size() <= SMALL)) {
      common.prepareEngineForSmallWork();
    } else {
      common.prepareEngine();
    }
    var comparison =
        SpaceComparison.run(
            new Transforms(transforms, seed).sides(files, spaces),
            asked.orElseGet(() -> usual(spaces)),
            "all".equals(measure),
            resampling,
            console);
    console.clearBar();
    console.print(Reports.of(comparison).in(output.format()));
    comparison.notes().forEach(console::say);
    if (common.isVerbose()) {
      console.say(String.format(Locale.ROOT, "total %.1f s", comparison.seconds()));
    }
    return exitCode(comparison, console);
  }

  private Optional<List<SpaceMeasure>> asked() {
    if (neighbors < 1) {
      throw StitchException.usage("--k %d; expected at least 1", neighbors);
    }
    return Optional.ofNullable(measure).map(this::parsed);
  }

  private List<SpaceMeasure> parsed(String list) {
    if ("all".equals(list)) {
      return Arrays.stream(MeasureKind.values())
          .map(kind -> SpaceMeasure.of(kind, neighbors))
          .toList();
    }
    return Arrays.stream(list.split(",", -1))
        .map(name -> SpaceMeasure.named(name.strip(), neighbors))
        .distinct()
        .toList();
  }

  private List<SpaceMeasure> usual(List<LatentSpace> spaces) {
    boolean relative = spaces.stream().allMatch(s -> s.provenance().relative().isPresent());
    return parsed(relative ? OF_RELATIVE + "," + DEFAULT : DEFAULT);
  }

  private static int exitCode(SpaceComparison comparison, Console console) {
    List<SpaceComparison.Pair> apart =
        comparison.pairs().stream().filter(pair -> !pair.isAligned()).toList();
    if (apart.isEmpty()) {
      return 0;
    }
    console.warn(
        "no alignment: "
            + apart.stream().map(comparison::verdict).collect(Collectors.joining("; "))
            + ", no better than random pairings");
    return ExitCode.NEGATIVE;
  }
}
