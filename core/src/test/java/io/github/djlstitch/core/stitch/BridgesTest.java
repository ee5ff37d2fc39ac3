// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.Asif;
import io.github.djlstitch.core.align.SelfLearning;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.InvarianceProduct;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.DecoderSpec.Reads;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every method's bridge against what codecs and aligners give, on two views of the World. */
final class BridgesTest {
  private static final int M = 40;
  private static final EncodedDataset X = World.rotated("x", 0);
  private static final EncodedDataset Y = World.rotated("y", 1);
  private static final Anchors ANCHORS = new Anchors(X.train().ids().subList(0, M), "first", 0);
  private static final AnchoredSpace OWN = AnchoredSpace.of(Y.train(), ANCHORS);
  private static final AnchoredSpace TARGET = AnchoredSpace.of(X.train(), ANCHORS);
  private static final FloatMatrix SEEN = Y.test().vectors();
  private static final BridgeOptions OPTIONS =
      BridgeOptions.defaults().withLambda(.5).withPruning(OptionalDouble.of(.4), 3).withSeed(7);

  private static DecoderSpec spec(Method method, Centering centering, AnchoredSpace space) {
    int width = method.reads().width(space.anchors().columns(), M);
    return new DecoderSpec(
        method.reads(),
        X.train().provenance(),
        ANCHORS,
        Similarity.cosine(),
        centering,
        width,
        World.CLASSES,
        DecoderSpec.Head.of("mean"),
        0);
  }

  private static FloatMatrix bridged(Method method, Centering centering) {
    return bridge(method, centering).apply(SEEN);
  }

