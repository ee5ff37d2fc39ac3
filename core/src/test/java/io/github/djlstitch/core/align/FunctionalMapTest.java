// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Matrices.worstCosine;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.align.FunctionalMap.Options;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FunctionalMapTest {
  private static final int N = 300;
  // A curved sheet, so that there is a neighborhood graph with a shape to it.
  private static final FloatMatrix SHEET = sheet(1);
  private static final int[] SHUFFLE = shuffle(2);
  private static final int[] ANCHORS = {5, 60, 110, 170, 230, 290};
  private static final Options OPTIONS = new Options(10, 20, .1);

  @Test
  void equalsNumPy() {
    Golden golden = Golden.read("functional.json");
    var fit =
        FunctionalMap.fit(
            golden.matrix("x"),
            golden.matrix("y"),
            golden.integers("left"),
            golden.integers("right"),
            new Options(6, 4, .2));
    // Eigenvectors have no sign of their own; these two do not see it.
    assertClose(golden.matrix("magnitudes"), map(fit.matrix(), Math::abs), 1e-5);
    FloatMatrix transfer = times(fit.source(), transposed(fit.target()));
    assertClose(golden.matrix("transfer"), transfer, 1e-4);
  }

  @Test
  void fewAnchorsMatchAPlantedIsometry() {
    FloatMatrix target = times(SHEET, rotation(3, 5)).select(SHUFFLE);
    var fit = FunctionalMap.fit(SHEET, target, ANCHORS, positions(ANCHORS), OPTIONS);
    assertTrue(accuracy(fit.matches()) > .98, "accuracy " + accuracy(fit.matches()));
    assertTrue(meanReciprocalRank(fit) > .98, "MRR " + meanReciprocalRank(fit));
    var alignment = fit.refine(SHEET, target, Aligner.procrustes());
    assertTrue(worstCosine(times(SHEET, rotation(3, 5)), alignment.apply(SHEET)) > .999);
  }

  @Test
  void wrongAnchorsDoNotMatch() {
    FloatMatrix target = times(SHEET, rotation(3, 5)).select(SHUFFLE);
    int[] wrong = {1, 2, 3, 4, 5, 6};
    var fit = FunctionalMap.fit(SHEET, target, ANCHORS, wrong, OPTIONS);
    assertTrue(accuracy(fit.matches()) < .1, "accuracy " + accuracy(fit.matches()));
  }

  @Test
  void matchesAreThoseOfThePlainLoop() {
    FloatMatrix target = gaussian(4, 40, 3);
    int[] few = {1, 2, 3};
    var fit = FunctionalMap.fit(gaussian(5, 30, 4), target, few, few, new Options(5, 6, 1));
    FloatMatrix cosines = times(unitRows(fit.source()), transposed(unitRows(fit.target())));
    assertEquals(Arrays.toString(cosines.argMaxRows()), Arrays.toString(fit.matches()));
  }

  @Test
  void zerosAndDuplicatesAreDefined() {
    FloatMatrix twice = FloatMatrix.concatRows(SHEET.rowRange(0, 40), SHEET.rowRange(0, 40));
    FloatMatrix zeros = FloatMatrix.concatRows(twice, FloatMatrix.of(2, 5, new float[10]));
    for (FloatMatrix poor : new FloatMatrix[] {twice, zeros}) {
      var fit = FunctionalMap.fit(poor, poor, new int[] {1}, new int[] {1}, OPTIONS);
      assertTrue(fit.source().firstNonFiniteRow().isEmpty());
      assertTrue(fit.matrix().firstNonFiniteRow().isEmpty());
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    int[] one = {1};
    refused(
        "at least 20", () -> FunctionalMap.fit(SHEET.rowRange(0, 15), SHEET, one, one, OPTIONS));
    refused("same anchors", () -> FunctionalMap.fit(SHEET, SHEET, one, ANCHORS, OPTIONS));
    refused("at least 1", () -> FunctionalMap.fit(SHEET, SHEET, new int[0], new int[0], OPTIONS));
    int[] beyond = {N};
    refused("row 300", Kind.BAD_INPUT, () -> FunctionalMap.fit(SHEET, SHEET, one, beyond, OPTIONS));
    FloatMatrix nan = map(SHEET, v -> Double.NaN);
    refused("not finite", () -> FunctionalMap.fit(SHEET, nan, one, one, OPTIONS));
    FloatMatrix many = Matrices.of(6001, 1, (i, j) -> i);
    refused("6000", Kind.RESOURCES, () -> FunctionalMap.fit(SHEET, many, one, one, OPTIONS));
    refused("alpha", Kind.USAGE, () -> new Options(1, 1, 0));
    var fit = FunctionalMap.fit(SHEET, SHEET, one, one, OPTIONS);
    refused("the same ones", () -> fit.refine(nan.rowRange(0, 9), SHEET, Aligner.procrustes()));
  }

  private static FloatMatrix sheet(long seed) {
    var random = new Random(seed);
    double[][] p = new double[N][];
    Arrays.setAll(p, i -> new double[] {3 * random.nextDouble(), 1.5 * random.nextDouble()});
    return Matrices.of(
        N,
        5,
        (i, j) ->
            switch (j) {
              case 0 -> Math.sin(p[i][0]);
              case 1 -> Math.cos(p[i][0]);
              case 2 -> p[i][1];
              case 3 -> Math.sin(2 * p[i][1] + p[i][0]);
              default -> .5 * Math.cos(3 * p[i][0]);
            });
  }

  private static int[] shuffle(long seed) {
    var random = new Random(seed);
    int[] order = IntStream.range(0, N).toArray();
    for (int i = N - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
    return order;
  }

  // Row t of the target is row SHUFFLE[t] of the source.
  private static int[] positions(int[] rows) {
    int[] at = new int[N];
    for (int t = 0; t < N; t++) {
      at[SHUFFLE[t]] = t;
    }
    return Arrays.stream(rows).map(r -> at[r]).toArray();
  }

  private static double accuracy(int[] matches) {
    return IntStream.range(0, N).filter(i -> SHUFFLE[matches[i]] == i).count() / (double) N;
  }

  private static double meanReciprocalRank(FunctionalMap fit) {
    FloatMatrix cosines = times(unitRows(fit.source()), transposed(unitRows(fit.target())));
    int[] truth = positions(IntStream.range(0, N).toArray());
    double sum = 0;
    for (int i = 0; i < N; i++) {
      int row = i;
      float own = cosines.get(i, truth[i]);
      sum += 1.0 / (1 + IntStream.range(0, N).filter(t -> cosines.get(row, t) > own).count());
    }
    return sum / N;
  }
}
