// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.internal.engine.NativeArrays;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("processor")
final class RelativeBlockTest {
  private static final FloatMatrix ANCHORS = gaussian(1, 5, 4);
  private static final RelativeProjection PROJECTION =
      RelativeProjection.onto(ANCHORS, Similarity.cosine(), Centering.ANCHORS);

  @TempDir Path folder;
  private final NDManager manager = TensorBridge.newManager();

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void equalsTheProjection(Similarity.Kind kind) {
    FloatMatrix x = gaussian(2, 9, 4);
    var similarity = Similarity.named(kind.id(), 1);
    var projection = RelativeProjection.onto(ANCHORS, similarity, Centering.ANCHORS);
    RelativeBlock block = RelativeBlock.of(ANCHORS, similarity, Centering.ANCHORS);
    assertEquals(projection.apply(x), forward(initialized(block), x));
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void tallBatchesEqualTheirRowsOneByOne(Similarity.Kind kind) {
    FloatMatrix x = gaussian(3, 2 * 2048 + 1, 4);
    var block = RelativeBlock.of(ANCHORS, Similarity.named(kind.id(), 1), Centering.NONE);
    FloatMatrix tall = forward(initialized(block), x);
    for (int row : new int[] {0, 1, 2047, 2048, 4095, 4096}) {
      FloatMatrix alone = forward(block, x.rowRange(row, row + 1));
      assertClose(alone, tall.rowRange(row, row + 1), 1e-6);
    }
  }

  @Test
  void tallBatchesLeaveNothingButTheirResult() {
    var block = initialized(RelativeBlock.of(PROJECTION));
    NDArray x = TensorBridge.toTensor(manager, gaussian(4, 5000, 4));
    var store = new ParameterStore(manager, false);
    NativeArrays.assertNoneLeft(5, () -> block.forward(store, new NDList(x), false).close());
  }

  @Test
  void parametersAreTheCenterAndTheKeysAndStayFrozen() {
    var block = RelativeBlock.of(PROJECTION);
    assertEquals(List.of("center", "keys"), block.getDirectParameters().keys());
    assertTrue(block.getParameters().values().stream().noneMatch(p -> p.requiresGradient()));
    Shape[] out = block.getOutputShapes(new Shape[] {new Shape(7, 4)});
    assertEquals(new Shape(7, 5), out[0]);
  }

  // The largest difference has corners everywhere, so Chebyshev is left to its double loop.
  @ParameterizedTest
  @EnumSource(value = Similarity.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CHEBYSHEV")
  void gradientEqualsFiniteDifferences(Similarity.Kind kind) {
    boolean whole = kind == Similarity.Kind.MINKOWSKI || kind == Similarity.Kind.GEODESIC;
    var similarity = Similarity.named(kind.id(), whole ? 3 : 0.5);
    FloatMatrix x = gaussian(5, 3, 4);
    FloatMatrix weights = gaussian(6, 3, 5);
    FloatMatrix expected =
        BlockProbe.differences(
            v -> NaiveRelative.apply(v, ANCHORS, similarity, Centering.ANCHORS), x, weights, 4e-3);
    double largest = Matrices.difference(Matrices.map(expected, v -> 0), expected);
    var block = RelativeBlock.of(ANCHORS, similarity, Centering.ANCHORS);
    try (var probe = new BlockProbe(block, 4)) {
      assertClose(expected, probe.gradient(x, weights), 2e-3 * Math.max(1, largest));
    }
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void gradientsAreFiniteAtAnchorsAtTheirOppositesAndAtZero(Similarity.Kind kind) {
    FloatMatrix zero = FloatMatrix.of(1, 4, 0, 0, 0, 0);
    FloatMatrix anchors = FloatMatrix.concatRows(ANCHORS, zero);
    FloatMatrix x = FloatMatrix.concatRows(anchors, Matrices.map(ANCHORS, v -> -v));
    for (double parameter : new double[] {1, 1.5, 3}) {
      if (kind == Similarity.Kind.MINKOWSKI || parameter == 1) {
        var similarity = Similarity.named(kind.id(), parameter);
        try (var probe = new BlockProbe(RelativeBlock.of(anchors, similarity, Centering.NONE), 4)) {
          assertTrue(probe.gradient(x, gaussian(6, 11, 6)).firstNonFiniteRow().isEmpty());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void whatLiesBelowAndAboveIsTrainedButAnchorsAreNot(Similarity.Kind kind) {
    RelativeBlock block =
        RelativeBlock.of(ANCHORS, Similarity.named(kind.id(), 1), Centering.ANCHORS);
    try (Model model = model(block);
        Trainer trainer = model.newTrainer(sgd(kind))) {
      trainer.initialize(new Shape(16, 3));
      FloatMatrix below = firstWeights(model);
      FloatMatrix keys = keys(block);
      float first = step(trainer);
      float last = first;
      for (int i = 0; i < 100; i++) {
        last = step(trainer);
      }
      assertTrue(last < 0.9 * first, first + " to " + last);
      assertTrue(Matrices.difference(below, firstWeights(model)) > 1e-3);
      assertEquals(keys, keys(block));
      assertFalse(block.getParameters().get("keys").getArray().hasGradient());
    }
  }

  private static DefaultTrainingConfig sgd(Similarity.Kind kind) {
    // Coefficients on nearly dependent anchors are large, angles differ little.
    float rate =
        switch (kind) {
          case BASIS_CHANGE -> 1e-4f;
          case ANGULAR -> 0.05f;
          default -> 0.01f;
        };
    return new DefaultTrainingConfig(Loss.l2Loss())
        .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(rate)).build());
  }

  private static float step(Trainer trainer) {
    try (NDManager scope = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(scope, gaussian(7, 16, 3)); // (B, 3)
      NDArray y = TensorBridge.toTensor(scope, gaussian(8, 16, 2)); // (B, 2)
      float value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList out = trainer.forward(new NDList(x));
        NDArray loss = trainer.getLoss().evaluate(new NDList(y), out);
        collector.backward(loss);
        value = loss.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  @Test
  void savedAnchorsAreLoadedIntoABlockOfOtherAnchors() throws IOException, MalformedModelException {
    FloatMatrix x = gaussian(9, 6, 3);
    FloatMatrix saved;
    try (Model model = model(RelativeBlock.of(PROJECTION))) {
      model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3));
      saved = forward(model, x);
      model.save(folder, "stitched");
    }
    var other = RelativeBlock.of(gaussian(10, 5, 4), Similarity.cosine(), Centering.ANCHORS);
    try (Model model = model(other)) {
      model.load(folder, "stitched");
      assertEquals(saved, forward(model, x));
    }
  }

  /** Linear to 4, relative to 5, linear to 2; the weights are seeded. */
  private static Model model(RelativeBlock block) {
    Engine.getEngine("PyTorch").setRandomSeed(11);
    Model model = Model.newInstance("stitched", "PyTorch");
    model.setBlock(
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(block)
            .add(Linear.builder().setUnits(2).build()));
    return model;
  }

  private static FloatMatrix firstWeights(Model model) {
    return TensorBridge.toMatrix(model.getBlock().getParameters().valueAt(0).getArray());
  }

  private static FloatMatrix keys(RelativeBlock block) {
    return TensorBridge.toMatrix(block.getParameters().get("keys").getArray());
  }

  private RelativeBlock initialized(RelativeBlock block) {
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
    return block;
  }

  private static FloatMatrix forward(Model model, FloatMatrix x) {
    return forward(model.getNDManager(), model.getBlock(), x);
  }

  private FloatMatrix forward(RelativeBlock block, FloatMatrix x) {
    return forward(manager, block, x);
  }

  private static FloatMatrix forward(NDManager manager, ai.djl.nn.Block block, FloatMatrix x) {
    var store = new ParameterStore(manager, false);
    NDList in = new NDList(TensorBridge.toTensor(manager, x));
    return TensorBridge.toMatrix(block.forward(store, in, false).head());
  }
}
