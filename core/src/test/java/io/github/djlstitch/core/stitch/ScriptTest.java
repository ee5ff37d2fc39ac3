// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.script.PlainTorch;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bridges as TorchScript files, run by plain DJL, against the bridges themselves. */
@Tag("processor")
final class ScriptTest {
  private static final EncodedDataset X = World.rotated("x", 3);
  private static final FloatMatrix VECTORS =
      FloatMatrix.concatRows(
          X.test().vectors(), FloatMatrix.wrap(1, World.WIDTH, new float[World.WIDTH]));

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"ASIF", "SELF_LEARNING"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyMethodComputesTheSame(Method method) {
    Bridge bridge = StitchingTest.stitching(method, X.train().vectors().rowRange(0, 40)).bridge();
    assertClose(bridge.apply(VECTORS), PlainTorch.run(bridge.script().get(), VECTORS), 1e-5);
  }

  @Test
  void selfLearningComputesTheSame() {
    for (Centering centering : Centering.values()) {
      Bridge bridge = BridgesTest.bridge(Method.SELF_LEARNING, centering);
      assertClose(bridge.apply(VECTORS), PlainTorch.run(bridge.script().get(), VECTORS), 1e-5);
    }
  }

  @Test
  void selfLearningNeedsMoreThanAnchors() {
    refused(
        "only 40 are known, for 40 anchors",
        Kind.USAGE,
        () -> StitchingTest.stitching(Method.SELF_LEARNING, X.train().vectors().rowRange(0, 40)));
  }

  @Test
  void aMethodThatPicksAnchorsIsRefused() {
    Bridge bridge =
        StitchingTest.stitching(Method.ASIF, X.train().vectors().rowRange(0, 40)).bridge();
    refused("method 'asif' cannot be exported", Kind.USAGE, () -> bridge.script().get());
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void everySimilarityComputesTheSame(Similarity.Kind kind) {
    Similarity similarity =
        kind == Similarity.Kind.MINKOWSKI ? new Similarity(kind, 3) : Similarity.of(kind);
    FloatMatrix anchors = gaussian(1, 20, World.WIDTH);
    var space = new AnchoredSpace(anchors, gaussian(2, 200, World.WIDTH));
    for (Centering centering : Centering.values()) {
      var projection = space.projection(similarity, centering);
      assertClose(projection.apply(VECTORS), PlainTorch.run(projection.script(), VECTORS), 1e-5);
    }
    if (kind.distance()) {
      var positive = space.projection(similarity.positive(), Centering.NONE);
      assertClose(positive.apply(VECTORS), PlainTorch.run(positive.script(), VECTORS), 1e-5);
    }
  }

  @Test
  void aDecoderWithoutAScriptIsRefused() {
    Stitching stitching = StitchingTest.stitching(Method.RELATIVE, StitchingTest.TARGET);
    refused("'x-head' cannot be exported", Kind.USAGE, stitching::script);
  }

  @Test
  void filesAreStoredAlignedAndEqual() throws IOException {
    ScriptPart part =
        StitchingTest.stitching(Method.PRODUCT, StitchingTest.TARGET).bridge().script().get();
    byte[] file = PlainTorch.file(part);
    assertEquals(List.of(), misplaced(file), "values that do not begin at a multiple of 64 bytes");
    assertArrayEquals(file, PlainTorch.file(part));
  }

  // Reads the local headers one after the other; every entry is stored.
  private static List<String> misplaced(byte[] file) throws IOException {
    List<String> found = new ArrayList<>();
    int at = 0;
    try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertEquals(ZipEntry.STORED, entry.getMethod());
        at += 30 + entry.getName().length() + entry.getExtra().length;
        if (at % 64 != 0) {
          found.add(entry.getName());
        }
        at += (int) entry.getSize();
      }
    }
    return found;
  }
}
