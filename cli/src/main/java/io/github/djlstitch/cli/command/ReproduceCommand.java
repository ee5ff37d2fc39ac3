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
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.PageOption;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.report.DocumentFiles;
import io.github.djlstitch.cli.report.ExperimentListing;
import io.github.djlstitch.cli.report.Reports;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.experiments.Experiment;
import io.github.djlstitch.experiments.Experiments;
import io.github.djlstitch.experiments.Findings;
import io.github.djlstitch.experiments.Lab;
import io.github.djlstitch.experiments.Settings;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.json.DocumentJson;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One experiment of the papers: our numbers beside theirs. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch reproduce [ID] [--data FOLDER] [OPTIONS]",
    description = {
      "Run an experiment of the papers and print our numbers beside theirs. Without",
      "an ID, list the experiments.%n",
      "Each reads the paper's data set if it is at hand, else the nearest that is, and",
      "says so; data sets at hand are those under --data, in a folder of their name,",
      "and those in the cache. What takes long is kept as it is done: after Ctrl-C",
      "the same command goes on where it was.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch reproduce",
      "  stitch reproduce table5 --data ../data",
      "  stitch reproduce table3 --data ../data --out results --report table3.html",
      "  stitch reproduce table8 --data ../data --encoder ./vit,./rexnet"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReproduceCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      completionCandidates = Words.ExperimentIds.class,
      arity = "0..1",
      paramLabel = "ID",
      description = "The table or figure: table1, figure3, irp-table2, ...")
  @Nullable String id;

  @About(Topic.DATA)
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where data sets lie: trec, sib200, planetoid, cifar10, ...")
  @Nullable Path data;

  @About(Topic.DATA)
  @Completed(path = true)
  @Option(
      completionCandidates = Words.Data.class,
      names = "--dataset",
      paramLabel = "DATA",
      description = {
        "Another data set, as 'stitch --help' lists them; a comma list where an",
        "experiment reads several: a file for each language, first the decoder's."
      })
  @Nullable String dataset;

  @About(Topic.DATA)
  @Completed(list = true, path = true)
  @Option(
      names = "--anchors-from",
      paramLabel = "FILE",
      split = ",",
      description = {
        "Parallel texts to draw out-of-domain anchors from: for each language a file,",
        "whose line N is the same text in all."
      })
  List<String> anchorsFrom = List.of();

  @Completed(list = true, path = true)
  @Option(
      completionCandidates = Words.Encoders.class,
      names = "--encoder",
      paramLabel = "E",
      description = "Other encoders: names, folders, hf:ORG/NAME, comma lists.")
  @Nullable String encoder;

  @Option(
      names = "--anchors",
      paramLabel = "N",
      description = "Another number of anchors than the paper's.")
  @Nullable Integer anchors;

  @Option(
      names = "--k",
      paramLabel = "K",
      split = ",",
      description = "Neighbors of retrieval measures (default: 10,5).")
  List<Integer> neighbors = List.of();

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      split = ",",
      description = "Two files of word vectors: word2vec, fastText or GloVe text.")
  List<Path> vectors = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + StitchDefaults.SEED,
      description = "The first seed (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds.")
  @Nullable Integer seeds;

  @Option(names = "--full", description = "The paper's whole protocol; can take hours.")
  boolean full;

  @Mixin FormatOption output;

  @About(Topic.RESULTS)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Also write results.json, report.html, each table as CSV and each figure as",
        "SVG and PNG there."
      })
  @Nullable Path out;

  @Mixin PageOption page;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    Console console = common.console();
    if (id == null) {
      console.print(ExperimentListing.of(Experiments.ALL).in(output.format()));
      return 0;
    }
    requirePlaces();
    Experiment experiment = Experiments.named(id);
    ModelZoo zoo = common.zoo(console, readout);
    var lab = new Lab(zoo, settings(zoo), console, console::say);
    console.say(
        "%s: %s, about %d min on 2 cores"
            .formatted(id, experiment.card().title(), experiment.card().minutes()));
    long start = System.nanoTime();
    Findings found = experiment.run(lab);
    double seconds = (System.nanoTime() - start) / 1e9;
    console.clearBar();
    write(document(experiment, lab, found, origin(zoo, seconds)), lab, seconds, console);
    lab.unusedOptions().forEach(option -> console.warn(option + " has no effect on " + id));
    console.say(String.format(Locale.ROOT, "total %.1f s", seconds));
    return 0;
  }

  private void requirePlaces() {
    if (data != null && !Files.isDirectory(data)) {
      throw StitchException.badInput("--data '%s' is not a folder; check the path", data);
    }
    if (out != null) {
      OutputPlace.requireFolder("--out", out);
    }
    page.requireWritable();
  }

  private List<Document.Fact> origin(ModelZoo zoo, double seconds) {
    List<Document.Fact> facts =
        new ArrayList<>(Origin.facts(spec, zoo.device(), Clock.systemUTC(), seconds));
    facts.add(new Document.Fact("first seed", Long.toString(seed)));
    return facts;
  }

  private void write(Document document, Lab lab, double seconds, Console console) {
    var run =
        new DocumentJson.Run(
            "reproduce", String.valueOf(id), Version.text(), lab.inputs(), seconds);
    Report report = Reports.of(run, document, common.isVerbose());
    console.print(report.in(output.format()));
    page.write(() -> document, console);
    if (out != null) {
      String written = DocumentFiles.writeAll(document, report, out);
      console.say("wrote " + written + " to " + out);
    }
  }

  private Settings settings(ModelZoo zoo) {
    return new Settings(
        Optional.ofNullable(data),
        Optional.ofNullable(dataset),
        anchorsFrom,
        encoder == null ? List.of() : NameSelection.of(zoo).encoders(encoder),
        anchors == null ? OptionalInt.empty() : OptionalInt.of(anchors),
        neighbors,
        seed,
        seeds == null ? OptionalInt.empty() : OptionalInt.of(seeds),
        full,
        vectors);
  }

  private static Document document(
      Experiment experiment, Lab lab, Findings found, List<Document.Fact> origin) {
    Experiment.Card card = experiment.card();
    var section =
        new Section(
            card.title(),
            List.of(card.source(), card.method()),
            found.claims(),
            found.tables(),
            found.figures(),
            Stream.concat(found.notes().stream(), lab.notes().stream()).toList());
    List<Document.Fact> facts = new ArrayList<>(origin);
    lab.inputs().forEach((name, digest) -> facts.add(new Document.Fact(name, digest)));
    return new Document(card.id() + ": " + card.title(), card.source(), List.of(section), facts);
  }
}
