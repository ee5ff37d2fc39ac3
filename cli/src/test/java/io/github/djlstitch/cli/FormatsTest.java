// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.JsonFields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that takes --format, in every format. */
final class FormatsTest {

  /** The name a command has in its JSON, and its arguments. */
  record Call(String command, List<String> arguments) {
    static Call of(String command, String... arguments) {
      return new Call(command, List.of(arguments));
    }

    Run in(Format format) {
      List<String> all = new ArrayList<>(arguments);
      all.add("--format=" + format.id());
      return Run.of(all.toArray(String[]::new)).ok();
    }
  }

  private static final List<String> WITHOUT_RESULTS =
      List.of("jshell", "completion", "export", "migrate", "predict");
  private static int plans;

  static Stream<Call> calls() {
    String a = space("minilm");
    String b = space("bge-small");
    String out = Sample.folder().resolve("formats.safetensors").toString();
    String head = Sample.folder().resolve("formats-head.safetensors").toString();
    String page = Sample.folder().resolve("formats.html").toString();
    return Stream.of(
        new Call("stitch", List.of(Sample.pair("--curve=10,30"))),
        Call.of("encode", "encode", "--encoder=minilm", data(), "--out", out),
        Call.of("train", "train", "--encoder=minilm", data(), "--anchors=30", "--out", head),
        Call.of("report", "report", results(), "--out", page),
        Call.of("zoo", "zoo"),
        Call.of("zoo list", "zoo", "list"),
        Call.of("zoo info", "zoo", "info", "minilm"),
        Call.of("zoo pull", "zoo", "pull", "minilm"),
        Call.of("zoo verify", "zoo", "verify"),
        Call.of("zoo cache", "zoo", "cache"),
        Call.of("zoo prune", "zoo", "prune", "--dry-run"),
        Call.of("doctor", "doctor"),
        Call.of("anchors", "anchors", "--encoder=minilm", data(), "--anchors=20"),
        Call.of("compare", "compare", a, b, "--permutations=39", "--bootstrap=0"),
        Call.of("card", "card", a, "--out", out, "--anchors=30"),
        Call.of("translate", "translate", a, "--from", a, "--to", b, "--anchors=30", "--out", out),
        Call.of("reproduce", "reproduce"),
        new Call("migrate plan", planning(Sample.folder().resolve("formats-plan-" + plans++))),
        Call.of(
            "migrate apply",
            "migrate",
            "apply",
            plan(),
            a,
            "--out",
            Sample.folder().resolve("formats-new.npy").toString(),
            "--without-verdict",
            "--resume"),
        Call.of("migrate check", "migrate", "check", a));
  }

  private static List<String> planning(Path out) {
    String old = space("minilm");
    String texts =
        LatentSpace.open(Path.of(old)).ids().stream()
            .map(id -> id + "\ta text that is known as " + id + "\n")
            .collect(Collectors.joining());
    return List.of(
        "migrate",
        "plan",
        old,
        "--old-encoder=gone",
        "--new-encoder=bge-small",
        "--side=documents",
        "--sample=100",
        "--texts",
        Sample.file("formats-texts.tsv", texts).toString(),
        "--out",
        out.toString());
  }

  private static String plan() {
    Path folder = Sample.folder().resolve("formats-plan");
    if (!Files.exists(folder)) {
      Run.of(planning(folder).toArray(String[]::new)).ok();
    }
    return folder.toString();
  }

  private static String results() {
    Path folder = Sample.folder().resolve("formats-results");
    if (!Files.exists(folder)) {
      Run.of(Sample.pair("--out", folder.toString())).ok();
    }
    return folder.toString();
  }

  private static String data() {
    return "--dataset=" + Sample.dataset();
  }

  private static String space(String encoder) {
    Path file = Sample.folder().resolve("formats-" + encoder + ".safetensors");
    if (!Files.exists(file)) {
      Run.of("encode", "--encoder", encoder, data(), "--out", file.toString()).ok();
    }
    return file.toString();
  }

