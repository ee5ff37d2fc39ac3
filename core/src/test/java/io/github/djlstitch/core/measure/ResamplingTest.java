// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.measure.Measured.PairingTest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResamplingTest {
  private static final FloatMatrix X = gaussian(1, 80, 4);
  private static final FloatMatrix NEAR = noisy(X, 2);
  private static final Resampling FEW = new Resampling(39, 20, 7);

  private static FloatMatrix noisy(FloatMatrix x, long seed) {
    FloatMatrix noise = gaussian(seed, x.rows(), x.columns());
    return Matrices.of(x.rows(), x.columns(), (i, j) -> x.get(i, j) + .5 * noise.get(i, j));
  }

  static Stream<SpaceMeasure> all() {
    return Stream.of(MeasureKind.values()).map(SpaceMeasure::of);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRealPairingIsBetterThanAllRandomOnes(SpaceMeasure measure) {
    Measured measured = FEW.measure(measure, X, NEAR);
    var chance = measured.chance().orElseThrow();
    assertEquals(measure.of(X, NEAR), measured.value(), 1e-12);
    assertEquals(measured.value(), chance.observed(), 1e-6);
    if (measure.kind().comparesPairs()) {
      assertEquals(1.0 / 40, chance.pValue(), measure.id());
      assertTrue(measure.kind().isDistance() == chance.mean() > chance.observed());
    }
    var interval = measured.interval().orElseThrow();
    assertTrue(interval.low() <= measured.value() && measured.value() <= interval.high());
    assertTrue(interval.high() > interval.low());
    boolean scored = measure.compare(X, NEAR).scores().length > 0;
    assertEquals(scored ? Measured.Way.BOOTSTRAP : Measured.Way.SUBSAMPLING, interval.way());
    assertEquals(scored ? 80 : 40, interval.rows());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aShuffledPairingIsNotBetter(SpaceMeasure measure) {
    FloatMatrix shuffled = NEAR.select(RowDraws.permutation(80, new Random(3)));
    assertTrue(FEW.measure(measure, X, shuffled).chance().orElseThrow().pValue() > .05);
  }

  // A circle, seen twice; without what connects its axes it is a square.
  @ParameterizedTest
  @EnumSource(names = {"IMD", "GEOMETRY_SCORE"})
  void ofSpacesByThemselvesChanceIsALostStructure(MeasureKind kind) {
    FloatMatrix circle = circle(0);
    FloatMatrix again =
        times(circle(1), rotation(8, 4)).select(RowDraws.permutation(120, random()));
    Measured measured = FEW.measure(SpaceMeasure.of(kind), circle, again);
    var chance = measured.chance().orElseThrow();
    assertEquals(1.0 / 40, chance.pValue());
    assertTrue(chance.mean() > 2 * chance.observed(), () -> kind + " " + chance);
    assertEquals(OptionalDouble.empty(), PairingTest.pValue(List.of(measured)));
  }

  private static Random random() {
    return new Random(6);
  }

  private static FloatMatrix circle(double phase) {
    return Matrices.of(
        120, 4, (i, j) -> j > 1 ? 0 : Math.sin(2 * Math.PI * i / 120 + phase + j * Math.PI / 2));
  }

  @Test
  void pValuesOfIndependentSpacesAreSpreadEvenly() {
    int small = 0;
    double sum = 0;
    for (int i = 0; i < 60; i++) {
      var chance =
          new Resampling(39, 0, i)
              .measure(
                  SpaceMeasure.of(MeasureKind.CKA), gaussian(100 + i, 20, 3), gaussian(i, 20, 3))
              .chance()
              .orElseThrow();
      small += chance.pValue() <= .25 ? 1 : 0;
      sum += chance.pValue();
    }
    // Binomial(60, 1/4): 15 +- 3.4; mean of p 20.5/40 +- .037. Three standard deviations.
    assertTrue(small >= 5 && small <= 25, "p <= .25 for " + small);
    assertEquals(.5125, sum / 60, .11);
  }

  @Test
  void intervalsMostlyCoverTheValueOfManySamples() {
    FloatMatrix x = gaussian(11, 6000, 3);
    FloatMatrix y = noisy(x, 12);
    SpaceMeasure measure = SpaceMeasure.of(MeasureKind.CKA_UNBIASED);
    double truth = measure.of(x, y);
    int covered = 0;
    for (int i = 0; i < 30; i++) {
      FloatMatrix a = x.rowRange(200 * i, 200 * i + 200);
      FloatMatrix b = y.rowRange(200 * i, 200 * i + 200);
      var interval = new Resampling(0, 60, i).measure(measure, a, b).interval().orElseThrow();
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    // 95 % of 30 is 28.5; 24 is nearly four standard deviations below.
    assertTrue(covered >= 24, "covered " + covered);
  }

  @Test
  void theSeedDecidesEverything() {
    SpaceMeasure measure = SpaceMeasure.of(MeasureKind.RSA);
    assertEquals(FEW.measure(measure, X, NEAR), FEW.measure(measure, X, NEAR));
    assertTrue(
        !FEW.measure(measure, X, NEAR).equals(new Resampling(39, 20, 8).measure(measure, X, NEAR)));
  }

  @Test
  void nothingIsDoneThatWasNotAskedFor() {
    var measured = new Resampling(0, 0, 0).measure(SpaceMeasure.of(MeasureKind.CKA), X, NEAR);
    assertEquals(Optional.empty(), measured.chance());
    assertEquals(Optional.empty(), measured.interval());
    refused("expected 0 or more", Kind.USAGE, () -> new Resampling(-1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cka", "mrr", "procrustes"})
  void eachStepIsTold(String id) {
    var steps = new AtomicInteger();
    FEW.measure(SpaceMeasure.named(id, 5), X, NEAR, steps::incrementAndGet);
    assertEquals(59, steps.get());
  }

  @Test
  void tooFewSamplesForPartsHaveNoInterval() {
    var measured = FEW.measure(SpaceMeasure.of(MeasureKind.CKA_UNBIASED), top(X, 7), top(NEAR, 7));
    assertEquals(Optional.empty(), measured.interval());
    assertTrue(measured.chance().isPresent());
  }

  private static FloatMatrix top(FloatMatrix x, int rows) {
    return x.rowRange(0, rows);
  }

  @Test
  void aSlowMeasureIsTestedOnAPartAndSaysSo() {
    FloatMatrix x = gaussian(21, 1300, 3);
    var measured =
        new Resampling(3, 2, 0).measure(SpaceMeasure.of(MeasureKind.CKA), x, noisy(x, 5));
    assertEquals(1300, measured.rows());
    assertEquals(1000, measured.chance().orElseThrow().rows());
    assertEquals(500, measured.interval().orElseThrow().rows());
    var kendall = new Resampling(0, 0, 0);
    var ranks = kendall.measure(SpaceMeasure.of(MeasureKind.RSA_KENDALL), x, noisy(x, 5));
    assertEquals(1000, ranks.rows());
  }

  @Test
  void badSpacesAreRefused() {
    FloatMatrix hole = map(X, v -> v == X.get(5, 0) ? Double.NaN : v);
    SpaceMeasure measure = SpaceMeasure.of(MeasureKind.CKA);
    refused("row 5 of the first", Kind.BAD_INPUT, () -> FEW.measure(measure, hole, X));
  }

  @Test
  void measuresOfCoordinatesDoNotDecideUnlessTheyAreAlone() {
    FloatMatrix rotated = times(NEAR, rotation(4, 4));
    Measured cka = FEW.measure(SpaceMeasure.of(MeasureKind.CKA), X, rotated);
    Measured far = FEW.measure(SpaceMeasure.of(MeasureKind.L2), X, shuffled(NEAR));
    assertEquals(.025, PairingTest.pValue(List.of(cka, far)).orElseThrow(), 1e-12);
    assertTrue(PairingTest.pValue(List.of(far)).orElseThrow() > .05);
    assertTrue(PairingTest.pValue(List.of()).isEmpty());
  }

  private static FloatMatrix shuffled(FloatMatrix x) {
    return x.select(RowDraws.permutation(x.rows(), new Random(4)));
  }

  @Test
  void theCommonPValueIsRuegers() {
    assertEquals(.3, common(.3), 1e-12);
    assertEquals(.04, common(.9, .02), 1e-12); // 2 times the first of 2
    assertEquals(.15, common(.9, .1, .01), 1e-12); // 3/2 times the second of 3
    assertEquals(1, common(.9, .8, .7), 1e-12);
    for (int n = 2; n < 60; n++) { // the fewest permutations reach the level with any number
      double[] least = new double[n];
      java.util.Arrays.fill(least, 1.0 / (PairingTest.FEWEST_PERMUTATIONS + 1));
      assertTrue(common(least) <= PairingTest.LEVEL);
    }
    refused("at least 39", Kind.USAGE, () -> PairingTest.requireEnough(38));
    PairingTest.requireEnough(0);
    PairingTest.requireEnough(39);
  }

  private static double common(double... values) {
    return PairingTest.pValue(
            java.util.Arrays.stream(values)
                .mapToObj(
                    p ->
                        new Measured(
                            SpaceMeasure.of(MeasureKind.CKA),
                            0,
                            9,
                            Optional.of(new Measured.Chance(0, 0, 0, p, 99, 9)),
                            Optional.empty()))
                .toList())
        .orElseThrow();
  }
}
