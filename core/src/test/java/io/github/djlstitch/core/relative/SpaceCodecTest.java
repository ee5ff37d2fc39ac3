// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.identity;
import static io.github.djlstitch.core.Matrices.plusIdentity;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.solve;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Matrices.worstCosine;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
final class SpaceCodecTest {
  private static final List<Inverse> INVERSES =
      List.of(Inverse.pseudo(), Inverse.ridge(1), Inverse.truncated(.3), Inverse.parseval());

  // 40 parallel anchors, 10 and 7 wide; 25 vectors of the first space.
  private static final FloatMatrix X_ANCHORS = gaussian(1, 40, 10);
  private static final FloatMatrix Y_ANCHORS = gaussian(2, 40, 7);
  private static final FloatMatrix X = gaussian(3, 25, 10);

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void inverseProjectionIsTheTransposedLeastSquaresMapBack(Centering centering) {
    var x = Irp.plain(centering).fit(of(X_ANCHORS));
    var y = Irp.plain(centering).fit(of(Y_ANCHORS));
    FloatMatrix a = x.frame().apply(X_ANCHORS);
    FloatMatrix b = y.frame().apply(Y_ANCHORS);
    FloatMatrix back = solve(times(transposed(b), b), times(transposed(b), a)); // (Dy, Dx)
    FloatMatrix expected = times(x.frame().apply(X), transposed(back));
    assertClose(expected, y.fromRelative(x.toRelative(X)), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void coordinatesComposeToTheRidgeRegression(Centering centering) {
    var x = new CodecSpec.Coordinates(centering, 0.7).fit(of(X_ANCHORS));
    var y = new CodecSpec.Coordinates(centering, 0.7).fit(of(Y_ANCHORS));
    FloatMatrix a = x.frame().apply(X_ANCHORS);
    FloatMatrix b = y.frame().apply(Y_ANCHORS);
    FloatMatrix gram = plusIdentity(times(transposed(a), a), 0.7);
    FloatMatrix ridge = solve(gram, times(transposed(a), b)); // (Dx, Dy)
    FloatMatrix expected = times(x.frame().apply(X), ridge);
    assertClose(expected, y.fromRelative(x.toRelative(X)), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void vectorsComeBackToTheirOwnSpace(Centering centering) {
    assertTrue(roundTrip(Irp.plain(centering).fit(of(X_ANCHORS))) > .999);
    assertTrue(roundTrip(new CodecSpec.Coordinates(centering, 1).fit(of(X_ANCHORS))) > .9);
  }

  private static double roundTrip(SpaceCodec codec) {
    FloatMatrix there = codec.frame().apply(X);
    return worstCosine(there, codec.fromRelative(codec.toRelative(X)));
  }

  @Test
  void aRotatedSpaceIsEnteredExactly() {
    FloatMatrix r = rotation(4, 10);
    var x = Irp.plain(Centering.ANCHORS).fit(of(X_ANCHORS));
    var y = Irp.plain(Centering.ANCHORS).fit(of(times(X_ANCHORS, r)));
    FloatMatrix expected = y.frame().apply(times(X, r));
    assertClose(expected, y.fromRelative(x.toRelative(X)), 1e-5);
  }

  @Test
  void conditionNumberIsThatOfTheStandardisedAnchors() {
    FloatMatrix orthogonal = rotation(5, 6);
    assertEquals(1, condition(orthogonal), 1e-5);
    FloatMatrix two = FloatMatrix.of(2, 2, 1, 0, .6f, .8f); // eigenvalues of the Gram: 1 +- .6
    assertEquals(2, condition(two), 1e-5);
  }

  @Test
  void dependentAnchorsCountByWhatIsInverted() {
    FloatMatrix few = rotation(6, 10).rowRange(0, 3);
    CodecDiagnostics twice = codec(few.select(new int[] {0, 1, 2, 1})).diagnostics();
    assertEquals(3, twice.rank());
    assertEquals(Math.sqrt(2), twice.conditionNumber(), 1e-5); // one anchor counts twice
    FloatMatrix flat = times(gaussian(7, 20, 3), gaussian(8, 3, 10));
    assertEquals(3, codec(flat).diagnostics().rank());
    assertTrue(condition(flat) < 100);
  }

  @Test
  void dependentAnchorsStillGiveTheirOwnPlane() {
    FloatMatrix plane = gaussian(8, 3, 10);
    var codec = Irp.plain(Centering.NONE).fit(of(times(gaussian(7, 20, 3), plane)));
    FloatMatrix x = times(gaussian(9, 12, 3), plane);
    assertClose(Matrices.unitRows(x), codec.fromRelative(codec.toRelative(x)), 1e-4);
  }

  private static double condition(FloatMatrix anchors) {
    return codec(anchors).diagnostics().conditionNumber();
  }

  private static SpaceCodec codec(FloatMatrix anchors) {
    return Irp.plain(Centering.NONE).fit(of(anchors));
  }

  private static AnchoredSpace of(FloatMatrix anchors) {
    return new AnchoredSpace(anchors, anchors);
  }

  @Test
  void twoCodecsMakeOneMatrix() {
    for (SpaceCodec[] pair : pairs()) {
      FloatMatrix map = SpaceCodec.compose(pair[0], pair[1]);
      assertEquals("FloatMatrix(10, 7)", map.toString());
      FloatMatrix steps = pair[1].fromRelative(pair[0].toRelative(X));
      assertClose(times(pair[0].frame().apply(X), map), steps, 2e-6);
    }
  }

  private static List<SpaceCodec[]> pairs() {
    List<SpaceCodec[]> pairs = new ArrayList<>();
    Subspaces two = Subspaces.prune(of(X_ANCHORS), Centering.ANCHORS, .5, 2, 1);
    for (Completion completion : Completion.values()) {
      for (Inverse inverse : INVERSES) {
        var options = new Irp(Centering.ANCHORS, inverse, completion);
        pairs.add(pair(space -> options.over(two).fit(space)));
      }
    }
    pairs.add(pair(space -> new CodecSpec.Coordinates(Centering.DATA, 1).fit(space)));
    pairs.add(pair(space -> CodecSpec.Parseval.defaults().fit(space)));
    return pairs;
  }

  private static SpaceCodec[] pair(Function<AnchoredSpace, SpaceCodec> make) {
    return new SpaceCodec[] {make.apply(of(X_ANCHORS)), make.apply(of(Y_ANCHORS))};
  }

  /**
   * The identity {@code A_Xᵀ (A_Yᵀ)⁺ = (A_Y⁺ A_X)ᵀ}, for more and for fewer anchors than widths.
   */
  @ParameterizedTest
  @ValueSource(ints = {40, 6, 1})
  void inverseProjectionIsTheTransposeOfTheMapBack(int anchors) {
    FloatMatrix a = X_ANCHORS.rowRange(0, anchors);
    FloatMatrix b = Y_ANCHORS.rowRange(0, anchors);
    FloatMatrix map = SpaceCodec.compose(codec(a), codec(b));
    FloatMatrix back =
        times(LinearAlgebra.pseudoInverse(Matrices.unitRows(b)), Matrices.unitRows(a));
    assertClose(transposed(back), map, 1e-5);
  }

  @Test
  void aParsevalFrameHasConditionNumberOne() {
    var options = Irp.plain(Centering.NONE).withInverse(Inverse.parseval());
    var codec = options.over(Subspaces.whole(40)).fit(of(X_ANCHORS));
    assertEquals(1, codec.diagnostics().conditionNumber(), 1e-6);
    assertClose(identity(10), times(codec.encoder(), codec.decoder()), 1e-6);
    double regular =
        CodecSpec.Parseval.defaults().fit(of(X_ANCHORS)).diagnostics().conditionNumber();
    assertEquals(1, regular, .1);
  }

  @Test
  void truncationBoundsTheConditionNumber() {
    FloatMatrix skewed =
        times(X_ANCHORS, Matrices.of(10, 10, (i, j) -> i == j ? 1. / (1 << i) : 0));
    assertTrue(condition(skewed) > 100);
    var options = Irp.plain(Centering.NONE).withInverse(Inverse.truncated(.1));
    var cut = options.over(Subspaces.whole(40)).fit(of(skewed)).diagnostics();
    assertTrue(cut.conditionNumber() <= 10 && cut.rank() < 10, cut::toString);
  }

  @Test
  void rankIsChosenByTheNumberOfAnchors() {
    var options = CodecSpec.Parseval.defaults();
    int[] anchors = {1, 50, 100, 300, 768, 2000};
    int[] ranks = {1, 25, 50, 100, 192, 500};
    for (int i = 0; i < ranks.length; i++) {
      assertEquals(ranks[i], options.rankFor(anchors[i], 768, 5000));
    }
    assertEquals(10, options.rankFor(100, 10, 5000));
    assertEquals(4, options.rankFor(100, 768, 5));
    assertEquals(7, new CodecSpec.Parseval(7, 0, 0).rankFor(100, 768, 5000));
  }

  @Test
  void vectorsAreTakenBackToWhereTheyCameFrom() {
    FloatMatrix raw = shift(X, FloatMatrix.of(1, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 1);
    for (Centering centering : Centering.values()) {
      var codec = new CodecSpec.Coordinates(centering, 1).fit(new AnchoredSpace(X_ANCHORS, raw));
      FloatMatrix back = codec.rescaled(codec.frame().apply(raw));
      assertClose(Matrices.unitRows(raw), Matrices.unitRows(back), 1e-5);
      double length = Math.sqrt(dot(doubles(back, 3), doubles(back, 3)));
      assertEquals(codec.diagnostics().norms().mean(), length, 1e-4);
    }
  }

  @Test
  void oneAnchorCarriesOneDirectionOrNone() {
    FloatMatrix one = X_ANCHORS.rowRange(0, 1);
    FloatMatrix line = codec(one).fromRelative(codec(one).toRelative(X));
    assertTrue(Math.abs(worstCosine(line.rowRange(0, 1), one)) > .999);
    var centred = Irp.plain(Centering.ANCHORS).fit(of(one)); // on itself
    assertEquals(0, centred.diagnostics().rank());
    assertEquals(0, centred.diagnostics().conditionNumber());
    assertEquals(Matrices.of(25, 10, (i, j) -> 0), centred.fromRelative(centred.toRelative(X)));
  }

  @Test
  void zeroVectorsStayFinite() {
    FloatMatrix zero = FloatMatrix.of(1, 10, new float[10]);
    var space = new AnchoredSpace(FloatMatrix.concatRows(X_ANCHORS, zero), X);
    for (Centering centering : Centering.values()) {
      var codec = Irp.plain(centering).fit(space);
      FloatMatrix y = codec.rescaled(codec.fromRelative(codec.toRelative(zero)));
      assertTrue(y.firstNonFiniteRow().isEmpty());
    }
    var constant = new AnchoredSpace(X_ANCHORS, Matrices.of(5, 10, (i, j) -> 1));
    var parseval = CodecSpec.Parseval.defaults().fit(constant);
    assertTrue(parseval.toRelative(X).firstNonFiniteRow().isEmpty());
    FloatMatrix still = codec(X_ANCHORS).rescaled(zero);
    assertEquals(zero, still);
  }

  @Test
  void badInputIsNamed() {
    FloatMatrix nan = Matrices.of(4, 10, (i, j) -> i == 2 ? Double.NaN : i + j);
    refused("anchor 2 has a value that is not finite", Kind.BAD_INPUT, () -> codec(nan));
    refused(
        "data vector 2 has a value that is not finite",
        Kind.BAD_INPUT,
        () -> new CodecSpec.Coordinates(Centering.DATA, 1).fit(new AnchoredSpace(X_ANCHORS, nan)));
    refused("at least 1 anchor", Kind.BAD_INPUT, () -> codec(X_ANCHORS.rowRange(0, 0)));
    refused(
        "at least 2 data vectors but got 1",
        Kind.BAD_INPUT,
        () -> CodecSpec.Parseval.defaults().fit(of(X.rowRange(0, 1))));
    refused("vectors are 7 wide", Kind.BAD_INPUT, () -> codec(X).toRelative(Y_ANCHORS));
    refused("lambda", Kind.USAGE, () -> new CodecSpec.Coordinates(Centering.NONE, 0).fit(of(X)));
    refused("lambda above 0", Kind.USAGE, () -> Inverse.ridge(0));
    refused("floor between 0", Kind.USAGE, () -> Inverse.truncated(1));
    refused("rank of 0 or more", Kind.USAGE, () -> new CodecSpec.Parseval(-1, 0, 0));
    refused("power", Kind.USAGE, () -> new CodecSpec.Parseval(0, .6, 0));
    refused("lambda of 0", Kind.USAGE, () -> new CodecSpec.Parseval(0, 0, Double.NaN));
  }

  @Test
  void otherCodesAreRefused() {
    var irp = codec(X_ANCHORS);
    var coordinates = new CodecSpec.Coordinates(Centering.NONE, 1).fit(of(X_ANCHORS));
    refused("'irp' cannot be read by", Kind.BAD_INPUT, () -> SpaceCodec.compose(irp, coordinates));
    var pruned =
        Irp.plain(Centering.NONE)
            .over(Subspaces.prune(of(X_ANCHORS), Centering.NONE, .5, 2, 0))
            .fit(of(X_ANCHORS));
    refused("keep other anchors", Kind.BAD_INPUT, () -> SpaceCodec.compose(irp, pruned));
    refused(
        "the same samples in both spaces but got 25 and 24",
        Kind.BAD_INPUT,
        () -> SpaceCodec.relativeMismatch(irp, X, irp, X.rowRange(0, 24)));
  }

  @Test
  void spacesThatDifferByARotationHaveNoMismatch() {
    var x = codec(X_ANCHORS);
    FloatMatrix r = rotation(4, 10);
    var y = codec(times(X_ANCHORS, r));
    assertEquals(0, SpaceCodec.relativeMismatch(x, X, x, X));
    assertEquals(0, SpaceCodec.relativeMismatch(x, X, y, times(X, r)), 1e-6);
    assertTrue(SpaceCodec.relativeMismatch(x, X, codec(gaussian(5, 40, 10)), X) > .5);
  }

  @Test
  void spacesWithOtherAnchorsAreRefused() {
    var x = new CodecSpec.Coordinates(Centering.NONE, 1).fit(of(X_ANCHORS));
    var y = new CodecSpec.Coordinates(Centering.NONE, 1).fit(of(Y_ANCHORS.rowRange(0, 39)));
    FloatMatrix r = x.toRelative(X);
    refused(
        "relative vectors over 40 anchors cannot enter a space with 39 anchors",
        Kind.BAD_INPUT,
        () -> y.fromRelative(r));
  }
}
