// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.difference;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every codec of one space, whatever it is fitted by. */
@Tag("processor")
final class CodecContractTest {
  private static final int M = 30;
  private static final int D = 8;
  private static final FloatMatrix DATA = gaussian(1, 120, D);
  private static final AnchoredSpace SPACE = new AnchoredSpace(DATA.rowRange(0, M), DATA);
  private static final FloatMatrix X = gaussian(2, 25, D);

  static Stream<CodecSpec> codecs() {
    Stream<CodecSpec> others =
        Stream.of(
            new CodecSpec.Coordinates(Centering.ANCHORS, 1),
            new CodecSpec.Coordinates(Centering.DATA, 1),
            CodecSpec.Parseval.defaults(),
            new CodecSpec.Balanced(),
            new CodecSpec.Automatic());
    return Stream.concat(others, projections());
  }

  private static Stream<CodecSpec> projections() {
    return Stream.of(
            Irp.Inverse.pseudo(),
            Irp.Inverse.ridge(),
            Irp.Inverse.truncated(),
            Irp.Inverse.parseval())
        .flatMap(
            inverse ->
                Stream.of(Irp.Completion.values())
                    .map(completion -> new Irp(Centering.ANCHORS, inverse, completion)));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void finiteVectorsHaveFiniteCodesAndComeBackFinite(CodecSpec spec) {
    SpaceCodec codec = spec.fit(SPACE);
    FloatMatrix zero = FloatMatrix.of(1, D, new float[D]);
    for (FloatMatrix x : List.of(X, zero, map(X, v -> 1e-20 * v), map(X, v -> 1e15 * v))) {
      FloatMatrix codes = codec.toRelative(x);
      assertTrue(codes.firstNonFiniteRow().isEmpty());
      assertTrue(codec.fromRelative(codes).firstNonFiniteRow().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void shapesFollowTheSpaceAndNoVectorsGiveNone(CodecSpec spec) {
    SpaceCodec codec = spec.fit(SPACE);
    assertEquals(D, codec.encoder().rows());
    assertEquals(D, codec.decoder().columns());
    assertEquals(codec.encoder().columns(), codec.decoder().rows());
    FloatMatrix codes = codec.toRelative(X.rowRange(0, 0));
    assertEquals(0, codes.rows());
    assertEquals(codec.encoder().columns(), codes.columns());
    FloatMatrix back = codec.fromRelative(codes);
    assertEquals(0, back.rows());
    assertEquals(D, back.columns());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void eachVectorCountsByItself(CodecSpec spec) {
    SpaceCodec codec = spec.fit(SPACE);
    FloatMatrix codes = codec.toRelative(X);
    FloatMatrix back = codec.fromRelative(codes);
    int[] order = IntStream.range(0, X.rows()).map(i -> (i * 7 + 3) % X.rows()).toArray();
    assertClose(codes.select(order), codec.toRelative(X.select(order)), tolerance(codes));
    assertClose(back.select(order), codec.fromRelative(codes.select(order)), tolerance(back));
    for (int i = 0; i < X.rows(); i += 8) {
      assertClose(
          codes.rowRange(i, i + 1), codec.toRelative(X.rowRange(i, i + 1)), tolerance(codes));
      FloatMatrix alone = codec.fromRelative(codes.rowRange(i, i + 1));
      assertClose(back.rowRange(i, i + 1), alone, tolerance(back));
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void oneProductCarriesVectorsWhereTheTwoHalvesDo(CodecSpec spec) {
    FloatMatrix other = times(DATA, gaussian(3, D, D + 2));
    SpaceCodec from = spec.fit(SPACE);
    SpaceCodec to = spec.fit(new AnchoredSpace(other.rowRange(0, M), other));
    FloatMatrix expected = to.fromRelative(from.toRelative(X));
    assertClose(expected, SpaceCodec.translator(from, to).apply(X), tolerance(expected));
    assertClose(expected, from.translate(X, to), tolerance(expected));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void onlyDirectionsAreEncoded(CodecSpec spec) {
    SpaceCodec codec = spec.fit(SPACE);
    FloatMatrix codes = codec.toRelative(X);
    assertClose(codes, codec.toRelative(map(X, v -> 5 * v)), tolerance(codes));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void anchorsInAnotherOrderCarryTheSameVectors(CodecSpec spec) {
    int[] order = IntStream.range(0, M).map(i -> (i * 11 + 5) % M).toArray();
    SpaceCodec codec = spec.fit(SPACE);
    SpaceCodec moved = spec.fit(new AnchoredSpace(SPACE.anchors().select(order), DATA));
    FloatMatrix expected = codec.fromRelative(codec.toRelative(X));
    FloatMatrix codes = codec.toRelative(X);
    FloatMatrix inOrder = Matrices.of(X.rows(), M, (i, j) -> codes.get(i, order[j]));
    assertClose(inOrder, moved.toRelative(X), 50 * tolerance(codes));
    assertClose(expected, moved.fromRelative(inOrder), 50 * tolerance(expected));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void theSameSpaceGivesTheSameCodecAndThreadsShareIt(CodecSpec spec) {
    SpaceCodec codec = spec.fit(SPACE);
    SpaceCodec again = spec.fit(SPACE);
    assertEquals(codec.spec(), again.spec());
    assertEquals(codec.encoder(), again.encoder());
    assertEquals(codec.decoder(), again.decoder());
    assertEquals(codec.encoder(), codec.spec().fit(SPACE).encoder());
    FloatMatrix codes = codec.toRelative(X);
    FloatMatrix back = codec.fromRelative(codes);
    assertTrue(
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> codec.fromRelative(codec.toRelative(X)))
            .allMatch(back::equals));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void badSpacesAndWidthsAreRefused(CodecSpec spec) {
    FloatMatrix hole = Matrices.of(M, D, (i, j) -> i == 3 ? Double.NaN : DATA.get(i, j));
    refused("3 ", Kind.BAD_INPUT, () -> spec.fit(new AnchoredSpace(hole, DATA)));
    FloatMatrix spoiled =
        Matrices.of(120, D, (i, j) -> i == 3 ? Double.POSITIVE_INFINITY : DATA.get(i, j));
    refused("3 ", Kind.BAD_INPUT, () -> spec.fit(new AnchoredSpace(DATA.rowRange(9, 20), spoiled)));
    refused("0", Kind.BAD_INPUT, () -> spec.fit(new AnchoredSpace(DATA.rowRange(0, 0), DATA)));
    SpaceCodec codec = spec.fit(SPACE);
    refused("" + D, Kind.BAD_INPUT, () -> codec.toRelative(gaussian(3, 2, D + 1)));
    refused("same anchors", Kind.BAD_INPUT, () -> codec.fromRelative(gaussian(3, 2, M + 1)));
  }

  private static double tolerance(FloatMatrix values) {
    return 1e-5 * (1 + difference(values, map(values, v -> 0)));
  }
}
