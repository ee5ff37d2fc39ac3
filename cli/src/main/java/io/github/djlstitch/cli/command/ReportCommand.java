// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.report.DocumentFiles;
import io.github.djlstitch.cli.report.Listing;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.json.DocumentJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files of results to one page, and to pictures. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch report RESULTS.json [MORE...] [--out FILE.html] [--figures DIR]",
    description = {
      "Make a page of results: tables, stitch grids, curves, latent spaces and",
      "reconstructions, with what made them. The page is one file: it needs no network,",
      "asks nobody for anything and follows the reader's light or dark theme.%n",
      "Results are what 'stitch ... --out DIR', 'stitch reproduce ID --out DIR', or",
      "either with --format json has written; of a folder, its results.json is read.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch --encoder all --decoder all --out grid",
      "  stitch reproduce table3 --data ../data --out table3",
      "  stitch report grid table3 --out report.html",
      "  stitch report table3/results.json --figures pictures"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "RESULTS",
      description = "Files of results or folders with a results.json, a section each.")
  List<Path> files = List.of();

  @Option(names = "--out", paramLabel = "FILE.html", description = "The page to write.")
  @Nullable Path out;

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description = "Write each figure there as SVG and as PNG.")
  @Nullable Path figures;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    requireOptions();
    Console console = common.console();
    List<Path> results = files.stream().map(ReportCommand::results).toList();
    if (out != null) {
      OutputPlace.requireOther("--out", out, results.toArray(Path[]::new));
    }
    List<Document> documents = results.stream().map(DocumentJson::read).toList();
    var written = new Listing("report", "file", "holds");
    if (out != null) {
      DocumentFiles.page(Document.joined(documents), out);
      console.say("wrote " + out);
      written.row(out.toString(), "the page of %d results".formatted(documents.size()));
    }
    if (figures != null) {
      int count = draw(documents, figures);
      console.say("wrote %d figures (SVG, PNG) to %s".formatted(count, figures));
      written.row(figures.toString(), "%d figures as SVG and PNG".formatted(count));
    }
    console.print(written.report().in(output.format()));
    return 0;
  }

  private void requireOptions() {
    if (files.isEmpty()) {
      throw StitchException.usage(
          "report needs at least one file of results; try 'stitch report --help'");
    }
    if (out == null && figures == null) {
      throw StitchException.usage("give --out FILE.html, --figures DIR, or both");
    }
    if (out != null) {
      OutputPlace.requireFile("--out", out, ".html");
    }
    if (figures != null) {
      OutputPlace.requireFolder("--figures", figures);
    }
  }

  private static Path results(Path given) {
    Path file = Files.isDirectory(given) ? given.resolve("results.json") : given;
    if (!Files.exists(file)) {
      throw StitchException.badInput(
          "no file '%s'; 'stitch ... --out DIR' and 'stitch reproduce ID --out DIR' write"
              + " results.json",
          file);
    }
    return file;
  }

  // Figures of several results may have the same names.
  private static int draw(List<Document> documents, Path folder) {
    int count = 0;
    for (int i = 0; i < documents.size(); i++) {
      String prefix = documents.size() == 1 ? "" : (i + 1) + "-";
      count += DocumentFiles.figures(documents.get(i), prefix, folder);
    }
    return count;
  }
}
