// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.Origin;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.CurveOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.PageOption;
import io.github.djlstitch.cli.option.PruningOptions;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.SpaceOptions;
import io.github.djlstitch.cli.report.ForecastText;
import io.github.djlstitch.cli.report.Reports;
import io.github.djlstitch.cli.report.Results;
import io.github.djlstitch.cli.report.StitchDocument;
import io.github.djlstitch.cli.report.StitchFiles;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Forecast;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The root command: the main job. */
@Command(
    name = "stitch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = {
      "stitch --encoder E --decoder D [OPTIONS]",
      "       stitch COMMAND [OPTIONS]; see 'stitch COMMAND --help'"
    },
    header = "Plug the encoder of one model into the head of another, with no training.%n",
    description = {
      "%nBoth encoders describe each sample by its similarity to the same anchors;",
      "a head trained on one description reads the other. The result is a table of",
      "accuracies: of each head on its own encoder, and on the one plugged in.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:internal error: a bug",
      "2:wrong usage, or an unknown name",
      "3:bad input",
      "4:model, engine or device not available",
      "5:verification failed: a digest does not match",
      "6:negative verdict: --fail-under, or no alignment",
      "7:out of disk, memory or permissions",
      "130:interrupted"
    },
    footerHeading = "%nElsewhere than on the command line:%n",
    footer = {
      "  Every option may be set by the environment, as STITCH_SPLIT_SIZE=500,250, or",
      "  in ~/.config/stitch/stitch.properties, as split-size=500,250. A command's own",
      "  options are set as STITCH_TRANSLATE_METHOD=ridge or translate.method=ridge.",
      "  stitch.properties in the working folder does so too, but grants no trust,",
      "  names no model, no place to write to, and opens no connection.",
      "  Arguments may come from a file: stitch @FILE.",
      "",
      "Examples:",
      "  stitch --encoder minilm --decoder bge-small-head",
      "  stitch --encoder all --decoder all --seeds 3",
      "  stitch --encoder all --decoder all --method all --curve 30,100,300 --out DIR",
      "  stitch --encoder minilm,e5-small --decoder '*-head' \\",
      "         --dataset csv:reviews.csv --columns text=body,label=stars",
      "  stitch --encoder bge-small-zh --decoder bge-small-head \\",
      "         --dataset sib200:DIR:zho_Hans --decoder-dataset sib200:DIR:eng_Latn"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class StitchCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Completed(list = true, path = true)
  @Option(
      completionCandidates = Words.Encoders.class,
      names = "--encoder",
      paramLabel = "E",
      description = {
        "What is plugged in: a name (see 'stitch zoo list'), a folder with a model,",
        "hf:ORG/NAME[@REVISION] of the Hugging Face Hub, a comma list, a glob, or all."
      })
  @Nullable String encoder;

  @Completed(list = true, path = true)
  @Option(
      completionCandidates = Words.Heads.class,
      names = "--decoder",
      paramLabel = "D",
      description =
          "What it is plugged into: ENCODER-head, trained on that encoder once and kept; a comma"
              + " list, a glob, or all; or the .safetensors of a head saved by 'stitch train'.")
  @Nullable String decoder;

  @Mixin DataOptions data;

  @About(Topic.DATA)
  @Completed(path = true)
  @Option(
      completionCandidates = Words.Data.class,
      names = "--decoder-dataset",
      paramLabel = "DATA",
      description = "What heads are trained on, if not --dataset: a parallel data set.")
  @Nullable String decoderDataset;

  @About(Topic.METHODS)
  @Completed(list = true)
  @Option(
      completionCandidates = Words.Methods.class,
      names = "--method",
      paramLabel = "M",
      defaultValue = StitchDefaults.METHODS,
      description = {
        "What to compare, a comma list or all: absolute, relative, product; by codecs",
        "of each space alone auto, balanced, parseval, coordinates, irp, irp-pruned,",
        "irp-ridge, irp-truncated, irp-parseval, irp-basis, irp-lifted; fitted on each",
        "pair procrustes, ridge, linear, l-ortho, affine, asif, self-learning",
        "(default: ${DEFAULT-VALUE})."
      })
  String method;

  @Mixin PruningOptions pruning;

  @Mixin SpaceOptions space;

  @Mixin CurveOptions curve;

  @About(Topic.METHODS)
  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.RUNS,
      description = "How many runs, with seeds from --seed on (default: ${DEFAULT-VALUE}).")
  int seeds;

  @Mixin FormatOption output;

  @About(Topic.RESULTS)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also write results.json, results.csv and results.md there.")
  @Nullable Path out;

  @Mixin PageOption page;

  @Mixin Verdict verdict;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    if (encoder == null || decoder == null) {
      throw StitchException.usage("%s; try 'stitch --help'", missing());
    }
    verdict.requireFractionOrNothing();
    if (out != null) {
      OutputPlace.requireFolder("--out", out);
    }
    page.requireWritable();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    StitchJob job = new JobPlan(this, console).job(zoo, encoder, decoder);
    StitchJob.Outcome outcome = job.run(zoo, console);
    console.clearBar();
    var results = new Results(job, outcome, common.setting(zoo), zoo.cacheCounts());
    Report report = Reports.of(results);
    console.print(report.in(output.format(), results.setting().colored()));
    outcome.report().notes().forEach(console::say);
    Forecast.of(outcome.report()).stream().map(ForecastText::of).forEach(console::warn);
    if (common.isVerbose()) {
      console.say(results.timings());
    }
    if (out != null) {
      console.say("wrote " + StitchFiles.write(results, report, out) + " to " + out);
    }
    page.write(() -> document(results), console);
    return verdict.exitCode(outcome.report(), console);
  }

  private Document document(Results results) {
    double seconds = results.outcome().totalSeconds();
    return StitchDocument.of(results)
        .with(Origin.facts(spec, results.setting().device(), Clock.systemUTC(), seconds));
  }

  private String missing() {
    if (encoder != null) {
      return "give --decoder too, what '" + encoder + "' is plugged into: for example minilm-head";
    }
    return decoder != null
        ? "give --encoder too, what is plugged into '" + decoder + "': for example minilm"
        : "give --encoder and --decoder, or a command";
  }
}
