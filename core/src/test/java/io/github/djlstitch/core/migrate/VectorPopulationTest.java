// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Populations against scikit-learn ({@code migrate.py}), and what they find in mixed vectors. */
final class VectorPopulationTest {
  private static final int WIDTH = 32;
  private static final double[] DISTANCES = {3.737135, 3.207663, 4.244595};
  private static final double LOG_VOLUME = -18.117516;

  /** Vectors of an imaginary encoder: a mean and eight directions of its own, and noise. */
  static FloatMatrix vectors(int rows, long encoder, long data) {
    var made = new Random(encoder);
    float[][] directions = new float[9][WIDTH];
    for (float[] direction : directions) {
      for (int j = 0; j < WIDTH; j++) {
        direction[j] = (float) made.nextGaussian();
      }
    }
    var random = new Random(data);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < directions.length; k++) {
        double weight = k == 0 ? 1.5 : random.nextGaussian();
        for (int j = 0; j < WIDTH; j++) {
          values[i * WIDTH + j] += (float) (weight * directions[k][j]);
        }
      }
      for (int j = 0; j < WIDTH; j++) {
        values[i * WIDTH + j] += (float) (.3 * random.nextGaussian());
      }
    }
    return FloatMatrix.wrap(rows, WIDTH, values);
  }

  private static FloatMatrix scaled(FloatMatrix rows) {
    float[] scales = {3, 2, 1, .5f, .2f, .1f};
    float[] values = rows.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scales[i % scales.length];
    }
    return FloatMatrix.wrap(rows.rows(), rows.columns(), values);
  }

  @Test
  void distancesAreThoseOfTheShrunkCovariance() {
    var population = VectorPopulation.of(scaled(BridgeMethodTest.wave(120, 6, 5)));

    double[] found = population.distances(scaled(BridgeMethodTest.wave(3, 6, 4)));

    assertArrayEquals(DISTANCES, found, 1e-3);
    assertArrayEquals(new double[] {LOG_VOLUME}, population.surprise(new double[] {0}), 1e-4);
  }

  @Test
  void heldOutVectorsAreFartherThanThoseThatMadeIt() {
    FloatMatrix own = vectors(500, 1, 2);
    var population = VectorPopulation.of(own);
    double inside = java.util.Arrays.stream(population.distances(own)).average().orElseThrow();
    double outside = java.util.Arrays.stream(population.heldOut()).average().orElseThrow();

    assertTrue(outside > inside, outside + " " + inside);
    assertEquals(500, population.heldOut().length);
  }

  private static ForeignVectors.Finding found(FloatMatrix... parts) {
    var counted = ForeignVectors.countedBy(VectorPopulation.of(vectors(1000, 1, 2)));
    for (FloatMatrix part : parts) {
      counted.add(part);
    }
    return counted.finding();
  }

  @Test
  void onePercentIsFoundAndCleanVectorsAreNoAlarm() {
    ForeignVectors.Finding clean = found(vectors(2000, 1, 3));
    ForeignVectors.Finding mixed = found(vectors(1980, 1, 3), vectors(20, 9, 4));

    assertFalse(clean.foreign(), clean.toString());
    assertTrue(mixed.foreign(), mixed.toString());
    assertTrue(mixed.low() <= .01 + .005 && mixed.high() >= .01, mixed.toString());
    assertEquals(2000, mixed.rows());
  }

  @Test
  void rowsThatAreNotFiniteOrZeroAreCountedApart() {
    FloatMatrix broken = FloatMatrix.of(2, WIDTH, new float[2 * WIDTH]);
    float[] values = broken.toArray();
    values[3] = Float.NaN;
    ForeignVectors.Finding finding = found(FloatMatrix.wrap(2, WIDTH, values));

    assertEquals(0, finding.rows());
    assertEquals(2, finding.unusable());
    assertFalse(finding.foreign());
  }

  @Test
  void theLikeliestCardIsThatOfTheEncoder() {
    var cards =
        List.of(VectorPopulation.of(vectors(300, 1, 2)), VectorPopulation.of(vectors(300, 9, 2)));
    var assigned = LikeliestCard.of(cards);

    int[] first = assigned.add(vectors(50, 1, 7));
    int[] second = assigned.add(vectors(30, 9, 8));

    assertArrayEquals(new int[50], first);
    assertEquals(30, java.util.Arrays.stream(second).sum());
    assertArrayEquals(new long[] {50, 30}, assigned.counts());
    assertTrue(assigned.isMixed());
  }

  @Test
  void oneCardsRowsAreNotMixed() {
    var assigned =
        LikeliestCard.of(
            List.of(
                VectorPopulation.of(vectors(300, 1, 2)), VectorPopulation.of(vectors(300, 9, 2))));
    assigned.add(vectors(400, 1, 7));

    assertFalse(assigned.isMixed());
  }

  @Test
  void twoKindsLeaveAGap() {
    VectorKinds one = VectorKinds.of(vectors(1000, 1, 3));
    VectorKinds two =
        VectorKinds.of(FloatMatrix.concatRows(bent(vectors(800, 1, 3)), vectors(200, 9, 4)));

    assertFalse(one.two(), one.toString());
    assertTrue(two.two(), two.toString());
    assertEquals(.2, two.share(), .01);
  }

  // Of an encoder whose vectors all lie in a narrow cone.
  private static FloatMatrix bent(FloatMatrix rows) {
    float[] values = rows.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += i % WIDTH == 0 ? 40 : 0;
    }
    return FloatMatrix.wrap(rows.rows(), WIDTH, values);
  }

  @Test
  void tooFewAndOtherWidthsAreRefused() {
    StitchException few =
        assertThrows(StitchException.class, () -> VectorPopulation.of(vectors(99, 1, 2)));
    assertTrue(few.getMessage().contains("a card of 99 vectors"), few.getMessage());
    var population = VectorPopulation.of(vectors(100, 1, 2));
    StitchException wide =
        assertThrows(
            StitchException.class, () -> population.distances(BridgeMethodTest.wave(2, 6, 1)));
    assertTrue(wide.getMessage().contains("6 wide"), wide.getMessage());
  }
}
