// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accuracy by the number of anchors: tables, JSON, CSV and a picture. */
final class CurveTest {
  private static final int WIDTH = 920;
  private static final String COUNTS = "--curve=30,8, 20";
  private static final String METHODS = "--method=relative,irp,procrustes";

  @TempDir Path folder;

  private static Run curve(String... more) {
    return Run.of(
        Sample.pair(
            Stream.concat(Stream.of(METHODS, COUNTS), Stream.of(more)).toArray(String[]::new)));
  }

  @Test
  void tablesHaveAColumnForEachNumberAndARowForEachMethod() {
    String out = curve().ok().narrow().out();
    String row = "(  \\d\\.\\d{3}){3}\n";
    assertTrue(
        out.matches(
            "(?s).*\nstitched accuracy by the number of anchors\n\n"
                + ("anchors +8 +20 +30\nrelative  " + row + "irp       " + row + "procrustes" + row)
                + "\nown accuracy by the number of anchors\n\nanchors.*"),
        out);
    assertTrue(curve("--format=markdown").ok().out().contains("| anchors | 8 | 20 | 30 |\n| ---"));
  }

  @Test
  void manyNumbersAreBrokenIntoTablesOfEightyColumns() {
    String counts = "--curve=2,3,4,5,6,7,8,9,10,11,12";
    String out = Run.of(Sample.pair("--method=relative", counts)).ok().narrow().out();
    assertTrue(out.contains("anchors       2      3"), out);
    assertTrue(out.contains("\n\nanchors      11     12\n"), out);
  }

  @Test
  void jsonHasARowForEachNumberAndMethodAndAgreesWithTheReport() {
    JsonObject json = new Gson().fromJson(curve("--format=json").ok().out(), JsonObject.class);
    JsonArray rows = json.getAsJsonArray("curve");
    List<String> points = new ArrayList<>();
    rows.forEach(r -> points.add(text(r.getAsJsonObject())));
    assertEquals(
        List.of(
            "8 relative",
            "8 irp",
            "8 procrustes",
            "20 relative",
            "20 irp",
            "20 procrustes",
            "30 relative",
            "30 irp",
            "30 procrustes"),
        points);
    // The report is about 30 anchors.
    JsonArray summary = json.getAsJsonArray("summary");
    for (int i = 0; i < 3; i++) {
      JsonObject point = rows.get(6 + i).getAsJsonObject();
      assertEquals(summary.get(i).getAsJsonObject().get("stitched"), point.get("stitched"));
      assertEquals(summary.get(i).getAsJsonObject().get("own"), point.get("own"));
      assertEquals(i == 1, point.has("condition_number"));
    }
    assertFalse(curveFree().has("curve"));
  }

  private static JsonObject curveFree() {
    String out = Run.of(Sample.pair(METHODS, "--format=json")).ok().out();
    return new Gson().fromJson(out, JsonObject.class);
  }

  private static String text(JsonObject point) {
    return point.get("anchors").getAsInt() + " " + point.get("method").getAsString();
  }

  @Test
  void aFolderGetsATableAndAPicture() throws IOException {
    String out = folder.toString();
    Run run = Run.of(Sample.anchored("25", METHODS, COUNTS, "--seeds=2", "--out", out)).ok();
    assertTrue(
        run.err()
            .contains(
                "wrote results.json, results.csv, results.md, curve.csv, curve.svg and curve.png"));
    assertTrue(run.out().contains("25 uniform anchors"), run.out());
    List<String> lines = Files.readAllLines(folder.resolve("curve.csv"));
    assertEquals(
        "anchors,method,own_mean,own_std,own_n,"
            + "stitched_mean,stitched_std,stitched_n,kept,condition_number",
        lines.get(0));
    assertEquals(10, lines.size());
    assertTrue(
        lines.get(1).matches("8,relative(,\\d\\.\\d{6},\\d\\.\\d{6},2){2},\\d\\.\\d{6},"),
        lines.get(1));
    assertTrue(lines.get(5).matches("20,irp,.*,\\d+\\.\\d{6}"), lines.get(5));
    BufferedImage picture = ImageIO.read(folder.resolve("curve.png").toFile());
    assertEquals(WIDTH, picture.getWidth());
    assertTrue(colors(picture) > 10);
  }

  // A line of each method, in colours of its own, is more than an empty frame has.
  private static long colors(BufferedImage picture) {
    int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, WIDTH);
    return java.util.Arrays.stream(pixels).distinct().count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3,10,30,100", "10,100", "1,120", "98,99,100"})
  @Timeout(60)
  void aPictureIsDrawnWhateverTheNumbers(String counts) throws IOException {
    String[] how = {"--method=relative", "--curve=" + counts, "--out", folder.toString()};
    Run.of(Sample.pair(how)).ok();
    assertEquals(WIDTH, ImageIO.read(folder.resolve("curve.png").toFile()).getWidth());
  }

  @Test
  void whatIsNotStitchedIsStillDrawn() throws IOException {
    String[] alone = {"--curve=5,10", "--method=absolute", "--out", folder.toString()};
    String out = Run.of(Sample.grid("minilm", "minilm-head", alone)).ok().out();
    assertTrue(
        out.matches("(?s).*absolute +- +-\n.*absolute( +\\d\\.\\d{3}){2}\n.*absolute +- +-\n"),
        out);
    assertEquals(WIDTH, ImageIO.read(folder.resolve("curve.png").toFile()).getWidth());
    assertTrue(Files.readString(folder.resolve("curve.csv")).contains(",,,,,"));
  }

  @Test
  void anchorsFromAFileHaveNoCurve() throws IOException {
    Path file = Files.writeString(folder.resolve("ids.txt"), "row-1\nrow-2\n");
    Run.of(Sample.anchored(file.toString(), COUNTS))
        .refused(2, "--curve", "ids.txt", "drop one of the two");
  }

  @Test
  void moreAnchorsThanCandidatesAreRefused() {
    Run.of(Sample.pair("--curve=10,121")).refused(3, "121 anchors cannot be chosen", "1 to 120");
  }
}
