// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.report.CostTable;
import io.github.djlstitch.cli.report.ForecastText;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.Forecast;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What methods cost, what was to be expected of them, and warnings. */
final class ReportDetailTest {
  private static final StitchReport.Cost COST = new StitchReport.Cost(100, 76_800, 3, 1);

  private static final double OWN = .8;

  private static StitchReport.Result result(
      String encoder, Method method, long seed, double accuracy, Map<String, Double> numbers) {
    var scores =
        Map.of(Metric.ACCURACY, accuracy, Metric.F1_WEIGHTED, accuracy, Metric.F1_MACRO, accuracy);
    Map<Metric, Double> own = Map.of(Metric.ACCURACY, OWN, Metric.F1_MACRO, OWN);
    boolean stitched = !encoder.equals("own");
    return new StitchReport.Result(
        encoder, "own-head", method, "", seed, stitched, scores, own, numbers, COST);
  }

  private static Map<String, Double> expected(double accuracy, double condition) {
    return Map.of("expected_accuracy", accuracy, "condition_number", condition);
  }

  private static StitchReport report(StitchReport.Result... results) {
    var classes = new StitchReport.ClassCounts(10, 3, 3);
    return new StitchReport(List.of(results), classes, List.of(), List.of(), 0, 0);
  }

  @Test
  void littleToExpectIsALineForEachMethodWithTheWorstPairs() {
    var own = result("own", Method.IRP, 0, .8, Map.of());
    var report =
        report(
            own,
            result("a", Method.IRP, 0, .3, expected(.30, 100)),
            result("a", Method.IRP, 1, .3, expected(.40, 200)),
            result("b", Method.IRP, 0, .3, expected(.20, 40)),
            result("c", Method.IRP, 0, .3, expected(.41, 900)),
            result("d", Method.IRP, 0, .3, expected(.40, 2)),
            result("e", Method.IRP, 0, .3, expected(.38, 2)));
    assertEquals(
        List.of(
            "irp: little to expect of 4 of 5 pairs, from anchors alone; worst b into own-head 0.20,"
                + " a into own-head 0.35, e into own-head 0.38; its inverse is ill-conditioned"
                + " (150)"),
        Forecast.of(report).stream().map(ForecastText::of).toList());
  }

  @Test
  void theControlAndWhatGoesWellAreNotWarnedOf() {
    var report =
        report(
            result("own", Method.ABSOLUTE, 0, .9, Map.of()),
            result("a", Method.ABSOLUTE, 0, .1, Map.of("expected_accuracy", .1)),
            result("own", Method.IRP, 0, .8, Map.of()),
            result("a", Method.IRP, 0, .3, expected(.5, 500)),
            result("own", Method.RIDGE, 0, .8, Map.of()),
            result("a", Method.RIDGE, 0, .3, Map.of("expected_accuracy", .2)));
    assertEquals(
        List.of(
            "ridge: little to expect of 1 of 1 pairs, from anchors alone; worst a into own-head"
                + " 0.20"),
        Forecast.of(report).stream().map(ForecastText::of).toList());
  }

  @Test
  void theCostsOfMoreThanThreeMethodsAreATable() {
    String all = "absolute,relative,coordinates,irp,procrustes";
    String out = Run.of(Sample.pair("--method=" + all)).ok().narrow().out();
    String header = "cost +paired +numbers +cond +mismatch +expected +fit ms +apply ms\n";
    assertTrue(out.matches("(?s).*\n" + header + "as it is\n  absolute +0 .*"), out);
    assertTrue(out.matches("(?s).*\neach space alone\n  relative +30 +\\d+k +- +- .*"), out);
    assertTrue(
        out.matches("(?s).*  irp +30 +23k +\\d+(\\.\\d)? +\\d\\.\\d{3} +\\d\\.\\d+ .*"), out);
    assertTrue(out.matches("(?s).*\nfitted on a pair\n  procrustes +30 +147k +- +- .*"), out);
    // Where all methods get all samples right, or are expected to, there is nothing to correlate.
    boolean alike =
        out.lines().filter(line -> line.endsWith("1.000  100 %")).count() == 5
            || out.lines().filter(l -> l.matches(".* 1\\.000 +[0-9.]+ +[0-9.]+")).count() == 5;
    assertEquals(!alike, out.contains("\nPearson "), out);
    assertEquals(!alike, out.contains(" over 5 stitched results\n"), out);
    assertFalse(out.contains("within a method"), out);
  }

