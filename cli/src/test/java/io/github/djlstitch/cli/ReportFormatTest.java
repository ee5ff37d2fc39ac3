// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four formats. The golden files were written by this program and read through by people. */
final class ReportFormatTest {
  /** What differs by machine or by build. */
  private static final Set<String> MASKED =
      Set.of(
          "accuracy",
          "f1_weighted",
          "f1_macro",
          "kept",
          "mean",
          "std",
          "encode",
          "fit",
          "evaluate",
          "total",
          "condition_number",
          "reconstruction_cosine",
          "expected_accuracy",
          "agreement",
          "agreement_by_chance",
          "jensen_shannon",
          "jensen_shannon_by_chance",
          "relative_mismatch",
          "effective_rank",
          "pearson",
          "fit_ms",
          "apply_ms",
          "hits",
          "misses",
          "version",
          "sha256",
          "name");

  @TempDir Path folder;

  @Test
  void jsonHasTheKeysOrderAndTypesOfItsSchema() throws IOException {
    // Not centred, so that the anchors have full rank and there is a condition number.
    String[] arguments =
        Sample.pair("--format=json", "--method=relative,irp", "--center=none", "--seeds=2");
    String json = Run.of(arguments).ok().out();
    assertEquals(golden("results.json"), masked(json));
    String all = Run.of(Sample.pair("--format=json", "--method=all")).ok().out();
    assertFalse(all.contains("null") || all.contains("NaN"), all);
  }

  @Test
  void jsonSaysHowWellItWent() {
    JsonObject json = json(Run.of(Sample.pair("--format=json")).ok().out());
    for (JsonElement row : json.getAsJsonArray("results")) {
      double accuracy =
          row.getAsJsonObject().getAsJsonObject("metric").get("accuracy").getAsDouble();
      boolean alike = !row.toString().contains("absolute") || row.toString().contains("false");
      assertTrue(accuracy <= 1 && accuracy >= (alike ? 0.8 : 0), row::toString);
    }
  }

  @Test
  void csvHasALineForEachMeasurement() throws IOException {
    String csv = Run.of(Sample.pair("--format=csv", "--seeds=2")).ok().out();
    assertEquals(golden("results.csv"), shownCsv(csv));
    assertEquals(csv.lines().count(), csv.split("\r\n").length);
  }

  @Test
  void markdownIsATable() throws IOException {
    assertEquals(golden("results.md"), shown(Run.of(Sample.pair("--format=markdown")).ok().out()));
  }

  @Test
  void aPairIsOneTable() throws IOException {
    assertEquals(golden("pair.txt"), shown(Run.of(Sample.pair()).ok().narrow().out()));
  }

  @Test
  void aGridIsATableForEachMethod() throws IOException {
    Run run = Run.of(Sample.grid("minilm,bge-small", "minilm-head,bge-small-head", "--seeds=2"));
    assertEquals(golden("grid.txt"), shown(run.ok().narrow().out()));
    assertEquals("", run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"minilm,bge-small | all", "all | absolute,relative,auto,irp"})
  void aGridFitsEightyColumns(String encoders, String methods) {
    String heads = encoders.replace(",", "-head,").replace("small", "small-head");
    String out =
        Run.of(Sample.grid(encoders, heads, "--method=" + methods, "-v")).ok().narrow().out();
    assertTrue(out.contains("minilm-head  bge-small-head"), out);
  }

  @Test
  void aStarIsAll() {
    List<String> grids =
        Stream.of("all", "*")
            .map(names -> Run.of(Sample.grid(names, names, "--method=absolute")).ok().out())
            .toList();
    assertEquals(grids.get(0), grids.get(1));
  }

