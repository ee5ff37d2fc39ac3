// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.Origin;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.CurveOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.cli.option.OptionReaders;
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
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.Forecast;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
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
    subcommands = {
      EncodeCommand.class,
      TrainCommand.class,
      CardCommand.class,
      TranslateCommand.class,
      CompareCommand.class,
      AnchorsCommand.class,
      ReproduceCommand.class,
      ReportCommand.class,
      ZooCommand.class,
      DoctorCommand.class
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
      "  by stitch.properties in the working folder or in ~/.config/stitch, as",
      "  split-size=500,250. Arguments may come from a file: stitch @FILE.",
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
  private static final String ALL = "all";
  private static final List<String> BROUGHT_BY_HEAD =
      List.of(
          "--anchors",
          "--anchor-strategy",
          "--curve",
          "--similarity",
          "--order",
          "--gamma",
          "--positive-distances",
          "--center",
          "--head",
          "--l2",
          "--balanced",
          "--seed",
          "--seeds");

  @Spec CommandSpec spec;

  @Option(
      names = "--encoder",
      paramLabel = "E",
      description = {
        "What is plugged in: a name (see 'stitch zoo list'), a folder with a model,",
        "hf:ORG/NAME[@REVISION] of the Hugging Face Hub, a comma list, a glob, or all."
      })
  @Nullable String encoder;

  @Option(
      names = "--decoder",
      paramLabel = "D",
      description =
          "What it is plugged into: ENCODER-head, trained on that encoder once and kept; a comma"
              + " list, a glob, or all; or the .json of a head saved by 'stitch train'.")
  @Nullable String decoder;

  @Mixin DataOptions data;

  @Option(
      names = "--decoder-dataset",
      paramLabel = "DATA",
      description = "What heads are trained on, if not --dataset: a parallel data set.")
  @Nullable String decoderDataset;

  @Option(
      names = "--method",
      paramLabel = "M",
      defaultValue = StitchDefaults.METHODS,
      description = {
        "What to compare, a comma list or all: absolute, relative, product; by codecs",
        "of each space alone auto, balanced, parseval, coordinates, irp, irp-pruned,",
        "irp-ridge, irp-truncated, irp-parseval, irp-basis, irp-lifted; fitted on each",
        "pair procrustes, ridge, linear, l-ortho, affine, asif",
        "(default: ${DEFAULT-VALUE})."
      })
  String method;

  @Mixin PruningOptions pruning;

  @Mixin SpaceOptions space;

  @Mixin CurveOptions curve;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.RUNS,
      description = "How many runs, with seeds from --seed on (default: ${DEFAULT-VALUE}).")
  int seeds;

  @Mixin FormatOption output;

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
    StitchJob job = job(zoo, encoder, decoder, console);
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

  private StitchJob job(ModelZoo zoo, String from, String into, Console console) {
    List<String> encoders = NameSelection.of(zoo).encoders(from);
    encoders.forEach(zoo::require);
    Optional<ClassifierHead> saved =
        into.endsWith(".json") ? Optional.of(HeadFile.load(Path.of(into))) : Optional.empty();
    return saved
        .map(head -> withSaved(head, encoders, zoo, console))
        .orElseGet(
            () ->
                new StitchJob(
                    encoders,
                    NameSelection.of(zoo).decoders(into),
                    data.dataset(),
                    decoderDataset == null ? data.dataset() : decoderDataset,
                    data.reading(),
                    options(methods(), console),
                    space.head(),
                    Optional.empty(),
                    space.anchors().from(),
                    curve.plan(space.anchors())));
  }

  // A saved head brings its data set, anchors, similarity and centering; only methods it serves
  // run.
  private StitchJob withSaved(
      ClassifierHead head, List<String> encoders, ModelZoo zoo, Console console) {
    var decoderSpec = head.spec();
    for (String option : BROUGHT_BY_HEAD) {
      if (space.isGiven(option)) {
        throw StitchException.usage(
            "'%s' brings its own anchors, similarity, centring and seed; drop %s", decoder, option);
      }
    }
    zoo.require(decoderSpec.training().encoder());
    List<Method> served =
        methods(decoderSpec.reads()).stream()
            .filter(m -> m.reads() == decoderSpec.reads())
            .toList();
    if (served.isEmpty()) {
      throw StitchException.usage(
          "'%s' reads %s vectors, and none of --method %s gives it those",
          decoder, decoderSpec.reads().id(), method);
    }
    check(served, Optional.empty(), console);
    boolean given = space.isGiven("--dataset");
    String trained = decoderSpec.training().dataset();
    return new StitchJob(
        encoders,
        List.of(decoderSpec.training().encoder()),
        given ? data.dataset() : trained,
        decoderDataset != null ? decoderDataset : given ? data.dataset() : trained,
        data.reading(),
        new StitchRunner.Options(
            served,
            decoderSpec.similarity(),
            decoderSpec.centering(),
            bridges(),
            StitchRunner.AnchorChoice.fixed(decoderSpec.anchors()),
            decoderSpec.head(),
            List.of(decoderSpec.seed())),
        space.head(),
        Optional.of(head),
        space.anchors().from(),
        Optional.empty());
  }

  private StitchRunner.Options options(List<Method> methods, Console console) {
    if (seeds < 1) {
      throw StitchException.usage("--seeds %d; expected at least 1", seeds);
    }
    var options =
        new StitchRunner.Options(
            methods,
            space.similarity(),
            space.centering(),
            bridges(),
            space.anchors().choice(),
            space.head().head(),
            LongStream.range(space.seed(), space.seed() + seeds).boxed().toList());
    check(methods, Optional.of(options.similarity().kind()), console);
    return options;
  }

  private BridgeOptions bridges() {
    return pruning.in(BridgeOptions.defaults().withLambda(space.lambda()));
  }

  // Who named the methods is warned of what they do without; of the default ones and all it is
  // no surprise.
  private void check(List<Method> methods, Optional<Similarity.Kind> similarity, Console console) {
    space.requireTogether();
    if (space.isGiven("--omega") && !pruning.isGiven()) {
      throw StitchException.usage("--omega needs a --delta above 0");
    }
    boolean named = space.isGiven("--method") && !ALL.equals(method);
    var readers = new OptionReaders(space::isGiven, similarity);
    readers.check(methods).forEach(named ? console::warn : console::say);
  }

  // No method of the default list feeds a product head.
  private List<Method> methods(DecoderSpec.Reads reads) {
    return !space.isGiven("--method") && reads == DecoderSpec.Reads.PRODUCT
        ? List.of(Method.PRODUCT)
        : methods();
  }

  private List<Method> methods() {
    if (ALL.equals(method)) {
      return List.of(Method.values());
    }
    return Arrays.stream(method.split(",", -1))
        .map(id -> Method.named(id.strip()))
        .distinct()
        .sorted()
        .toList();
  }
}
