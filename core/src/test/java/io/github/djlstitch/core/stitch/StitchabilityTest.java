// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.unitRows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What anchors alone say of a bridge. */
final class StitchabilityTest {
  private static final EncodedDataset X = World.rotated("x", 0);
  private static final EncodedDataset Y = World.rotated("y", 1);
  private static final EncodedDataset Z = World.unrelated("z");

  // Pruning is given, since choosing it for each fold takes most of the time.
  private static final BridgeOptions OPTIONS =
      BridgeOptions.defaults().withPruning(OptionalDouble.of(.4), 3);

  private static Anchors anchors(int count) {
    return new Anchors(X.train().ids().subList(0, count), "first", 0);
  }

  private static Decoder head(Method method, int anchors) {
    return new HeadRecipe(
            method.reads(), Similarity.cosine(), Centering.ANCHORS, DecoderSpec.Head.of("mean"), 0)
        .make(X.train(), anchors(anchors), World::nearestMean);
  }

  private static double agreement(Method method, EncodedDataset own, int count) {
    AnchoredSpace target = AnchoredSpace.of(X.train(), anchors(count));
    Decoder head = head(method, count);
    return new Stitchability(new Bridges(OPTIONS), OPTIONS)
        .agreement(
            method,
            AnchoredSpace.of(own.train(), anchors(count)),
            target,
            head,
            Stitchability.answers(head, target));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      mode = Mode.EXCLUDE,
      names = {"ABSOLUTE"})
  void rotatedSpacesAreExpectedToStitch(Method method) {
    assertEquals(1, agreement(method, Y, 60), .02);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void unrelatedSpacesAreExpectedAtChance(Method method) {
    // Guessing gives 0.2, always the largest class 0.33; 60 anchors are off by 0.06.
    double agreement = agreement(method, Z, 60);
    assertTrue(agreement < .45, () -> "agreement " + agreement);
  }

  /** With fewer anchors than dimensions least squares is right about all it was made with. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"LINEAR", "IRP", "ASIF", "AUTO"})
  void aBridgeThatLearnsAnchorsByHeartDoesNotLookGood(Method method) {
    double learnt = seen(method, 12);
    double expected = agreement(method, Z, 12);
    assertTrue(expected < .5, "expected " + expected);
    assertTrue(method != Method.LINEAR || learnt == 1, "learnt " + learnt);
  }

  // The share of the very anchors a bridge was made with.
  private static double seen(Method method, int count) {
    AnchoredSpace own = AnchoredSpace.of(Z.train(), anchors(count));
    AnchoredSpace target = AnchoredSpace.of(X.train(), anchors(count));
    Decoder head = head(method, count);
    int[] found = Stitching.of(method, own, target, OPTIONS, head).predict(own.anchors());
    int[] wanted = head.decode(head.spec().inputs(target).apply(target.anchors())).argMaxRows();
    return IntStream.range(0, count).filter(i -> found[i] == wanted[i]).count() / (double) count;
  }

  @Test
  void fewerThanTenAnchorsMakeNoFolds() {
    for (int count : new int[] {1, 2, 9}) {
      assertEquals(seen(Method.LINEAR, count), agreement(Method.LINEAR, Z, count));
    }
    assertEquals(1, agreement(Method.RELATIVE, Y, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"RELATIVE", "AUTO", "IRP_PRUNED", "AFFINE"})
  void theSameAnchorsGiveTheSame(Method method) {
    EncodedDataset noisy = World.seen("n", "en", 0, World.TRAIN, x -> shaken(World.turned(x, 3)));
    double first = agreement(method, noisy, 50);
    assertEquals(first, agreement(method, noisy, 50));
    assertTrue(first > .4 && first < 1, "agreement " + first);
  }

  @Test
  void rightAnswersAreTheLabelsOfTheAnchors() {
    int[] labels = AnchorLabels.of(anchors(60), X.train()).orElseThrow();
    assertEquals(Arrays.toString(Arrays.copyOf(X.train().labels(), 60)), Arrays.toString(labels));
    AnchoredSpace target = AnchoredSpace.of(X.train(), anchors(60));
    Decoder head = head(Method.COORDINATES, 60);
    AnchoredSpace own = AnchoredSpace.of(Y.train(), anchors(60));
    var expected = new Stitchability(new Bridges(OPTIONS), OPTIONS);
    int[] answers = Stitchability.answers(head, target);
    long right = IntStream.range(0, 60).filter(i -> answers[i] == labels[i]).count();
    assertEquals(
        right / 60.0, expected.agreement(Method.COORDINATES, own, target, head, labels), .02);
    int[] wrong = IntStream.of(labels).map(label -> (label + 1) % World.CLASSES.size()).toArray();
    assertTrue(expected.agreement(Method.COORDINATES, own, target, head, wrong) < .1);
  }

  @Test
  void aMeanHasTheLabelThatWeighsMostAndForeignAnchorsHaveNone() {
    List<String> ids = X.train().ids();
    int[] labels = X.train().labels();
    int other = IntStream.range(1, 100).filter(i -> labels[i] != labels[0]).findFirst().orElse(0);
    var mean = new Anchors.Prototype(List.of(ids.get(0), ids.get(other)), List.of(.4, .6));
    Anchors means = Anchors.ofPrototypes(List.of(mean), "means", 0);
    assertEquals(labels[other], AnchorLabels.of(means, X.train()).orElseThrow()[0]);
    assertTrue(AnchorLabels.of(new Anchors(List.of("nowhere"), "mine", 0), X.train()).isEmpty());
  }

  private static FloatMatrix shaken(FloatMatrix x) {
    FloatMatrix noise = gaussian(8, x.rows(), x.columns());
    return Matrices.of(x.rows(), x.columns(), (i, j) -> x.get(i, j) + noise.get(i, j));
  }

  @Test
  void correlationIsThatOfSciPy() {
    double[] x = {1, 2, 4, 7.5, -3};
    double[] y = {3, 1, 6, 8, 2.25};
    // scipy.stats.pearsonr, SciPy 1.17.1
    assertEquals(0.8024678795481003, PearsonCorrelation.of(x, y).orElseThrow(), 1e-14);
    double[] down = Arrays.stream(x).map(v -> 5 - 2 * v).toArray();
    assertEquals(-1, PearsonCorrelation.of(x, down).orElseThrow(), 1e-14);
    assertEquals(OptionalDouble.empty(), PearsonCorrelation.of(x, new double[] {2, 2, 2, 2, 2}));
    double[] two = {1, 2};
    assertEquals(OptionalDouble.empty(), PearsonCorrelation.of(two, two));
    assertEquals(OptionalDouble.empty(), PearsonCorrelation.of(new double[0], new double[0]));
  }

  @Test
  void meanCosineEqualsThePlainLoops() {
    FloatMatrix x = gaussian(1, 9, 5);
    FloatMatrix y = gaussian(2, 9, 5);
    double sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += dot(doubles(unitRows(x), i), doubles(unitRows(y), i)) / 9;
    }
    assertEquals(sum, RowCosines.mean(x, y), 1e-7);
    FloatMatrix zero = FloatMatrix.of(1, 5, new float[5]);
    assertEquals(0, RowCosines.mean(zero, x.rowRange(0, 1)));
  }

  // Expected values: measure/answers.py (SciPy 1.17.1).
  @Test
  void likenessIsThatOfSciPy() {
    FloatMatrix own = FloatMatrix.of(5, 3, 2, 0, -1, .5f, 1, 0, -1, 0, 3, 1, 1.5f, -2, 0, -1, .25f);
    FloatMatrix stitched = FloatMatrix.of(5, 3, 1, 0, 0, 2, 1, 0, 0, 0, 1, -1, 2, .5f, .5f, 0, 0);
    LatentSpace test = X.test().select(new int[] {0, 1, 2, 3, 4});
    var reader = new Reader(head(Method.AUTO, 40), test, own, own, Map.of());
    Map<String, Double> found = reader.likeness(test, stitched, 0);
    assertEquals(.6, found.getOrDefault(Diagnostics.AGREEMENT, Double.NaN), 1e-12);
    assertEquals(
        .10483258830587909, found.getOrDefault(Diagnostics.JENSEN_SHANNON, Double.NaN), 1e-7);
    assertEquals(.28, found.getOrDefault(Diagnostics.AGREEMENT_BY_CHANCE, Double.NaN), .1);
    assertEquals(
        .20994918108743443,
        found.getOrDefault(Diagnostics.JENSEN_SHANNON_BY_CHANCE, Double.NaN),
        .05);
    Map<String, Double> same = reader.likeness(test, own, 0);
    assertEquals(1, same.getOrDefault(Diagnostics.AGREEMENT, Double.NaN));
    assertEquals(0, same.getOrDefault(Diagnostics.JENSEN_SHANNON, Double.NaN), 1e-12);
    assertEquals(Map.of(), reader.likeness(X.test(), stitched, 0));
  }

  @Test
  void aReaderIsFedByItsOwnEncoder() {
    Decoder head = head(Method.AUTO, 40);
    AnchoredSpace space = AnchoredSpace.of(X.train(), anchors(40));
    Reader reader = Reader.of(head, space, X.test());
    FloatMatrix inputs = space.frame(Centering.ANCHORS, true).apply(X.test().vectors());
    assertEquals(inputs, reader.inputs());
    int[] predicted = head.decode(inputs).argMaxRows();
    double accuracy = Metric.ACCURACY.of(X.test().labels(), predicted, World.CLASSES.size());
    assertEquals(accuracy, reader.score(Metric.ACCURACY));
    assertEquals(1, reader.cosine(Y.test(), inputs).orElseThrow(), 1e-6);
    assertEquals(OptionalDouble.empty(), reader.cosine(X.train(), inputs));
  }
}