  // JShell, completion scripts, export and migrate alone have no results; predict streams its own
  // forms.
  @Test
  void everyCommandTakesFormatsAndIsHere() {
    List<String> commands =
        HelpTest.commands()
            .map(command -> command.getCommandSpec().qualifiedName().replaceFirst("^stitch ", ""))
            .filter(name -> !WITHOUT_RESULTS.contains(name))
            .sorted()
            .toList();
    assertEquals(commands, calls().map(Call::command).sorted().toList());
    assertTrue(
        HelpTest.commands()
            .filter(command -> commands.contains(command.getCommandName()))
            .allMatch(command -> command.getCommandSpec().findOption("--format") != null));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void tableFitsATerminal(Call call) {
    Run run = call.in(Format.TABLE);
    if (!call.command().equals("zoo info")) { // digests and coordinates stay whole
      run.narrow();
    }
    assertTrue(run.out().endsWith("\n") && !run.out().contains("\r"), run.out());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void markdownHasATable(Call call) {
    List<String> lines = call.in(Format.MARKDOWN).out().lines().toList();
    int rule =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("| ---")).findFirst().orElse(""));
    assertTrue(rule > 0, lines::toString);
    long columns = cells(lines.get(rule));
    assertTrue(columns > 1, lines::toString);
    assertEquals(columns, cells(lines.get(rule - 1)));
    assertEquals(columns, cells(lines.get(rule + 1)));
  }

  private static long cells(String row) {
    return row.replace("\\|", "").chars().filter(letter -> letter == '|').count() - 1;
  }

  @ParameterizedTest
  @MethodSource("calls")
  void csvIsRectangularAndRunsNoFormula(Call call) throws Exception {
    String csv = call.in(Format.CSV).out();
    assertEquals(csv.lines().count(), csv.split("\r\n").length);
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv)) {
      List<CsvRecord> records = reader.stream().toList();
      assertTrue(records.size() > 1, csv);
      int width = records.get(0).getFieldCount();
      for (CsvRecord row : records) {
        assertEquals(width, row.getFieldCount(), row::toString);
        row.getFields().forEach(FormatsTest::requireHarmless);
      }
    }
  }

  private static void requireHarmless(String field) {
    boolean number = field.matches("-?[0-9.]+(E-?[0-9]+)?");
    assertFalse(field.matches("(?s)[=+@\t\r-].*") && !number, field);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void jsonSaysWhatWroteIt(Call call) {
    String text = call.in(Format.JSON).out();
    JsonObject json = new Gson().fromJson(text, JsonObject.class);
    assertEquals(List.of("schema", "command"), List.copyOf(json.keySet()).subList(0, 2), text);
    int schema =
        call.command().equals(JsonFields.GRID) ? JsonFields.GRID_SCHEMA : JsonFields.SCHEMA;
    assertEquals(schema, json.get("schema").getAsInt());
    String command = call.command().replaceFirst("^zoo$", "zoo list");
    assertEquals(command, json.get("command").getAsString());
    assertEquals("development", json.get("version").getAsString());
    assertTrue(text.startsWith("{\n  \"schema\": " + schema + ",\n") && text.endsWith("}\n"), text);
    assertFalse(text.contains("NaN") || text.contains("Infinity"), text);
  }

  @Test
  void theListingOfExperimentsIsSaidInFull() {
    String csv = Call.of("reproduce", "reproduce").in(Format.CSV).out();
    assertTrue(csv.startsWith("experiment,minutes,title,runs_with\r\n"), csv);
    assertTrue(csv.contains("\r\nfigure9,12,Latent similarity as a proxy of accuracy,figure3\r\n"));
  }

  @Test
  void aNameThatIsAFormulaIsNone() {
    String file = Sample.folder().resolve("=cmd.safetensors").toString();
    Run.of("encode", "--encoder", "minilm", data(), "--out", file).ok();
    String csv =
        Run.of(
                "compare",
                file,
                space("bge-small"),
                "--permutations=0",
                "--bootstrap=0",
                "--format=csv")
            .ok()
            .out();
    assertTrue(Arrays.stream(csv.split("\r\n")).skip(1).noneMatch(l -> l.startsWith("=")), csv);
  }
}