  @Test
  void widthsThatDifferAreANoteAndADash() {
    Run run = Run.of(Sample.grid("minilm", "bge-small-zh-head", "--method=absolute,relative")).ok();
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("minilm gives 384 values, bge-small-zh-head reads 512"));
    assertTrue(run.out().matches("(?s).*absolute +\\d\\.\\d+ +- +-.*"), run.out());
  }

  @Test
  void aHeadOnItsOwnEncoderIsNotStitched() {
    String out = Run.of(Sample.grid("minilm", "minilm-head", "--method=relative")).ok().out();
    assertTrue(out.contains("own: each head on its own encoder, untouched.\n"), out);
    assertFalse(out.contains("stitched:"), out);
  }

  @Test
  void resultsAreAlsoWrittenToAFolder() throws IOException {
    Path out = folder.resolve("new folder").resolve("ü");
    Run run = Run.of(Sample.pair("--out", out.toString())).ok();
    assertTrue(run.err().contains("wrote results.json, results.csv and results.md to " + out));
    try (Stream<Path> files = Files.list(out)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(List.of("results.csv", "results.json", "results.md"), names);
    }
    assertEquals(2, json(Files.readString(out.resolve("results.json"))).get("schema").getAsInt());
  }

  @Test
  void aVerdictUnderTheLimitIsCodeSix() {
    Run run =
        Run.of(
            "--encoder=minilm",
            "--decoder=bge-small-head",
            "--dataset=" + Sample.dataset(),
            "--anchors=1",
            "--method=relative",
            "--fail-under=0.9");
    assertEquals(6, run.code());
    String last = run.err().lines().reduce("", (before, line) -> line); // one anchor is warned of
    assertTrue(
        last.matches("warning: the best stitched accuracy, 0\\.\\d+, is under 0\\.9"), run.err());
    assertTrue(run.out().contains("relative"));
    Run.of(Sample.pair("--fail-under=0.2")).ok();
  }

  @Test
  void nothingStitchedIsNoSuccess() {
    Run run = Run.of(Sample.grid("minilm", "minilm-head", "--fail-under=0"));
    assertEquals(6, run.code());
    assertEquals("warning: nothing was stitched, so no accuracy reaches 0.0\n", run.err());
  }

  @Test
  void quietMeansNothingOnStandardErrorAndVerboseMeansTimings() {
    assertEquals("", Run.of(Sample.pair("-q", "--out", folder.toString())).ok().err());
    assertTrue(
        Run.of(Sample.pair("-v"))
            .ok()
            .err()
            .matches("(?s).*encode .* s, .*cache: .*hits.*time: [0-9.]+ s: .*the rest.*"));
  }

  @Test
  void colourIsForTerminalsThatWantIt() {
    assertFalse(Run.of(grid()).ok().out().contains("\u001b"));
    assertFalse(Run.of(grid("--color=never")).ok().out().contains("\u001b"));
    assertTrue(Run.of(grid("--color=always")).ok().out().contains("\u001b[1mrelative"));
  }

  private static String[] grid(String... more) {
    return Sample.grid("minilm,bge-small", "minilm-head", more);
  }

  private static JsonObject json(String text) {
    return new Gson().fromJson(text, JsonObject.class);
  }

  private static String masked(String text) {
    JsonObject json = json(text);
    mask(json);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static void mask(JsonElement element) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(ReportFormatTest::mask);
    } else if (element.isJsonObject()) {
      element.getAsJsonObject().entrySet().forEach(ReportFormatTest::maskValue);
    }
  }

  private static void maskValue(java.util.Map.Entry<String, JsonElement> entry) {
    if (entry.getKey().equals("notes")) {
      entry.setValue(new JsonPrimitive("<texts>")); // with accuracies to expect in them
    } else if (entry.getValue() instanceof JsonPrimitive value && MASKED.contains(entry.getKey())) {
      entry.setValue(new JsonPrimitive(value.isNumber() ? "<number>" : "<text>"));
    } else {
      mask(entry.getValue());
    }
  }

  // Numbers of anchors and parameters are exact, scores and times are not.
  private static String shownCsv(String csv) {
    return csv.replaceAll("\\d+\\.\\d{3,6}", "#").replace("\r\n", "\n");
  }

  private static String shown(String text) {
    return text.replace(Sample.dataset(), "DATA")
        .replaceAll("\\d\\.\\d{3}", "#.###")
        .replaceAll(" +\\d+ %", " # %");
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ReportFormatTest.class.getResourceAsStream(name)) {
      assertTrue(in != null, name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
