// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.memory;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Matrices.worstCosine;
import static io.github.djlstitch.core.Refusal.refused;
import static io.github.djlstitch.core.internal.engine.NativeArrays.assertNoneLeft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory against plain double loops, and what it is and is not invariant to. */
@Tag("processor")
final class SpaceMemoryTest {
  private static final int WIDTH = 6;
  private static final FloatMatrix DATA = unitRows(gaussian(1, 50, WIDTH));
  private static final FloatMatrix VECTORS = gaussian(2, 9, WIDTH);

  @ParameterizedTest
  @ValueSource(doubles = {1, 7, 300})
  void recallEqualsThePlainLoops(double sharpness) {
    FloatMatrix found = new SpaceMemory(DATA, sharpness).recall(VECTORS);
    // Cosines in float32 are off by 1e-7; the softmax multiplies that by the sharpness.
    assertClose(naiveRecall(VECTORS, DATA, sharpness), found, 1e-6 + 1e-7 * sharpness);
  }

  @Test
  void smoothingEqualsThePlainLoops() {
    assertClose(naiveSmooth(VECTORS, DATA, 20), SpaceMemory.of(DATA).smooth(VECTORS), 1e-6);
    FloatMatrix few = DATA.rowRange(0, 7);
    assertClose(naiveSmooth(VECTORS, few, 7), SpaceMemory.of(few).smooth(VECTORS), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 50, 400})
  void aDatumAttendsToTwentyOthersOrAQuarter(int rows) {
    FloatMatrix data = unitRows(gaussian(3, rows, WIDTH));
    double sharpness = SpaceMemory.of(data).sharpness();
    // Of 400 data, 300 are looked at; every one of them is as good as the next.
    int[] looked = IntStream.range(0, Math.min(rows, 300)).map(i -> i * rows / 300).toArray();
    int[] queries = rows <= 300 ? IntStream.range(0, rows).toArray() : looked;
    double wanted = Math.min(20, rows / 4.0);
    assertEquals(wanted, perplexity(data, queries, sharpness), 1e-3 * wanted * 2);
  }

  @Test
  void sharpnessStaysInItsRange() {
    assertEquals(1000, SpaceMemory.of(DATA.rowRange(0, 2)).sharpness(), 1);
    FloatMatrix same = Matrices.of(60, WIDTH, (i, j) -> j == 0 ? 1 : 0);
    assertEquals(1000, SpaceMemory.of(same).sharpness(), 1); // copies cannot be told apart
    FloatMatrix apart = Matrices.identity(16); // every other datum is as near
    assertEquals(1000, SpaceMemory.of(apart).sharpness(), 1);
  }

  @Test
  void whatIsRecalledIsOfUnitLengthAndNearerToTheData() {
    var memory = SpaceMemory.of(DATA);
    FloatMatrix found = memory.recall(VECTORS);
    assertClose(unitRows(found), found, 1e-6);
    assertTrue(worstCosine(VECTORS, found) > .9);
    assertClose(found, memory.recall(map(VECTORS, v -> 1000 * v)), 1e-6);
    FloatMatrix stray = FloatMatrix.concatRows(VECTORS, gaussian(4, 1, WIDTH));
    FloatMatrix rows = memory.recall(stray).rowRange(0, 9);
    assertClose(found, rows, 1e-6); // each vector by itself
  }

  @Test
  void rotationsTurnWhatIsRecalled() {
    FloatMatrix r = rotation(5, WIDTH);
    var memory = SpaceMemory.of(DATA);
    var turned = SpaceMemory.of(times(DATA, r));
    assertEquals(memory.sharpness(), turned.sharpness(), 1e-3 * memory.sharpness());
    assertClose(times(memory.recall(VECTORS), r), turned.recall(times(VECTORS, r)), 1e-4);
    assertClose(times(memory.smooth(VECTORS), r), turned.smooth(times(VECTORS, r)), 1e-5);
    FloatMatrix skew = Matrices.of(WIDTH, WIDTH, (i, j) -> i == j ? 1 + j : 0);
    var other = SpaceMemory.of(unitRows(times(DATA, skew)));
    assertTrue(worstCosine(times(memory.recall(VECTORS), skew), other.recall(VECTORS)) < .99);
  }

  @Test
  void theOrderOfDataDoesNotMatter() {
    int[] reversed = IntStream.range(0, 50).map(i -> 49 - i).toArray();
    var memory = SpaceMemory.of(DATA);
    var other = SpaceMemory.of(DATA.select(reversed));
    assertEquals(memory.sharpness(), other.sharpness(), 1e-6 * memory.sharpness());
    assertClose(memory.recall(VECTORS), other.recall(VECTORS), 1e-6);
    assertClose(memory.smooth(VECTORS), other.smooth(VECTORS), 1e-6);
  }

