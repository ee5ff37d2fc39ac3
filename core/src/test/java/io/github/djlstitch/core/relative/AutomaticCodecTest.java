// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
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
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The balanced and the automatic codec: properties and poor input. */
final class AutomaticCodecTest {
  private static final int WIDTH = 8;
  // Off-centre, and flatter in the later dimensions.
  private static final FloatMatrix DATA =
      shift(
          times(gaussian(1, 120, WIDTH), Matrices.of(8, 8, (i, j) -> i == j ? 1. / (1 + j) : 0)),
          FloatMatrix.of(1, 8, 1, 0, 0, 0, 0, 0, 0, 0),
          1);
  private static final FloatMatrix ANCHORS = DATA.rowRange(0, 30);
  private static final FloatMatrix X = DATA.rowRange(90, 120);
  private static final AnchoredSpace SPACE = new AnchoredSpace(ANCHORS, DATA);

  /** A codec of a space. */
  private interface Make extends Function<AnchoredSpace, SpaceCodec> {}

  static Stream<Make> makes() {
    return Stream.of(new CodecSpec.Balanced()::fit, new CodecSpec.Automatic()::fit);
  }

  private static FloatMatrix carried(SpaceCodec from, SpaceCodec to) {
    return to.fromRelative(from.toRelative(X));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 768, 5000, 1, .5003, .1003",
    "100, 768, 5000, 70, .5326, .1260",
    "768, 768, 5000, 538, .75, .3",
    "2000, 768, 5000, 768, .75, .3",
    "300, 384, 40, 39, .6953, .2563",
    "4, 1, 2, 1, .75, .3"
  })
  void numbersFollowFromTheCounts(int m, int d, int n, int rank, double split, double lambda) {
    var balance = Balance.of(m, d, n);
    assertEquals(rank, balance.rank());
    assertEquals(split, balance.split(), 1e-4);
    assertEquals(lambda, balance.lambda(), 1e-4);
    assertEquals((double) rank, balance.numbers().get("components"));
  }

  @ParameterizedTest
  @MethodSource("makes")
  void aRotatedSpaceIsEnteredAsItsOwn(Make make) {
    FloatMatrix r = rotation(2, WIDTH);
    SpaceCodec x = make.apply(SPACE);
    SpaceCodec y = make.apply(new AnchoredSpace(times(ANCHORS, r), times(DATA, r)));
    // Bisection may end one step of a thousandth apart, which moves a recalled vector by less.
    assertClose(times(carried(x, x), r), carried(x, y), 1e-4);
    assertTrue(worstCosine(x.frame().apply(X), carried(x, x)) > .5);
  }

  @ParameterizedTest
  @MethodSource("makes")
  void theOrderOfDataDoesNotMatter(Make make) {
    int[] reversed = IntStream.range(0, 120).map(i -> 119 - i).toArray();
    SpaceCodec x = make.apply(SPACE);
    SpaceCodec same = make.apply(new AnchoredSpace(ANCHORS, DATA.select(reversed)));
    assertClose(carried(x, x), carried(same, same), 1e-5);
  }

  @ParameterizedTest
  @MethodSource("makes")
  void poorSpacesGiveFiniteVectors(Make make) {
    FloatMatrix one = DATA.rowRange(5, 6);
    FloatMatrix twice = FloatMatrix.concatRows(ANCHORS, ANCHORS);
    FloatMatrix zero = FloatMatrix.of(1, WIDTH, new float[WIDTH]);
    FloatMatrix constant = Matrices.of(5, WIDTH, (i, j) -> 1);
    List<AnchoredSpace> poor =
        List.of(
            new AnchoredSpace(one, DATA),
            new AnchoredSpace(ANCHORS, DATA.rowRange(0, 2)),
            new AnchoredSpace(ANCHORS, DATA.rowRange(40, 47)),
            new AnchoredSpace(twice, DATA),
            new AnchoredSpace(gaussian(9, 5, WIDTH), DATA),
            new AnchoredSpace(FloatMatrix.concatRows(zero, ANCHORS), DATA),
            new AnchoredSpace(zero, DATA),
            new AnchoredSpace(ANCHORS, constant),
            new AnchoredSpace(constant, constant));
    for (AnchoredSpace space : poor) {
      SpaceCodec codec = make.apply(space);
      FloatMatrix all = FloatMatrix.concatRows(X, zero);
      FloatMatrix y = codec.rescaled(codec.fromRelative(codec.toRelative(all)));
      assertTrue(y.firstNonFiniteRow().isEmpty(), space::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("makes")
  void repeatedAnchorsCountTwiceAndNoMore(Make make) {
    SpaceCodec once = make.apply(new AnchoredSpace(DATA.rowRange(0, 40), DATA));
    FloatMatrix twice = FloatMatrix.concatRows(DATA.rowRange(0, 40), DATA.rowRange(0, 40));
    SpaceCodec more = make.apply(new AnchoredSpace(twice, DATA));
    assertClose(unitRows(carried(once, once)), unitRows(carried(more, more)), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("makes")
  void badInputIsNamed(Make make) {
    FloatMatrix nan = Matrices.of(4, WIDTH, (i, j) -> i == 2 ? Double.NaN : i + j);
    refused("anchor 2 has a value", Kind.BAD_INPUT, () -> make.apply(new AnchoredSpace(nan, DATA)));
    refused(
        "data vector 2 has a value",
        Kind.BAD_INPUT,
        () -> make.apply(new AnchoredSpace(ANCHORS, nan)));
    refused(
        "at least 2 data vectors but got 1",
        Kind.BAD_INPUT,
        () -> make.apply(new AnchoredSpace(ANCHORS, DATA.rowRange(0, 1))));
    refused(
        "at least 1 data vector but got 0",
        Kind.BAD_INPUT,
        () -> make.apply(new AnchoredSpace(ANCHORS, DATA.rowRange(0, 0))));
    refused(
        "at least 1 anchor but got 0",
        Kind.BAD_INPUT,
        () -> make.apply(new AnchoredSpace(DATA.rowRange(0, 0), DATA)));
  }

  @ParameterizedTest
  @MethodSource("makes")
  void aCodecIsMadeAgainFromItsDescription(Make make) {
    AnchoredSpace other = new AnchoredSpace(gaussian(3, 30, 5), gaussian(4, 50, 5));
    SpaceCodec again = make.apply(SPACE).spec().fit(other);
    SpaceCodec direct = make.apply(other);
    assertEquals(direct.spec(), again.spec());
    assertEquals(direct.numbers(), again.numbers());
    assertEquals(direct.encoder(), again.encoder());
    assertEquals(direct.decoder(), again.decoder());
    assertEquals(direct.memory(), again.memory());
  }

  @Test
  void composingLeavesTheMemoryOut() {
    SpaceCodec x = new CodecSpec.Automatic().fit(SPACE);
    SpaceCodec y =
        new CodecSpec.Automatic().fit(new AnchoredSpace(gaussian(3, 30, 5), gaussian(4, 50, 5)));
    FloatMatrix linear = times(x.frame().apply(X), SpaceCodec.compose(x, y));
    assertTrue(Matrices.difference(unitRows(linear), carried(x, y)) > .01);
    FloatMatrix recalled = y.memory().orElseThrow().recall(linear);
    assertClose(recalled, carried(x, y), 1e-5);
    assertEquals(30 * 5 + 50 * 5, y.decoderParameters());
    assertEquals(30 * 8, new CodecSpec.Balanced().fit(SPACE).decoderParameters());
  }

  @Test
  void codecsOfDifferentNamesDoNotUnderstandEachOther() {
    SpaceCodec balanced = new CodecSpec.Balanced().fit(SPACE);
    SpaceCodec automatic = new CodecSpec.Automatic().fit(SPACE);
    refused(
        "'balanced' cannot be read by 'auto'",
        Kind.BAD_INPUT,
        () -> SpaceCodec.compose(balanced, automatic));
  }

  @Test
  void nothingIsLeftInNativeMemory() {
    assertNoneLeft(
        20,
        () -> {
          SpaceCodec x = new CodecSpec.Automatic().fit(SPACE);
          x.fromRelative(x.toRelative(X));
          new CodecSpec.Balanced().fit(SPACE);
        });
  }
}
