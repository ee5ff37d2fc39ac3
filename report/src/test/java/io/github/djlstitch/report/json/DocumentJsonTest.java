// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Csv;
import io.github.djlstitch.report.Demo;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.DocumentRecords;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.report.html.DocumentHtml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocumentJsonTest {
  private static final Path FILE = Path.of("results.json");
  private static final DocumentJson.Run RUN =
      new DocumentJson.Run("reproduce", "table0", "1.0", Map.of("data toy", "0f"), 1.23456);
  private static final String SMALL = DocumentJson.of(RUN, small()).text();

  private static Document small() {
    var table =
        new Table(
            "scores",
            "Accuracy",
            List.of("method", "ours", "paper"),
            1,
            List.of(
                List.of(Cell.text("relative"), spread(), Cell.paper(0.86, 0.01)),
                List.of(Cell.text("absolute"), Cell.number(1 / 3.0), Cell.absent())),
            List.of("a note"));
    var point = new Figure.Group("g", List.of(new Figure.Point(0.5, -1, "p")));
    List<Figure> figures =
        List.of(
            new Figure.Scatter(
                "plane", "Plane", "c", 2, List.of(new Figure.Panel("t", "", "", List.of(point)))),
            new Figure.Lines(
                "curve",
                "Curve",
                "c",
                "x",
                "y",
                true,
                List.of(
                    new Figure.Curve(
                        "k",
                        List.of(
                            new Figure.Mark(10, 0.5, OptionalDouble.of(0.1)),
                            new Figure.Mark(20, Double.NaN, OptionalDouble.empty()))),
                    new Figure.Curve(
                        "chance",
                        List.of(new Figure.Mark(10, 0.2, OptionalDouble.empty())),
                        true))),
            new Figure.HeatMap(
                "grid",
                "Grid",
                "c",
                "r",
                "k",
                List.of("a"),
                List.of("b", "d"),
                List.of(List.of(OptionalDouble.of(0.25), OptionalDouble.empty())),
                2,
                "accuracy"),
            new Figure.Pictures(
                "pixels",
                "Pixels",
                "c",
                List.of("a"),
                List.of("b"),
                List.of(List.of(RgbImage.wrap(1, 1, new byte[] {1, 2, 3})))));
    var section =
        new Section(
            "One",
            List.of("text"),
            List.of(new Section.Claim("it holds", true)),
            List.of(table),
            figures,
            List.of("noted"));
    return new Document(
        "Title", "summary", List.of(section), List.of(new Document.Fact("seed", "0")));
  }

  private static Cell spread() {
    return Cell.spread(0.875, OptionalDouble.of(0.0125)).within(0.8, 0.9).withDigits(2);
  }

  @Test
  void theSchemaIsAsWrittenDown() throws IOException {
    try (var in = getClass().getResourceAsStream("reproduce.json")) {
      String golden = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(golden, SMALL);
    }
    assertFalse(SMALL.contains("null") || SMALL.contains("NaN"));
  }

  // 16 maps of 80 x 80 from some kilobytes.
  @Test
  void allGridsTogetherAreBounded() {
    String names = IntStream.range(0, 80).mapToObj(i -> "\"n\"").collect(joining(", ", "[", "]"));
    String maps =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    """
                    {"kind": "heat-map", "id": "g%d", "title": "t", "caption": "c",
                     "row_title": "r", "column_title": "k", "rows": %s, "columns": %s,
                     "digits": 2, "cells": []}\
                    """
                        .formatted(i, names, names))
            .collect(joining(", "));
    refused("asks for 102400 cells of grids, expected at most 100000", figures(maps));
    String one =
        """
        {"kind": "lines", "id": "x%d", "title": "t", "caption": "c", "x": "x", "y": "y",
         "logarithmic": false, "curves": []}\
        """;
    String many = IntStream.range(0, 1001).mapToObj(one::formatted).collect(joining(", "));
    refused("asks for 1001 figures, expected at most 1000", figures(many));
  }

  private static void refused(String part, Executable action) {
    String message = assertThrows(StitchException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static Executable figures(String figures) {
    return () ->
        DocumentJson.parse(
            FILE,
            """
            {"schema": 1, "command": "reproduce", "document": {"title": "t", "summary": "s",
             "provenance": [], "sections": [{"title": "t", "text": [], "claims": [], "tables": [],
             "notes": [], "figures": [%s]}]}}
            """
                .formatted(figures));
  }

  @Test
  void aDocumentComesBackAsItWas() {
    for (Document document : List.of(small(), Demo.document())) {
      String json = DocumentJson.of(RUN, document).text();
      Document back = DocumentJson.parse(FILE, json);
      assertEquals(json, DocumentJson.of(RUN, back).text());
      assertEquals(DocumentHtml.render(document), DocumentHtml.render(back));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"schema\": 1 | \"schema\": 2 | 'schema' is 2, expected 1",
        "\"command\": \"reproduce\" | \"command\": \"compare\" | 'stitch' or 'reproduce'",
        "\"title\": \"Title\" | \"tittle\": \"Title\" | unknown field 'document.tittle'",
        "\"kind\": \"scatter\" | \"kind\": \"pie\" | one of scatter, lines, heat-map, pictures",
        "\"id\": \"plane\" | \"id\": \"../../etc/passwd\" | lower-case letters, digits and hyphens",
        "\"id\": \"plane\" | \"id\": \"\" | lower-case letters, digits and hyphens",
        "\"id\": \"plane\" | \"id\": \"grid\" | one table or figure 'grid'",
        "\"labels\": 1 | \"labels\": 4 | at most as many as columns",
        "\"labels\": 1 | \"labels\": 0 | whole number from 1",
        "\"digits\": 2 | \"digits\": 2000000000 | expected 0 to",
        "\"row\": 0 | \"row\": 1 | expected 0 to 0",
        "\"column\": 0 | \"column\": -1 | expected 0 to 1",
        "\"width\": 1 | \"width\": 2 | 3 bytes of 'rgb' for each pixel, but there are 3",
        "\"height\": 1 | \"height\": 2000000 | expected 1 to 512",
        "\"rgb\": \"AQID\" | \"rgb\": \"A*\" | base64",
        "\"mean\": 0.875 | \"mean\": \"0.875\" | not a number",
        "\"mean\": 0.875 | \"mean\": null | not a number",
        "\"value\": 0.25 | \"value\": 1e999 | not a number",
        "\"columns\": 2 | \"columns\": 0 | expected 1 to 64",
        "\"holds\": true | \"holds\": \"yes\" | true or false",
        "\"logarithmic\": true | \"logarithmic\": 1 | true or false",
      })
  void whatIsNotSoIsRefused(String part, String instead, String message) {
    assertTrue(SMALL.contains(part), part);
    String changed = SMALL.replace(part, instead);
    var e = assertThrows(StitchException.class, () -> DocumentJson.parse(FILE, changed));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    String told = String.valueOf(e.getMessage());
    assertTrue(told.contains(message) && told.contains("results.json"), told);
  }

  @Test
  void textThatIsCutOffIsRefused() {
    for (int length = 0; length < SMALL.length() - 2; length += 97) {
      String cut = SMALL.substring(0, length);
      assertThrows(StitchException.class, () -> DocumentJson.parse(FILE, cut));
    }
  }

  @Test
  void aScaleByMagnitudeIsKept() {
    var section = small().sections().get(0);
    List<Figure> maps =
        section.figures().stream()
            .filter(Figure.HeatMap.class::isInstance)
            .map(figure -> (Figure) ((Figure.HeatMap) figure).byMagnitude())
            .toList();
    var changed = new Section(section.title(), List.of(), List.of(), List.of(), maps, List.of());
    var document = new Document("Title", "summary", List.of(changed), List.of());
    String json = DocumentJson.of(RUN, document).text();
    assertTrue(json.contains("\"logarithmic\": true"), json);
    assertEquals(document, DocumentJson.parse(FILE, json));
  }

  @Test
  void csvHasWhatTheTablesHave() {
    assertEquals(
        """
        method,ours,ours std,ours low,ours high,paper,paper std
        relative,0.875,0.0125,0.8,0.9,0.86,0.01
        absolute,0.333333333,,,,,
        """,
        Csv.text(DocumentRecords.of(small().sections().get(0).tables().get(0))).replace("\r", ""));
    assertEquals(
        """
        table,row,column,mean,std,low,high,text
        scores,relative,ours,0.875,0.0125,0.8,0.9,
        scores,relative,paper,0.86,0.01,,,
        scores,absolute,ours,0.333333333,,,,
        """,
        Csv.text(DocumentRecords.of(small())).replace("\r", ""));
  }
}
