// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.DecoderSpec.Reads;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StitchingTest {
  private static final EncodedDataset X = World.rotated("x", 0);
  private static final Anchors ANCHORS = new Anchors(X.train().ids().subList(0, 40), "first", 0);
  static final FloatMatrix TARGET = X.train().anchors(ANCHORS);

  private static DecoderSpec spec(Reads reads, Similarity similarity, Centering c, long seed) {
    int width = reads.width(World.WIDTH, ANCHORS.count());
    return new DecoderSpec(
        reads,
        X.train().provenance(),
        ANCHORS,
        similarity,
        c,
        width,
        World.CLASSES,
        DecoderSpec.Head.of("mean"),
        seed);
  }

  private static Decoder head(Reads reads) {
    DecoderSpec spec = spec(reads, Similarity.cosine(), Centering.ANCHORS, 0);
    var projection = RelativeProjection.onto(TARGET, spec.similarity(), spec.centering());
    FloatMatrix train = X.train().vectors();
    return World.nearestMean(
        spec,
        () -> reads == Reads.RELATIVE ? projection.apply(train) : projection.standardize(train),
        X.train().labels());
  }

  private static AnchoredSpace space(FloatMatrix anchors) {
    return new AnchoredSpace(anchors, anchors);
  }

  /** An encoder with these anchors plugged into a head on {@link #X}. */
  static Stitching stitching(Method method, FloatMatrix own) {
    return Stitching.of(
        method, space(own), space(TARGET), BridgeOptions.defaults(), head(method.reads()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"COORDINATES", "IRP", "PROCRUSTES", "RIDGE", "ABSOLUTE"})
  void absoluteHeadsAreFedUnitVectors(Method method) {
    FloatMatrix bridged = stitching(method, TARGET).bridge().apply(X.test().vectors());
    assertEquals(World.WIDTH, bridged.columns());
    Matrices.assertClose(Matrices.unitRows(bridged), bridged, 1e-6);
  }

  @Test
  void headOfTheOtherKindIsRefused() {
    refused(
        "method 'irp' needs a head on absolute vectors but 'x-head' reads relative ones",
        Kind.BAD_INPUT,
        () ->
            Stitching.of(
                Method.IRP,
                space(TARGET),
                space(TARGET),
                BridgeOptions.defaults(),
                head(Reads.RELATIVE)));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void otherNumbersOfAnchorsAreRefused(Method method) {
    refused(
        "'x-head' was trained over 40 anchors (sha256 " + ANCHORS.sha256().substring(0, 8),
        Kind.BAD_INPUT,
        () -> stitching(method, TARGET.rowRange(0, 39)));
  }

  @Test
  void otherWidthsCannotBeFedStraightIn() {
    refused(
        "'x-head' reads 12 values but the encoder gives 5; use a relative method",
        Kind.BAD_INPUT,
        () -> stitching(Method.ABSOLUTE, gaussian(1, 40, 5)));
  }

  @Test
  void conditionNumbersAreThoseOfWhatIsInverted() {
    FloatMatrix flat = Matrices.times(gaussian(2, 40, 3), gaussian(3, 3, World.WIDTH));
    var stitching =
        Stitching.of(
            Method.IRP, space(TARGET), space(flat), BridgeOptions.defaults(), head(Reads.ABSOLUTE));
    assertEquals(40.0, stitching.bridge().diagnostics().get("kept_anchors"));
    assertTrue(stitching.bridge().diagnostics().getOrDefault("condition_number", 1e9) < 10);
  }

  @Test
  void relativeHeadIsAsWideAsItsAnchors() {
    refused(
        "a relative head over 40 anchors cannot read 12 values; expected 40",
        Kind.BAD_INPUT,
        () ->
            new DecoderSpec(
                Reads.RELATIVE,
                X.train().provenance(),
                ANCHORS,
                Similarity.cosine(),
                Centering.NONE,
                12,
                World.CLASSES,
                DecoderSpec.Head.of("mean"),
                0));
  }

  @Test
  void keyChangesWithWhateverDecidesTheHead() {
    DecoderSpec one = spec(Reads.RELATIVE, Similarity.coordinates(1), Centering.NONE, 0);
    assertEquals(
        one.key(), spec(Reads.RELATIVE, Similarity.coordinates(1), Centering.NONE, 0).key());
    Set<String> keys = new TreeSet<>(Set.of(one.key()));
    keys.add(spec(Reads.ABSOLUTE, Similarity.coordinates(1), Centering.NONE, 0).key());
    keys.add(spec(Reads.RELATIVE, Similarity.coordinates(2), Centering.NONE, 0).key());
    keys.add(spec(Reads.RELATIVE, Similarity.cosine(), Centering.NONE, 0).key());
    Similarity distance = Similarity.named("minkowski", 3);
    keys.add(spec(Reads.RELATIVE, distance, Centering.NONE, 0).key());
    keys.add(spec(Reads.RELATIVE, distance.positive(), Centering.NONE, 0).key());
    keys.add(spec(Reads.RELATIVE, Similarity.coordinates(1), Centering.ANCHORS, 0).key());
    keys.add(spec(Reads.RELATIVE, Similarity.coordinates(1), Centering.NONE, 1).key());
    assertEquals(8, keys.size());
    assertNotEquals(one.key(), one.training().key());
  }
}