  @Test
  void theCostsOfFewMethodsAreShownWhenAskedFor() {
    assertFalse(Run.of(Sample.pair()).ok().out().contains("\ncost "));
    String detailed = Run.of(Sample.pair("-v")).ok().narrow().out();
    assertTrue(detailed.contains("\ncost "), detailed);
    String answers = "answers +agreement +by chance +divergence +by chance\n";
    String row = "absolute( +[01]\\.\\d{3}){4}\n";
    assertTrue(detailed.matches("(?s).*\n" + answers + row + ".*"), detailed);
    // Nothing is stitched, so there is nothing to say.
    String alone = Run.of(Sample.grid("minilm", "minilm-head", "-v")).ok().out();
    assertFalse(alone.contains("\ncost "), alone);
  }

  @Test
  void manyMethodsHaveGridsOnlyWhenAskedFor() {
    String methods = "--method=absolute,relative,coordinates,procrustes,linear";
    String[] grid = Sample.grid("minilm,bge-small", "minilm-head,bge-small-head", methods);
    assertFalse(Run.of(grid).ok().out().contains("encoder down"));
    String[] verbose = Stream.concat(Stream.of(grid), Stream.of("-v")).toArray(String[]::new);
    assertTrue(Run.of(verbose).ok().out().contains("linear: encoder down, decoder across\n"));
  }

  @Test
  void jsonHasCostsAndForesight() {
    String out =
        Run.of(
                Sample.grid(
                    "minilm,bge-small",
                    "minilm-head,bge-small-head",
                    "--method=relative,irp,procrustes",
                    "--format=json"))
            .ok()
            .out();
    JsonObject json = new Gson().fromJson(out, JsonObject.class);
    for (JsonElement element : json.getAsJsonArray("results")) {
      JsonObject row = element.getAsJsonObject();
      JsonObject cost = row.getAsJsonObject("cost");
      assertEquals(30, cost.get("paired_samples").getAsInt());
      assertTrue(cost.get("parameters").getAsLong() > 1000);
      assertTrue(cost.has("fit_ms") && cost.has("apply_ms"));
      boolean stitched = row.get("stitched").getAsBoolean();
      assertEquals(stitched, row.getAsJsonObject("diagnostics").has("expected_accuracy"));
      assertEquals(stitched, row.has("own"));
      boolean bridged = !row.get("method").getAsString().equals("relative");
      assertEquals(!stitched && bridged, row.has("in_place"));
    }
    for (JsonElement row : json.getAsJsonArray("summary")) {
      assertTrue(row.getAsJsonObject().has("expected_accuracy"), row::toString);
      assertEquals(4, row.getAsJsonObject().getAsJsonObject("cost").size());
    }
    Set<Double> expected = new HashSet<>();
    for (JsonElement row : json.getAsJsonArray("summary")) {
      expected.add(row.getAsJsonObject().get("expected_accuracy").getAsDouble());
    }
    JsonObject foresight = json.getAsJsonObject("foresight");
    if (foresight == null) { // what is expected of all alike correlates with nothing
      assertEquals(1, expected.size());
      return;
    }
    assertEquals(6, foresight.get("n").getAsInt());
    assertTrue(Math.abs(foresight.get("pearson").getAsDouble()) <= 1);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "9999, 9999",
    "76800, 77k",
    "294912, 295k",
    "999499, 999k",
    "999500, 1.0M",
    "2500000, 2.5M"
  })
  void countsAreShort(double count, String text) {
    assertEquals(text, CostTable.count(count));
  }

  @ParameterizedTest
  @CsvSource({"0, -", "1, 1.0", "6.4006, 6.4", "147.3, 147", "9876, 9876", "150000, 1.5e+05"})
  void conditionNumbersAreShort(double condition, String text) {
    assertEquals(text, CostTable.condition(condition));
  }
}
