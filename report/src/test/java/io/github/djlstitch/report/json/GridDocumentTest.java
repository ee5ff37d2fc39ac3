// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.DocumentText;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.GridDocument;
import io.github.djlstitch.report.GridResults;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of the root command, from its results and from the file that it writes. */
final class GridDocumentTest {
  private static final Path FILE = Path.of("results.json");

  private static final GridResults RESULTS =
      new GridResults(
          "0.1",
          new GridResults.Samples("trec", 120, 30, 6, "d1"),
          new GridResults.Labels(.25, 2, 8, true),
          new GridResults.AnchorSet(50, "uniform", "a1"),
          List.of(0L, 1L),
          "cpu",
          "float32",
          List.of(
              score("minilm", "relative", .5),
              score("minilm", "relative", .75),
              score("bge", "relative", .9),
              score("minilm", "irp", .1234567)),
          List.of(
              new GridResults.OfMethod(
                  "relative",
                  accuracies(mean(.9), mean(.625, OptionalDouble.of(.125)), .694444),
                  mean(.8),
                  mean(.5)),
              new GridResults.OfMethod(
                  "irp",
                  accuracies(Optional.empty(), mean(.1234567), Double.NaN),
                  Optional.empty(),
                  mean(.1))),
          List.of(
              new GridResults.OfAnchors(10, "relative", accuracies(mean(.7), mean(.4), .5714286)),
              new GridResults.OfAnchors(10, "irp", accuracies(mean(.8), mean(.1), .125)),
              new GridResults.OfAnchors(
                  50, "relative", accuracies(Optional.empty(), mean(.6), Double.NaN))),
          List.of(
              new GridResults.OfCost(
                  "irp",
                  OptionalDouble.of(50),
                  OptionalDouble.of(23_040),
                  OptionalDouble.of(12.5),
                  OptionalDouble.of(.2),
                  OptionalDouble.empty(),
                  OptionalDouble.of(1.5),
                  OptionalDouble.of(.1234567))),
          List.of("Centered on the anchors."));

  private static final String JSON =
      """
      {"schema": 2, "command": "stitch", "version": "0.1",
       "dataset": {"name": "trec", "classes": 6, "train": 120, "test": 30, "sha256": "d1"},
       "test_labels": {"majority": 0.25, "rarest": 2, "commonest": 8, "uneven": true},
       "anchors": {"count": 50, "strategy": "uniform", "seed": 0, "center": "anchors",
                   "sha256": "a1"},
       "device": "cpu", "dtype": "float32", "seeds": [0, 1],
       "notes": ["Centered on the anchors."],
       "results": [
         {"encoder": "minilm", "decoder": "e5-head", "method": "relative",
          "metric": {"accuracy": 0.5}},
         {"encoder": "minilm", "decoder": "e5-head", "method": "relative",
          "metric": {"accuracy": 0.75}},
         {"encoder": "bge", "decoder": "e5-head", "method": "relative",
          "metric": {"accuracy": 0.9}},
         {"encoder": "minilm", "decoder": "e5-head", "method": "irp",
          "metric": {"accuracy": 0.123457}}],
       "summary": [
         {"method": "relative", "own": {"mean": 0.9, "n": 1},
          "stitched": {"mean": 0.625, "std": 0.125, "n": 2}, "kept": 0.694444,
          "f1_macro": {"own": {"mean": 0.8, "n": 1}, "stitched": {"mean": 0.5, "n": 2}}},
         {"method": "irp", "stitched": {"mean": 0.123457, "n": 1},
          "condition_number": 12.5, "relative_mismatch": 0.2,
          "cost": {"paired_samples": 50, "parameters": 23040, "fit_ms": 1.5,
                   "apply_ms": 0.123457},
          "f1_macro": {"stitched": {"mean": 0.1, "n": 1}}}],
       "curve": [
         {"anchors": 10, "method": "relative", "stitched": {"mean": 0.4}, "own": {"mean": 0.7},
          "kept": 0.571429},
         {"anchors": 10, "method": "irp", "stitched": {"mean": 0.1}, "own": {"mean": 0.8},
          "kept": 0.125},
         {"anchors": 50, "method": "relative", "stitched": {"mean": 0.6}}]}
      """;

  private static GridResults.Score score(String encoder, String method, double accuracy) {
    return new GridResults.Score(encoder, "e5-head", method, accuracy);
  }

  private static GridResults.Accuracies accuracies(
      Optional<GridResults.Mean> own, Optional<GridResults.Mean> stitched, double kept) {
    return new GridResults.Accuracies(
        own, stitched, Double.isNaN(kept) ? OptionalDouble.empty() : OptionalDouble.of(kept));
  }

  private static Optional<GridResults.Mean> mean(double mean) {
    return mean(mean, OptionalDouble.empty());
  }

  private static Optional<GridResults.Mean> mean(double mean, OptionalDouble std) {
    return Optional.of(new GridResults.Mean(mean, std));
  }