  @Test
  void aZeroVectorBecomesTheMeansDirectionOrStays() {
    FloatMatrix zero = FloatMatrix.of(1, WIDTH, new float[WIDTH]);
    FloatMatrix mean = unitRows(Matrices.meanRow(DATA));
    assertClose(mean, new SpaceMemory(DATA, 5).recall(zero), 1e-5);
    FloatMatrix balanced = FloatMatrix.concatRows(DATA, map(DATA, v -> -v));
    FloatMatrix still = new SpaceMemory(balanced, 5).recall(zero);
    assertTrue(still.firstNonFiniteRow().isEmpty());
    var nothing = new SpaceMemory(FloatMatrix.of(2, WIDTH, new float[2 * WIDTH]), 5);
    assertEquals(zero, nothing.recall(zero));
  }

  @Test
  void moreDataThanAreKeptAreSpreadEvenly() {
    int rows = 20_000;
    FloatMatrix numbered = Matrices.of(rows, 1, (i, j) -> i);
    FloatMatrix kept = EvenRows.of(numbered, SpaceMemory.MOST);
    assertEquals(SpaceMemory.MOST, kept.rows());
    assertEquals(0, kept.get(0, 0));
    for (int i = 1; i < kept.rows(); i++) {
      double step = kept.get(i, 0) - kept.get(i - 1, 0);
      assertTrue(step == 2 || step == 3, () -> "step " + step);
    }
    assertTrue(kept.get(SpaceMemory.MOST - 1, 0) >= rows - 3);
    FloatMatrix data = unitRows(gaussian(6, 9000, 2));
    assertEquals(SpaceMemory.MOST, SpaceMemory.of(data).data().rows());
  }

  @Test
  void nothingIsLeftInNativeMemory() {
    assertNoneLeft(
        20,
        () -> {
          var memory = SpaceMemory.of(DATA);
          memory.recall(VECTORS);
          memory.smooth(VECTORS);
        });
  }

  @Test
  void whatIsNoMemoryIsRefused() {
    FloatMatrix none = DATA.rowRange(0, 0);
    refused("a memory of 0 vectors", Kind.BAD_INPUT, () -> new SpaceMemory(none, 5));
    FloatMatrix many = Matrices.of(SpaceMemory.MOST + 1, 1, (i, j) -> 1);
    refused("a memory of 8193 vectors", Kind.BAD_INPUT, () -> new SpaceMemory(many, 5));
    for (double sharpness : new double[] {Double.NaN, 0, -3, 1001, Double.POSITIVE_INFINITY}) {
      refused("sharpness from 1", Kind.BAD_INPUT, () -> new SpaceMemory(DATA, sharpness));
    }
  }

  private static FloatMatrix naiveRecall(FloatMatrix vectors, FloatMatrix data, double sharpness) {
    double[][] read = new double[vectors.rows()][];
    for (int i = 0; i < read.length; i++) {
      double[] y = doubles(unitRows(vectors), i);
      double[] weights = softmax(data, y, sharpness, -1);
      read[i] = new double[WIDTH];
      for (int k = 0; k < weights.length; k++) {
        for (int j = 0; j < WIDTH; j++) {
          read[i][j] += weights[k] * data.get(k, j);
        }
      }
    }
    return mixed(vectors, read, .3);
  }

  private static FloatMatrix naiveSmooth(FloatMatrix vectors, FloatMatrix data, int count) {
    double[][] near = new double[vectors.rows()][];
    for (int i = 0; i < near.length; i++) {
      double[] y = doubles(vectors, i);
      double[] sum = new double[WIDTH];
      IntStream.range(0, data.rows())
          .boxed()
          .sorted(Comparator.comparingDouble(k -> -dot(doubles(data, k), y)))
          .limit(count)
          .forEach(k -> Arrays.setAll(sum, j -> sum[j] + data.get(k, j)));
      near[i] = sum;
    }
    return mixed(vectors, near, .5);
  }

  private static FloatMatrix mixed(FloatMatrix vectors, double[][] towards, double weight) {
    FloatMatrix y = unitRows(vectors);
    FloatMatrix z = unitRows(Matrices.of(y.rows(), WIDTH, (i, j) -> towards[i][j]));
    return unitRows(Matrices.of(y.rows(), WIDTH, (i, j) -> y.get(i, j) + weight * z.get(i, j)));
  }

  // Without one row, or with all for -1.
  private static double[] softmax(FloatMatrix data, double[] y, double sharpness, int without) {
    double[] weights = new double[data.rows()];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = k == without ? 0 : Math.exp(sharpness * (dot(doubles(data, k), y) - 1));
      sum += weights[k];
    }
    double whole = sum;
    return Arrays.stream(weights).map(w -> w / whole).toArray();
  }

  private static double perplexity(FloatMatrix data, int[] queries, double sharpness) {
    double entropy = 0;
    for (int i : queries) {
      for (double p : softmax(data, doubles(data, i), sharpness, i)) {
        entropy -= p == 0 ? 0 : p * Math.log(p) / queries.length;
      }
    }
    return Math.exp(entropy);
  }
}
