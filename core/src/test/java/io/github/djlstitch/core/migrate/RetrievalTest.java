// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.MergedSearch.Found;
import io.github.djlstitch.core.migrate.MergedSearch.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Searches, measures of their results, samples of rows, and merged results. */
final class RetrievalTest {
  @Test
  void gainIsThatOfScikitLearn() {
    int[] gains = {3, 0, 1, 2, 0, 0, 1, 0, 0, 2};
    Map<String, Integer> judged = new HashMap<>(Map.of("x", 3, "y", 1));
    IntStream.range(0, gains.length).forEach(i -> judged.put("d" + i, gains[i]));
    var judgments = new Judgments(Map.of("q", judged));
    List<String> results = IntStream.range(0, 10).mapToObj(i -> "d" + i).toList();

    assertEquals(0.673366, RetrievalMeasure.NDCG_AT_10.of("q", results, judgments), 1e-6);
    assertEquals(5 / 7.0, RetrievalMeasure.RECALL_AT_100.of("q", results, judgments), 1e-12);
    assertEquals(0, RetrievalMeasure.NDCG_AT_10.of("q", List.of("unknown"), judgments), 0);
  }

  @Test
  void queriesWithoutAnswersAreToldApart() {
    var judgments = new Judgments(Map.of("q", Map.of("d", 0), "r", Map.of("d", 1)));

    assertEquals(List.of("r"), judgments.answerable());
    assertThrows(
        StitchException.class, () -> RetrievalMeasure.NDCG_AT_10.of("q", List.of("d"), judgments));
    assertThrows(
        StitchException.class,
        () -> RetrievalMeasure.NDCG_AT_10.of("unknown", List.of("d"), judgments));
  }

  @Test
  void nearestRowsAreFoundInBlocksOfAnySize() {
    FloatMatrix rows = BridgeMethodTest.wave(5000, 8, 1);
    FloatMatrix queries = BridgeMethodTest.wave(3, 8, 2);
    var whole = NearestRows.of(queries, 20);
    var parts = NearestRows.of(queries, 20);

    whole.add(rows);
    for (int from = 0; from < 5000; from += 700) {
      parts.add(rows.rowRange(from, Math.min(5000, from + 700)));
    }

    assertEquals(rows(whole), rows(parts));
    float[] q = queries.row(0);
    double[] cosines = IntStream.range(0, 5000).mapToDouble(i -> cosine(q, rows.row(i))).toArray();
    double[] sorted = cosines.clone();
    Arrays.sort(sorted);
    assertEquals(sorted[4999], whole.hits().get(0).get(0).score(), 1e-5);
    assertEquals(sorted[4980], whole.hits().get(0).get(19).score(), 1e-5);
    assertEquals(sorted[4999], cosines[(int) whole.hits().get(0).get(0).row()], 1e-6);
  }

  private static List<List<Long>> rows(NearestRows search) {
    return search.hits().stream()
        .map(hits -> hits.stream().map(NearestRows.Hit::row).toList())
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      x += (double) a[i] * a[i];
      y += (double) b[i] * b[i];
    }
    return product / Math.sqrt(x * y);
  }

  @Test
  void rowsThatAreNotFiniteAreFoundLast() {
    FloatMatrix rows = FloatMatrix.of(3, 2, Float.NaN, 1, 0, -1, 0, 1);
    var search = NearestRows.of(FloatMatrix.of(1, 2, 0, 1), 3);
    search.add(rows);

    assertEquals(List.of(List.of(2L, 1L, 0L)), rows(search));
  }

  @Test
  void samplesAreUniformRepeatableAndOfUsableRows() {
    int[] drawn = new int[100];
    for (int seed = 0; seed < 400; seed++) {
      RowSample sample = RowSample.of(10, seed);
      sample.add(holed());
      for (long row : sample.rows()) {
        drawn[(int) row]++;
      }
    }

    assertEquals(0, drawn[7], "a row of zeros");
    assertEquals(0, drawn[8], "a row that is not finite");
    // 400 draws of 10 in 98 rows: 40.8 each, with a standard deviation of 6.05.
    for (int row = 0; row < 100; row++) {
      assertTrue(row == 7 || row == 8 || Math.abs(drawn[row] - 40.8) < 30, row + ": " + drawn[row]);
    }
    RowSample all = RowSample.of(1000, 0);
    all.add(holed());
    assertEquals(98, all.rows().length);
    assertEquals(100, all.seen());
    assertEquals(5, all.some(5).length);
  }

  private static FloatMatrix holed() {
    float[] values = new float[200];
    Arrays.fill(values, 1);
    values[14] = 0;
    values[15] = 0;
    values[16] = Float.POSITIVE_INFINITY;
    return FloatMatrix.wrap(100, 2, values);
  }

  @Test
  void populationsAreMergedByTheirOwnScores() {
    var narrow = new Found(.8, .02, List.of(new Result("a", .86), new Result("b", .84)));
    var wide = new Found(.1, .1, List.of(new Result("c", .35), new Result("a", .15)));

    List<Result> merged = MergedSearch.merge(List.of(narrow, wide), 10);

    assertEquals(List.of("a", "c", "b"), merged.stream().map(Result::id).toList());
    assertEquals(3, merged.get(0).score(), 1e-9);
    assertEquals(2.5, merged.get(1).score(), 1e-9);
    assertEquals(1, MergedSearch.merge(List.of(narrow, wide), 1).size());
    assertThrows(
        StitchException.class, () -> new Found(0, 1, List.of(new Result("a", Double.NaN))));
  }

  @Test
  void scoresOfAPopulationAreThoseOfASample() {
    FloatMatrix sample = FloatMatrix.of(4, 2, 1, 0, 0, 2, -3, 0, 0, -1);
    Found found = Found.byCosine(FloatMatrix.of(1, 2, 5, 0), sample, List.of());

    assertEquals(0, found.mean(), 1e-6);
    assertEquals(Math.sqrt(.5), found.deviation(), 1e-6);
  }
}
