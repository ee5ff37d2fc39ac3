// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.AnchorOptions;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.SelectedNames;
import io.github.djlstitch.cli.report.AnchorsReport;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.AnchorDiagnostics;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Anchors chosen, measured in every encoder's space, and saved. */
@Command(
    name = "anchors",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch anchors --encoder E --anchors N|FILE [OPTIONS]",
    description = {
      "Choose anchors in the space of the first encoder, measure how well they",
      "cover and span the space of each, and save them for --anchors FILE."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch anchors --encoder minilm,bge-small --anchor-strategy fps",
      "  stitch anchors --encoder minilm --anchor-strategy kmeans-mean:20 \\",
      "         --anchors 100 --out prototypes.json",
      "  stitch --encoder bge-small --decoder minilm-head --anchors prototypes.json",
      "",
      "coverage is the mean over samples of the largest |cosine| to an anchor, and",
      "radius the largest 1 - |cosine|, both after centring on the samples; kept is how",
      "many anchors are left when they are pruned to a distance 1 - |cosine| of --delta;",
      "rank is the effective rank."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnchorsCommand implements Callable<Integer> {
  @Completed(list = true, path = true)
  @Option(
      completionCandidates = Words.Encoders.class,
      names = "--encoder",
      paramLabel = "E",
      required = true,
      description = "Encoders: a name, a comma list, a glob, or all; the first one chooses.")
  String encoder;

  @Mixin DataOptions data;

  @Mixin AnchorOptions anchors;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.SEED,
      description = "Decides the anchors (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.RUNS,
      description = "How many choices, with seeds from --seed on (default: ${DEFAULT-VALUE}).")
  int seeds;

  @Option(
      names = "--delta",
      paramLabel = "D",
      defaultValue = "" + AnchorDiagnostics.DELTA,
      description = "Pruning distance of the kept count, 0 to 1 (default: ${DEFAULT-VALUE}).")
  double delta;

  @Mixin FormatOption output;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The .json file to write the anchors of the first seed to.")
  @Nullable Path out;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    requireOptions();
    AnchorChoice choice = anchors.choice();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    var selected = SelectedNames.of(zoo, data, encoder, console);
    zoo.preparation()
        .check(
            selected.encoders(),
            selected.dataset(),
            anchors.from(),
            data.reading(),
            List.of(choice));
    AnchorsReport report = measure(zoo, selected, choice);
    console.clearBar();
    console.print(report.report().in(output.format()));
    if (out != null) {
      Anchors first = report.results().get(0).anchors();
      first.save(out);
      console.say("wrote %d anchors to %s".formatted(first.count(), out));
    }
    return 0;
  }

  private void requireOptions() {
    if (out != null) {
      OutputPlace.requireFile("--out", out, ".json");
    }
    if (seeds < 1) {
      throw StitchException.usage("--seeds %d; expected at least 1", seeds);
    }
    if (!(delta >= 0 && delta <= 1)) {
      throw StitchException.usage("--delta %s; expected 0 to 1", delta);
    }
  }

  private AnchorsReport measure(ModelZoo zoo, SelectedNames selected, AnchorChoice choice) {
    long start = System.nanoTime();
    LabelledData dataset = zoo.dataset(selected.dataset(), data.reading());
    Optional<LabelledData> other = anchors.from().map(name -> zoo.dataset(name, data.reading()));
    zoo.preparation().requireAnchors(other.orElse(dataset), choice);
    List<LatentSpace> spaces = new ArrayList<>();
    selected.encoders().forEach(name -> spaces.add(zoo.encode(name, dataset, other).train()));
    double encodeSeconds = (System.nanoTime() - start) / 1e9;
    List<AnchorsReport.Result> results = new ArrayList<>();
    for (long run = seed; run < seed + seeds; run++) {
      LatentSpace first = spaces.get(0);
      Anchors chosen = first.owned(choice.choose(first.anchorCandidates(), run));
      for (LatentSpace space : spaces) {
        results.add(
            new AnchorsReport.Result(
                space.provenance().encoder(),
                run,
                chosen,
                AnchorDiagnostics.of(space, chosen, delta)));
      }
    }
    double totalSeconds = (System.nanoTime() - start) / 1e9;
    return new AnchorsReport(
        dataset.dataset(), anchors.from(), results, encodeSeconds, totalSeconds);
  }
}
