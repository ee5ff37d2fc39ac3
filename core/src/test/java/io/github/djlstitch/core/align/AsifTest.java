// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.align.Asif.Options;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsifTest {
  private static final FloatMatrix IMAGES = gaussian(1, 60, 7);
  private static final FloatMatrix TEXTS = gaussian(2, 60, 4);
  private static final FloatMatrix QUERIES = gaussian(3, 9, 7);
  private static final FloatMatrix CAPTIONS = gaussian(4, 6, 4);

  // A float32 cosine is off by some 1e-7, its eighth power by eight times that.
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 8", "20, 3", "40, 8", "60, 2", "900, 1.5"})
  void scoresEqualThePlainLoops(int k, double p) {
    var asif = Asif.of(IMAGES, TEXTS, new Options(k, p));
    assertClose(naive(k, p), asif.scores(QUERIES, CAPTIONS), 3e-6);
  }

  @Test
  void theOtherDirectionIsTheTranspose() {
    var asif = Asif.of(IMAGES, TEXTS, new Options(10, 4));
    FloatMatrix back = asif.reversed().scores(CAPTIONS, QUERIES);
    assertClose(transposed(asif.scores(QUERIES, CAPTIONS)), back, 1e-6);
  }

  @Test
  void anchorsInSeveralBlocksGiveTheSame() {
    FloatMatrix images = gaussian(5, 20_000, 3);
    FloatMatrix texts = times(images, rotation(6, 3));
    FloatMatrix queries = gaussian(7, 5, 3);
    FloatMatrix scores =
        Asif.of(images, texts, new Options(50, 8)).scores(queries, times(queries, rotation(6, 3)));
    // A rotated space has the same neighbors, so that a vector's own counterpart is its equal.
    for (int i = 0; i < 5; i++) {
      assertEquals(1, scores.get(i, i), 1e-5);
    }
    int[] all = IntStream.range(0, 20_000).map(i -> 19_999 - i).toArray();
    FloatMatrix reversed =
        Asif.of(images.select(all), texts.select(all), new Options(50, 8))
            .scores(queries, times(queries, rotation(6, 3)));
    assertClose(scores, reversed, 1e-5);
  }

  @Test
  void theBestTemplateDecides() {
    var asif = Asif.of(IMAGES, TEXTS, new Options(30, 8));
    int[] best = asif.scores(QUERIES, CAPTIONS).argMaxRows();
    assertArrayEquals(best, asif.classify(QUERIES, CAPTIONS, 1));
    int[] classes = Arrays.stream(best).map(i -> i / 3).toArray();
    assertArrayEquals(classes, asif.classify(QUERIES, CAPTIONS, 3));
  }

  @Test
  void anotherModalityIsClassifiedByItsCaptions() {
    // Three directions; pictures of them 12 wide, texts of them 3 wide.
    FloatMatrix anchors = clustered(8, 300);
    FloatMatrix wide = times(anchors, Matrices.of(3, 12, (i, j) -> j % 3 == i ? 1 : .1));
    FloatMatrix queries = clustered(9, 90);
    var asif = Asif.of(wide, anchors, new Options(100, 8));
    int[] found =
        asif.classify(
            times(queries, Matrices.of(3, 12, (i, j) -> j % 3 == i ? 1 : .1)), identity3(), 1);
    long right = IntStream.range(0, 90).filter(i -> found[i] == i % 3).count();
    assertEquals(90, right);
  }

  @Test
  void theScaleOfAVectorDoesNotMatter() {
    var asif = Asif.of(IMAGES, TEXTS, new Options(10, 8));
    FloatMatrix scaled = asif.scores(map(QUERIES, v -> v * 1e25), map(CAPTIONS, v -> v * 1e-25));
    assertClose(asif.scores(QUERIES, CAPTIONS), scaled, 1e-5);
  }

  @Test
  void anEvenPowerKeepsTheSign() {
    FloatMatrix one = FloatMatrix.of(1, 2, 1, 0);
    var asif = Asif.of(one, one, new Options(1, 2));
    FloatMatrix opposite = FloatMatrix.of(1, 2, -1, 0);
    assertEquals(-1, asif.scores(one, opposite).get(0, 0), 1e-6);
    assertEquals(1, asif.scores(opposite, opposite).get(0, 0), 1e-6);
  }

  @Test
  void theSharesOfAnchorsAddUpToTheScore() {
    var asif = Asif.of(IMAGES, TEXTS, new Options(25, 3));
    FloatMatrix query = QUERIES.rowRange(2, 3);
    FloatMatrix caption = CAPTIONS.rowRange(4, 5);
    var all = asif.topAnchors(query, caption, 1000);
    double sum = all.stream().mapToDouble(Asif.Contribution::share).sum();
    assertEquals(asif.scores(query, caption).get(0, 0), sum, 1e-6);
    assertEquals(all.subList(0, 3), asif.topAnchors(query, caption, 3));
    for (int i = 1; i < all.size(); i++) {
      assertTrue(all.get(i - 1).share() >= all.get(i).share());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 8", "40, 3", "900, 1.5"})
  void translationsAreTheWeightedSumsOfCounterparts(int k, double p) {
    double[][] weights = sparse(QUERIES, IMAGES, k, p);
    FloatMatrix sums = times(Matrices.of(9, 60, (i, a) -> weights[i][a]), TEXTS);
    var asif = Asif.of(IMAGES, TEXTS, new Options(k, p));
    // Weights are off as scores are, and each is multiplied by values up to 3.
    assertClose(sums, asif.translate(QUERIES), 1e-5);
    assertClose(sums, asif.translate(map(QUERIES, v -> 100 * v)), 1e-5);
  }

  @Test
  void translationsOfPoorVectorsAreDefined() {
    var asif = Asif.of(IMAGES, TEXTS, Options.defaults());
    FloatMatrix zero = FloatMatrix.of(1, 7, new float[7]);
    assertEquals(FloatMatrix.of(1, 4, new float[4]), asif.translate(zero));
    assertEquals(0, asif.translate(QUERIES.rowRange(0, 0)).rows());
    refused("4 wide", Kind.BAD_INPUT, () -> asif.translate(CAPTIONS));
    refused("not finite", () -> asif.translate(map(QUERIES, v -> Double.NaN)));
    FloatMatrix one = IMAGES.rowRange(0, 1);
    FloatMatrix there = Asif.of(one, TEXTS.rowRange(0, 1), Options.defaults()).translate(one);
    assertClose(TEXTS.rowRange(0, 1), there, 1e-6);
  }

  @Test
  void zeroVectorsCompareAsZero() {
    var asif = Asif.of(IMAGES, TEXTS, Options.defaults());
    FloatMatrix zero = FloatMatrix.of(1, 7, new float[7]);
    assertClose(Matrices.of(1, 6, (i, j) -> 0), asif.scores(zero, CAPTIONS), 0);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    var options = Options.defaults();
    refused("got 60 and 9", Kind.BAD_INPUT, () -> Asif.of(IMAGES, QUERIES, options));
    refused("at least 1", () -> Asif.of(IMAGES.rowRange(0, 0), TEXTS.rowRange(0, 0), options));
    FloatMatrix nan = map(QUERIES, v -> Double.NaN);
    refused("not finite", () -> Asif.of(nan, QUERIES, options));
    var asif = Asif.of(IMAGES, TEXTS, options);
    refused("not finite", () -> asif.scores(nan, CAPTIONS));
    refused("4 wide", () -> asif.scores(CAPTIONS, CAPTIONS));
    refused("templates", Kind.BAD_INPUT, () -> asif.classify(QUERIES, CAPTIONS, 4));
    refused("power", Kind.USAGE, () -> new Options(1, 0));
  }

  private static FloatMatrix naive(int k, double p) {
    double[][] left = sparse(QUERIES, IMAGES, k, p);
    double[][] right = sparse(CAPTIONS, TEXTS, k, p);
    return Matrices.of(QUERIES.rows(), CAPTIONS.rows(), (i, j) -> dot(left[i], right[j]));
  }

  private static double[][] sparse(FloatMatrix vectors, FloatMatrix anchors, int k, double p) {
    FloatMatrix cosines = times(unitRows(vectors), transposed(unitRows(anchors)));
    double[][] out = new double[vectors.rows()][];
    for (int i = 0; i < out.length; i++) {
      double[] row = doubles(cosines, i);
      double[] sorted = row.clone();
      Arrays.sort(sorted);
      double least = sorted[Math.max(0, row.length - k)];
      for (int a = 0; a < row.length; a++) {
        row[a] = row[a] < least ? 0 : Math.signum(row[a]) * Math.pow(Math.abs(row[a]), p);
      }
      double norm = Math.sqrt(dot(row, row));
      out[i] = Arrays.stream(row).map(v -> v / norm).toArray();
    }
    return out;
  }

  private static FloatMatrix clustered(long seed, int rows) {
    FloatMatrix noise = gaussian(seed, rows, 3);
    return Matrices.of(rows, 3, (i, j) -> (i % 3 == j ? 1 : 0) + .15 * noise.get(i, j));
  }

  private static FloatMatrix identity3() {
    return Matrices.of(3, 3, (i, j) -> i == j ? 1 : 0);
  }
}