  // A score each of 100 encoders with heads of their own, by 100 methods, makes 100 grids of
  // 10,000.
  @Test
  void namesThatMultiplyAreBounded() {
    String scores =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "{\"encoder\": \"e%1$d\", \"decoder\": \"d%1$d\", \"method\": \"m%1$d\","
                            .formatted(i)
                        + " \"metric\": {\"accuracy\": 0.5}}")
            .collect(Collectors.joining(", "));
    String hostile =
        JSON.replaceFirst("(?s)\"results\": \\[.*?\\]", "\"results\": [" + scores + "]");
    String message =
        assertThrows(StitchException.class, () -> DocumentJson.parse(FILE, hostile)).getMessage();
    assertTrue(
        message.contains("asks for 1000000 cells of grids, expected at most 100000"), message);
  }

  @Test
  void resultsAndTheirFileMakeTheSameDocument() {
    assertEquals(GridDocument.of(RESULTS), DocumentJson.parse(FILE, JSON));
  }

  @Test
  void theSummaryIsATableAndEachMethodAGrid() {
    Document document = GridDocument.of(RESULTS);
    assertEquals("Zero-shot stitching on trec", document.title());
    var rows = document.sections().get(0).tables().get(0).rows();
    assertEquals(
        List.of(
            "relative 0.900 0.625 +- 0.125 69 % 0.800 0.500",
            "irp - 0.123 - - 0.100", "majority class - 0.250 - - -"),
        rows.stream()
            .map(row -> row.stream().map(c -> c.shown()).collect(Collectors.joining(" ")))
            .toList());
    assertEquals(
        List.of("curve", "grid-1", "grid-2"), document.figures().stream().map(Figure::id).toList());
    var grid = (Figure.HeatMap) document.figures().get(1);
    assertEquals(List.of("minilm", "bge"), grid.rows());
    assertEquals(
        List.of(List.of(OptionalDouble.of(.625)), List.of(OptionalDouble.of(.9))), grid.values());
    var irp = (Figure.HeatMap) document.figures().get(2);
    assertEquals(List.of(OptionalDouble.empty()), irp.values().get(1));
    assertTrue(document.provenance().contains(new Document.Fact("seeds", "0, 1")));
  }

  @Test
  void whatTheConsolePrintsIsThere() {
    var section = GridDocument.of(RESULTS).sections().get(0);
    assertEquals(List.of("Centered on the anchors."), section.notes());
    assertEquals(
        List.of(
            "cost: irp 50 23040 12.5 0.200 - 1.5 0.1",
            "curve-stitched: relative 0.400 0.600",
            "curve-stitched: irp 0.100 -",
            "curve-own: relative 0.700 -",
            "curve-own: irp 0.800 -",
            "curve-kept: relative 57 % -",
            "curve-kept: irp 13 % -"),
        section.tables().stream()
            .skip(1)
            .flatMap(table -> table.rows().stream().map(row -> table.id() + ":" + shown(row)))
            .toList());
  }

  private static String shown(List<Cell> row) {
    return row.stream().map(cell -> " " + cell.shown()).collect(Collectors.joining());
  }

  @Test
  void theCurveHasTheBestOwnHeadAndTheMajority() {
    var curve = (Figure.Lines) GridDocument.of(RESULTS).figures().get(0);
    assertEquals(
        List.of("relative", "irp", "best own", "majority class"),
        curve.curves().stream().map(Figure.Curve::name).toList());
    var none = OptionalDouble.empty();
    assertEquals(
        List.of(new Figure.Mark(10, .4, none), new Figure.Mark(50, .6, none)),
        curve.curves().get(0).marks());
    assertEquals(List.of(new Figure.Mark(10, .8, none)), curve.curves().get(2).marks());
    assertEquals(List.of(new Figure.Mark(10, .25, none)), curve.curves().get(3).marks());
    assertEquals(
        List.of(false, false, true, true),
        curve.curves().stream().map(Figure.Curve::reference).toList());
  }

  @Test
  void aTerminalAndMarkdownShowTheTableAndItsNote() {
    var printed = new DocumentText(GridDocument.of(RESULTS), false);
    String text = printed.text(false);
    assertTrue(text.startsWith("Zero-shot stitching on trec\n"), text);
    assertTrue(text.contains("relative        0.900  0.625 +- 0.125  69 %"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    String markdown = printed.markdown();
    assertTrue(markdown.startsWith("# Zero-shot stitching on trec\n"), markdown);
    assertTrue(markdown.contains("50 uniform anchors, 120 training and 30 test"), markdown);
    assertTrue(markdown.contains("| irp | - | 0.123 | - | - | 0.100 |"), markdown);
  }

  @Test
  void evenClassesHaveNoMacroF1() {
    String json = JSON.replace("\"uneven\": true", "\"uneven\": false");
    String text = new DocumentText(DocumentJson.parse(FILE, json), false).text(false);
    assertTrue(text.contains("majority class") && !text.contains("F1"), text);
  }

  @Test
  void resultsOfSchemaOneAreRefusedByVersion() {
    String json = JSON.replace("\"schema\": 2", "\"schema\": 1");
    var failure = assertThrows(StitchException.class, () -> DocumentJson.parse(FILE, json));
    assertTrue(
        failure.getMessage().contains("'schema' is 1, expected 2; another version of stitch"),
        failure.getMessage());
  }

  @Test
  void moreEncodersThanCanBeDrawnAreRefused() {
    String many =
        IntStream.range(0, 201)
            .mapToObj(
                i ->
                    "{\"encoder\": \"e%d\", \"decoder\": \"d\", \"method\": \"irp\",".formatted(i)
                        + " \"metric\": {\"accuracy\": 1}}")
            .collect(Collectors.joining(","));
    String json =
        JSON.replaceFirst(
            "(?s)\"results\": \\[.*?\\],\n \"summary\"",
            "\"results\": [" + many + "],\n \"summary\"");
    var failure = assertThrows(StitchException.class, () -> DocumentJson.parse(FILE, json));
    assertTrue(failure.getMessage().contains("at most 200"), failure.getMessage());
  }
}
