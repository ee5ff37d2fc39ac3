// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.difference;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
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

  /** Fits a codec to a space. */
  private interface Fit extends Function<AnchoredSpace, SpaceCodec> {}

  static Stream<Named<Fit>> codecs() {
    Stream<Named<Fit>> others =
        Stream.of(
            codec("coordinates", s -> SpaceCodec.coordinates(s, Centering.ANCHORS, 1)),
            codec("coordinates, data", s -> SpaceCodec.coordinates(s, Centering.DATA, 1)),
            codec("parseval", s -> SpaceCodec.parseval(s, ParsevalOptions.defaults())),
            codec("balanced", SpaceCodec::balanced),
            codec("auto", SpaceCodec::automatic));
    return Stream.concat(others, projections());
  }

  private static Stream<Named<Fit>> projections() {
    return Stream.of(Inverse.pseudo(), Inverse.ridge(), Inverse.truncated(), Inverse.parseval())
        .flatMap(
            inverse ->
                Stream.of(Completion.values()).map(completion -> projection(inverse, completion)));
  }

  private static Named<Fit> projection(Inverse inverse, Completion completion) {
    var options =
        IrpOptions.plain(Centering.ANCHORS).withInverse(inverse).withCompletion(completion);
    return codec(
        "irp " + inverse.kind().id() + " " + completion.id(),
        s -> SpaceCodec.inverseProjection(s, options, Subspaces.whole(s.anchors().rows())));
  }

  private static Named<Fit> codec(String name, Fit fit) {
    return Named.of(name, fit);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void finiteVectorsHaveFiniteCodesAndComeBackFinite(Fit fit) {
    SpaceCodec codec = fit.apply(SPACE);
    FloatMatrix zero = FloatMatrix.of(1, D, new float[D]);
    for (FloatMatrix x : List.of(X, zero, map(X, v -> 1e-20 * v), map(X, v -> 1e15 * v))) {
      FloatMatrix codes = codec.toRelative(x);
      assertTrue(codes.firstNonFiniteRow().isEmpty());
      assertTrue(codec.fromRelative(codes).firstNonFiniteRow().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void shapesFollowTheSpaceAndNoVectorsGiveNone(Fit fit) {
    SpaceCodec codec = fit.apply(SPACE);
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
  void eachVectorCountsByItself(Fit fit) {
    SpaceCodec codec = fit.apply(SPACE);
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
  void onlyDirectionsAreEncoded(Fit fit) {
    SpaceCodec codec = fit.apply(SPACE);
    FloatMatrix codes = codec.toRelative(X);
    assertClose(codes, codec.toRelative(map(X, v -> 5 * v)), tolerance(codes));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void anchorsInAnotherOrderCarryTheSameVectors(Fit fit) {
    int[] order = IntStream.range(0, M).map(i -> (i * 11 + 5) % M).toArray();
    SpaceCodec codec = fit.apply(SPACE);
    SpaceCodec moved = fit.apply(new AnchoredSpace(SPACE.anchors().select(order), DATA));
    FloatMatrix expected = codec.fromRelative(codec.toRelative(X));
    FloatMatrix codes = codec.toRelative(X);
    FloatMatrix inOrder = Matrices.of(X.rows(), M, (i, j) -> codes.get(i, order[j]));
    assertClose(inOrder, moved.toRelative(X), 50 * tolerance(codes));
    assertClose(expected, moved.fromRelative(inOrder), 50 * tolerance(expected));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void theSameSpaceGivesTheSameCodecAndThreadsShareIt(Fit fit) {
    SpaceCodec codec = fit.apply(SPACE);
    SpaceCodec again = fit.apply(SPACE);
    assertEquals(codec.spec(), again.spec());
    assertEquals(codec.encoder(), again.encoder());
    assertEquals(codec.decoder(), again.decoder());
    assertEquals(codec.encoder(), SpaceCodec.like(codec.spec(), SPACE).encoder());
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
  void badSpacesAndWidthsAreRefused(Fit fit) {
    FloatMatrix hole = Matrices.of(M, D, (i, j) -> i == 3 ? Double.NaN : DATA.get(i, j));
    refused("3 ", Kind.BAD_INPUT, () -> fit.apply(new AnchoredSpace(hole, DATA)));
    FloatMatrix spoiled =
        Matrices.of(120, D, (i, j) -> i == 3 ? Double.POSITIVE_INFINITY : DATA.get(i, j));
    refused(
        "3 ", Kind.BAD_INPUT, () -> fit.apply(new AnchoredSpace(DATA.rowRange(9, 20), spoiled)));
    refused("0", Kind.BAD_INPUT, () -> fit.apply(new AnchoredSpace(DATA.rowRange(0, 0), DATA)));
    SpaceCodec codec = fit.apply(SPACE);
    refused("" + D, Kind.BAD_INPUT, () -> codec.toRelative(gaussian(3, 2, D + 1)));
    refused("same anchors", Kind.BAD_INPUT, () -> codec.fromRelative(gaussian(3, 2, M + 1)));
  }

  private static double tolerance(FloatMatrix values) {
    return 1e-5 * (1 + difference(values, map(values, v -> 0)));
  }
}
