// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The maps from one space into another against NumPy, SciPy and scikit-learn: see codec.py. */
final class CodecGoldenTest {
  // Standardised anchors are float32; a subspace's inverse makes 1e-7 of that into up to 4e-6.
  private static final double ROUNDING = 5e-6;

  private static Golden golden = new Golden();

  /** The fields of codec.json. */
  private static final class Golden {
    float[][] x = {};
    float[][] y = {};
    int[] anchors = {};
    List<List<Integer>> subspaces = List.of();
    Map<String, float[][]> maps = Map.of();
    double condition;
    double effective_rank;
    double[] norms = {};
    double mismatch;
    double[] sharpness = {};
    float[][] carried = {};
    double carried_by_half_a_permille;
  }

  @BeforeAll
  static void read() throws IOException {
    var stream = Objects.requireNonNull(CodecGoldenTest.class.getResourceAsStream("codec.json"));
    try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      golden = new Gson().fromJson(reader, Golden.class);
    }
  }

  @Test
  void inversesAreThoseOfNumPyAndScikitLearn() {
    Subspaces all = Subspaces.whole(golden.anchors.length);
    assertMap("pseudo", irp(Inverse.pseudo(), Completion.NONE, all));
    assertMap("ridge", irp(Inverse.ridge(3), Completion.NONE, all));
    assertMap("truncated", irp(Inverse.truncated(.3), Completion.NONE, all));
    assertMap("parseval-inverse", irp(Inverse.parseval(), Completion.NONE, all));
  }

  @Test
  void subspacesAreAveraged() {
    assertMap("averaged", irp(Inverse.pseudo(), Completion.NONE, few()));
    assertMap("averaged-ridge", irp(Inverse.ridge(.2), Completion.NONE, few()));
    assertMap("averaged-parseval", irp(Inverse.parseval(), Completion.NONE, few()));
  }

  @Test
  void completionsAreTheTwoReadingsOfThePaper() {
    assertMap("basis", irp(Inverse.pseudo(), Completion.BASIS, few()));
    assertMap("lifted", irp(Inverse.pseudo(), Completion.LIFTED, few()));
  }

  @Test
  void coordinatesAreTheRidgeRegression() {
    var x = new CodecSpec.Coordinates(Centering.ANCHORS, .5).fit(space(golden.x));
    var y = new CodecSpec.Coordinates(Centering.ANCHORS, .5).fit(space(golden.y));
    assertMap("coordinates", SpaceCodec.compose(x, y));
  }

  @Test
  void parsevalCodecIsThatOfSciPy() {
    assertMap("parseval-4", parseval(new CodecSpec.Parseval(4, .25, .1)));
    assertMap("parseval-3", parseval(new CodecSpec.Parseval(3, 0, .03)));
  }

  @Test
  void balancedCodecIsThatOfSciPy() {
    assertMap("balanced-12", balanced(12));
    assertMap("balanced-5", balanced(5));
  }

  private static FloatMatrix balanced(int anchors) {
    return SpaceCodec.compose(
        new CodecSpec.Balanced().fit(first(golden.x, anchors)),
        new CodecSpec.Balanced().fit(first(golden.y, anchors)));
  }

  private static AnchoredSpace first(float[][] vectors, int anchors) {
    AnchoredSpace all = space(vectors);
    return new AnchoredSpace(all.anchors().rowRange(0, anchors), all.data());
  }

  @Test
  void automaticCodecIsThatOfSciPy() {
    var x = new CodecSpec.Automatic().fit(space(golden.x));
    var y = new CodecSpec.Automatic().fit(space(golden.y));
    assertMap("automatic", SpaceCodec.compose(x, y));
    // Bisection ends within half a thousandth of the sharpness.
    assertEquals(golden.sharpness[0], sharpness(x), 5e-4 * golden.sharpness[0]);
    assertEquals(golden.sharpness[1], sharpness(y), 5e-4 * golden.sharpness[1]);
    FloatMatrix carried = y.fromRelative(x.toRelative(FloatMatrix.of(golden.x)));
    double tolerance = ROUNDING + golden.carried_by_half_a_permille;
    assertClose(FloatMatrix.of(golden.carried), carried, tolerance);
  }

  private static double sharpness(SpaceCodec codec) {
    return codec.memory().orElseThrow().sharpness();
  }

  @Test
  void diagnosticsAreThoseOfNumPy() {
    var x = Irp.plain(Centering.ANCHORS).fit(space(golden.x));
    var y = Irp.plain(Centering.ANCHORS).fit(space(golden.y));
    CodecDiagnostics found = x.diagnostics();
    assertEquals(golden.condition, found.conditionNumber(), 1e-5 * golden.condition);
    assertEquals(golden.effective_rank, found.effectiveRank(), 1e-6);
    assertEquals(golden.norms[0], found.norms().mean(), 1e-6);
    assertEquals(golden.norms[1], found.norms().std(), 1e-6);
    assertEquals(6, found.rank());
    assertEquals(List.of(12), found.kept());
    FloatMatrix xs = FloatMatrix.of(golden.x);
    FloatMatrix ys = FloatMatrix.of(golden.y);
    assertEquals(golden.mismatch, SpaceCodec.relativeMismatch(x, xs, y, ys), 1e-6);
  }

  private static FloatMatrix irp(Inverse inverse, Completion completion, Subspaces subspaces) {
    var options = new Irp(Centering.ANCHORS, inverse, completion);
    return SpaceCodec.compose(
        options.over(subspaces).fit(space(golden.x)), options.over(subspaces).fit(space(golden.y)));
  }

  private static FloatMatrix parseval(CodecSpec.Parseval options) {
    return SpaceCodec.compose(options.fit(space(golden.x)), options.fit(space(golden.y)));
  }

  private static Subspaces few() {
    return new Subspaces(golden.anchors.length, 0, golden.subspaces);
  }

  private static AnchoredSpace space(float[][] vectors) {
    FloatMatrix data = FloatMatrix.of(vectors);
    return new AnchoredSpace(data.select(golden.anchors), data);
  }

  private static void assertMap(String name, FloatMatrix map) {
    float[][] expected = Optional.ofNullable(golden.maps.get(name)).orElseThrow();
    assertClose(FloatMatrix.of(expected), map, ROUNDING);
  }
}