  /** From one space of the world into another. */
  static Bridge bridge(Method method, Centering centering) {
    return new Bridges(OPTIONS).between(method, OWN, TARGET, spec(method, centering, TARGET));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void bridgesGiveWhatCodecsAndAlignersGive(Method method) {
    for (Centering centering : Centering.values()) {
      assertClose(expected(method, centering), bridged(method, centering), 2e-6);
    }
  }

  private static FloatMatrix expected(Method method, Centering c) {
    Irp irp = Irp.plain(c);
    Subspaces few = Subspaces.prune(TARGET, c, .4, 3, 7);
    return switch (method) {
      case ABSOLUTE -> OWN.frame(c, true).apply(SEEN);
      case RELATIVE -> OWN.projection(Similarity.cosine(), c).apply(SEEN);
      case PRODUCT ->
          unitRows(InvarianceProduct.of(c, InvarianceProduct.Merge.CONCAT).over(OWN).apply(SEEN));
      case COORDINATES -> coded(c, space -> new CodecSpec.Coordinates(c, .5).fit(space));
      case PARSEVAL -> coded(c, space -> new CodecSpec.Parseval(0, 0, .5).fit(space));
      case BALANCED -> coded(c, new CodecSpec.Balanced()::fit);
      case AUTO -> coded(c, new CodecSpec.Automatic()::fit);
      case IRP -> coded(c, space -> Irp.plain(c).fit(space));
      case IRP_PRUNED -> coded(c, space -> irp.over(few).fit(space));
      case IRP_RIDGE -> inverse(c, Inverse.ridge(.5));
      case IRP_TRUNCATED -> inverse(c, Inverse.truncated(.1));
      case IRP_PARSEVAL -> inverse(c, Inverse.parseval());
      case IRP_BASIS -> completed(c, Completion.BASIS, few);
      case IRP_LIFTED -> completed(c, Completion.LIFTED, few);
      case PROCRUSTES -> fitted(c, Aligner.spannedProcrustes());
      case LINEAR -> fitted(c, Aligner.leastSquares());
      case L_ORTHO -> fitted(c, Aligner.spannedLeastSquaresOrthogonal());
      case RIDGE -> fitted(c, Aligner.ridge(.5));
      case AFFINE -> fitted(c, Aligner.affineRidgeLeaveOneOut());
      case ASIF -> {
        var asif = Asif.of(anchors(OWN, c), anchors(TARGET, c), Asif.Options.defaults());
        yield unitRows(asif.translate(OWN.frame(c, true).apply(SEEN)));
      }
      case SELF_LEARNING -> selfLearned(c);
    };
  }

  private static FloatMatrix selfLearned(Centering c) {
    SpaceCodec from = new CodecSpec.Automatic().fit(OWN);
    SpaceCodec to = new CodecSpec.Automatic().fit(TARGET);
    FloatMatrix known = to.frame().apply(TARGET.data());
    var map =
        SelfLearning.defaults()
            .fit(
                from.frame().apply(OWN.anchors()),
                to.frame().apply(TARGET.anchors()),
                from.frame().apply(OWN.data()),
                to.fromRelative(from.toRelative(OWN.data())),
                known);
    FloatMatrix y = SpaceMemory.of(known).recall(map.apply(from.frame().apply(SEEN)));
    return c == Centering.DATA ? unitRows(y) : TARGET.frame(c, true).apply(to.rescaled(y));
  }

  private static FloatMatrix inverse(Centering c, Inverse inverse) {
    Irp irp = Irp.plain(c).withInverse(inverse);
    return coded(c, space -> irp.over(Subspaces.whole(M)).fit(space));
  }

  private static FloatMatrix completed(Centering c, Completion completion, Subspaces few) {
    Irp irp = Irp.plain(c).withCompletion(completion);
    return coded(c, space -> irp.over(few).fit(space));
  }

  private static FloatMatrix coded(Centering c, Function<AnchoredSpace, SpaceCodec> make) {
    SpaceCodec to = make.apply(TARGET);
    FloatMatrix y = to.fromRelative(make.apply(OWN).toRelative(SEEN));
    return to.spec().centering() == c ? unitRows(y) : TARGET.frame(c, true).apply(to.rescaled(y));
  }

  private static FloatMatrix fitted(Centering c, Aligner aligner) {
    var alignment = aligner.fit(anchors(OWN, c), anchors(TARGET, c));
    return unitRows(alignment.apply(OWN.frame(c, true).apply(SEEN)));
  }

  private static FloatMatrix anchors(AnchoredSpace space, Centering centering) {
    return space.frame(centering, true).apply(space.anchors());
  }

  /** A rotation of the samples is no obstacle, to any method but the absolute. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      mode = Mode.EXCLUDE,
      names = {"ABSOLUTE"})
  void rotatedSpacesArriveLikeTheirOwn(Method method) {
    DecoderSpec spec = spec(method, Centering.ANCHORS, TARGET);
    var bridges = new Bridges(OPTIONS);
    FloatMatrix own = bridges.between(method, TARGET, TARGET, spec).apply(X.test().vectors());
    FloatMatrix far = bridges.between(method, OWN, TARGET, spec).apply(SEEN);
    // float32 rounding of the two views, amplified by inverses; Chebyshev is no such invariant.
    if (method != Method.PRODUCT) {
      assertClose(own, far, 1e-4);
    }
    assertEquals(spec.width(), far.columns());
  }

  /** From a codec's centre on the data to the head's, the direction is exact. */
  @ParameterizedTest
  @EnumSource(Centering.class)
  void theFrameIsChangedExactly(Centering head) {
    SpaceCodec codec = new CodecSpec.Balanced().fit(TARGET);
    FloatMatrix raw = Matrices.shift(X.test().vectors(), TARGET.anchors().rowRange(3, 4), 2);
    FloatMatrix back = codec.rescaled(codec.frame().apply(raw));
    assertClose(TARGET.frame(head, true).apply(raw), TARGET.frame(head, true).apply(back), 2e-6);
  }

  @Test
  void aSpaceHasOneCodecHoweverManyItMeets() {
    var bridges = new Bridges(OPTIONS);
    for (Method method : Method.values()) {
      if (method.family() == Method.Family.CODEC) {
        SpaceCodec first = bridges.codec(method, OWN, TARGET, Centering.NONE);
        assertSame(first, bridges.codec(method, OWN, TARGET, Centering.NONE), method.id());
        boolean data = method == Method.AUTO || first.spec().name().matches("balanced|parseval");
        SpaceCodec other = bridges.codec(method, OWN, TARGET, Centering.ANCHORS);
        assertEquals(data ? Centering.DATA : Centering.ANCHORS, other.spec().centering());
        if (!method.name().matches("IRP_(PRUNED|BASIS|LIFTED)")) {
          assertSame(first, bridges.codec(method, OWN, OWN, Centering.NONE), method.id());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"IRP_PRUNED", "IRP_BASIS", "IRP_LIFTED"})
  void theDecodersSpaceDecidesWhatIsKept(Method method) {
    AnchoredSpace unrelated = AnchoredSpace.of(World.unrelated("z").train(), ANCHORS);
    var bridges = new Bridges(OPTIONS);
    Subspaces kept = Subspaces.prune(TARGET, Centering.ANCHORS, .4, 3, 7);
    for (AnchoredSpace space : new AnchoredSpace[] {OWN, TARGET, unrelated}) {
      SpaceCodec codec = bridges.codec(method, space, TARGET, Centering.ANCHORS);
      assertEquals(kept, codec.spec().subspaces().orElseThrow());
    }
    SpaceCodec forward = bridges.codec(method, OWN, TARGET, Centering.ANCHORS);
    SpaceCodec back = bridges.codec(method, OWN, unrelated, Centering.ANCHORS);
    assertNotSame(forward, back);
    assertNotEquals(forward.spec().subspaces(), back.spec().subspaces());
    var numbers =
        bridges.between(method, OWN, TARGET, spec(method, Centering.ANCHORS, TARGET)).diagnostics();
    assertEquals(.4, numbers.get("delta"));
    assertEquals(3.0, numbers.get("omega"));
    assertTrue(numbers.getOrDefault("kept_anchors", 99.) < M);
    assertTrue(numbers.getOrDefault("relative_mismatch", 1.) < 1e-4);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      mode = Mode.EXCLUDE,
      names = {"ABSOLUTE"})
  void widthsMayDiffer(Method method) {
    EncodedDataset narrow =
        World.seen("n", "en", 0, World.TRAIN, x -> Matrices.of(x.rows(), 9, x::get));
    AnchoredSpace few = AnchoredSpace.of(narrow.train(), ANCHORS);
    DecoderSpec wide = spec(method, Centering.ANCHORS, TARGET);
    Bridge up = new Bridges(OPTIONS).between(method, few, TARGET, wide);
    FloatMatrix there = up.apply(narrow.test().vectors());
    assertEquals(wide.width(), there.columns());
    assertTrue(there.firstNonFiniteRow().isEmpty());
    DecoderSpec small = spec(method, Centering.ANCHORS, few);
    Bridge down = new Bridges(OPTIONS).between(method, OWN, few, small);
    assertEquals(small.width(), down.apply(SEEN).columns());
    assertTrue(up.parameters() > 0 && down.parameters() > 0);
  }

  @Test
  void parametersAreCounted() {
    assertEquals(World.WIDTH, parameters(Method.ABSOLUTE)); // the centre
    assertEquals((M + 1) * World.WIDTH, parameters(Method.RELATIVE));
    assertEquals(2 * M * World.WIDTH, parameters(Method.COORDINATES));
    assertEquals(2 * M * World.WIDTH, parameters(Method.ASIF));
    assertEquals((2 * M + World.TRAIN) * World.WIDTH, parameters(Method.AUTO)); // its memory
  }

  private static long parameters(Method method) {
    DecoderSpec spec = spec(method, Centering.ANCHORS, TARGET);
    return new Bridges(OPTIONS).between(method, OWN, TARGET, spec).parameters();
  }

  @Test
  void optionsAreChecked() {
    for (double lambda : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused("above 0", Kind.USAGE, () -> BridgeOptions.defaults().withLambda(lambda));
    }
    for (double delta : new double[] {-.1, 1.1, Double.NaN}) {
      refused(
          "from 0 to 1",
          Kind.USAGE,
          () -> BridgeOptions.defaults().withPruning(OptionalDouble.of(delta), 8));
    }
    refused(
        "1 or more subspaces",
        Kind.USAGE,
        () -> BridgeOptions.defaults().withPruning(OptionalDouble.empty(), 0));
    refused(
        "'irp' is not fitted on a pair of spaces; choose procrustes, linear, l-ortho, ridge",
        Kind.USAGE,
        () -> Bridge.fitted(Method.IRP, OWN.anchors(), TARGET.anchors(), OPTIONS));
    refused(
        "expected 160",
        Kind.BAD_INPUT,
        () ->
            new DecoderSpec(
                Reads.PRODUCT,
                X.train().provenance(),
                ANCHORS,
                Similarity.cosine(),
                Centering.NONE,
                40,
                World.CLASSES,
                DecoderSpec.Head.of("mean"),
                0));
  }
}
