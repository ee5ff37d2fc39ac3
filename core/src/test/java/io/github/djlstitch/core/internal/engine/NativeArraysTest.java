// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.internal.engine.NativeArrays.assertNoneLeft;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.cluster.Linkage;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.InvarianceProduct;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.relative.OutputNorm;
import io.github.djlstitch.core.relative.Quantization;
import io.github.djlstitch.core.relative.RelativePipeline;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCodec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NativeArraysTest {
  private static final FloatMatrix ANCHORS = gaussian(1, 5, 4);
  private static final FloatMatrix VECTORS = gaussian(2, 6, 4);
  private static final AnchoredSpace SPACE = new AnchoredSpace(ANCHORS, VECTORS);

  @Test
  void anArrayThatLivesIsCounted() {
    Set<NDArray> before = NativeArrays.alive();
    try (NDManager manager = TensorBridge.newManager()) {
      manager.zeros(new Shape(2));
      manager.newSubManager().zeros(new Shape(2));
      assertEquals(2, NativeArrays.since(before));
    }
    assertEquals(0, NativeArrays.since(before));
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void projectionLeavesNone(Similarity.Kind kind) {
    var similarity = Similarity.named(kind.id(), 1);
    var projection = RelativeProjection.onto(ANCHORS, similarity, Centering.ANCHORS);
    assertNoneLeft(1000, () -> projection.apply(VECTORS));
  }

  @Test
  void codecsLeaveNone() {
    assertNoneLeft(
        1000,
        () -> {
          var irp = Irp.plain(Centering.ANCHORS).fit(SPACE);
          var coordinates = new CodecSpec.Coordinates(Centering.NONE, 1).fit(SPACE);
          irp.fromRelative(irp.toRelative(VECTORS));
          coordinates.fromRelative(coordinates.toRelative(VECTORS));
          CodecSpec.Parseval.defaults().fit(SPACE);
          SpaceCodec.compose(irp, irp);
        });
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void fitsPipelinesAndProductsLeaveNone(Similarity.Kind kind) {
    var similarity = Similarity.named(kind.id(), 1);
    var space = new AnchoredSpace(ANCHORS, VECTORS);
    var pipeline =
        RelativePipeline.of(similarity, Centering.DATA)
            .withRelative(Quantization.clusters(1, Linkage.WARD))
            .withNorm(OutputNorm.BATCH);
    var product =
        new InvarianceProduct(List.of(similarity), Centering.ANCHORS, InvarianceProduct.Merge.SUM);
    assertNoneLeft(
        20,
        () -> {
          pipeline.over(space).apply(VECTORS);
          product.over(space).apply(VECTORS);
        });
  }

  @Test
  void choosingParametersLeavesNone() {
    assertNoneLeft(
        20,
        () -> {
          for (String id : List.of("coordinates", "rbf", "mahalanobis", "geodesic")) {
            var similarity = Similarity.named(id, Similarity.AUTO);
            RelativeProjection.onto(ANCHORS, similarity, Centering.ANCHORS);
          }
        });
  }
}
