// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.assertClose;
import static io.github.djlstitch.decoders.Problems.clusters;
import static io.github.djlstitch.decoders.Problems.refused;
import static io.github.djlstitch.decoders.Problems.ring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeBlock;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.decoders.Problems.Problem;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeadTrainerTest {
  private static final HeadOptions LINEAR = HeadOptions.of(HeadOptions.Kind.LINEAR);
  private static final HeadOptions MLP =
      new HeadOptions(HeadOptions.Kind.MLP, OptionalDouble.empty(), false, 8, 1e-3, 32);

  @Test
  void mlpLearnsARingAndTheLinearHeadCannot() {
    Problem train = ring(1, 256);
    Problem test = ring(2, 100);
    assertTrue(test.trainAccuracy(train.train(LINEAR, 0)) < .7);
    assertTrue(test.trainAccuracy(train.train(MLP, 0)) > .95);
  }

  @Test
  void seedDecidesTheMlp() {
    Problem problem = ring(3, 65); // one sample is left over from two batches
    HeadOptions quick =
        new HeadOptions(HeadOptions.Kind.MLP, OptionalDouble.empty(), true, 1, 1e-3, 32);
    FloatMatrix once = problem.train(quick, 5).decode(problem.inputs());
    assertEquals(once, problem.train(quick, 5).decode(problem.inputs()));
    assertNotEquals(once, problem.train(quick, 6).decode(problem.inputs()));
  }

  @ParameterizedTest
  @EnumSource(HeadOptions.Kind.class)
  void answerDoesNotDependOnTheOtherSamples(HeadOptions.Kind kind) {
    Problem problem = ring(4, 64);
    ClassifierHead head =
        problem.train(new HeadOptions(kind, OptionalDouble.of(1e-3), false, 1, 1e-3, 16), 0);
    FloatMatrix all = head.decode(problem.inputs());
    for (int row : new int[] {0, 31, 63}) {
      FloatMatrix alone = head.decode(problem.inputs().rowRange(row, row + 1));
      assertClose(alone, all.rowRange(row, row + 1), 1e-5);
    }
    assertEquals(FloatMatrix.of(0, 2), head.decode(FloatMatrix.of(0, 4)));
  }

  @ParameterizedTest
  @EnumSource(HeadOptions.Kind.class)
  void trainAccuracyIsTheMeasuredOne(HeadOptions.Kind kind) {
    Problem problem = clusters(5, 90, 3, 1, 1, 1, 1);
    ClassifierHead head =
        problem.train(new HeadOptions(kind, OptionalDouble.of(1e-3), true, 1, 1e-3, 16), 0);
    Map<String, Double> expected = new HashMap<>();
    expected.put("train_accuracy", problem.trainAccuracy(head));
    if (kind == HeadOptions.Kind.LINEAR) {
      expected.put("l2", 1e-3);
    }
    assertEquals(expected, head.metrics());
  }

  @ParameterizedTest
  @EnumSource(HeadOptions.Kind.class)
  void decodingAndTrainingLeaveNoNativeArrays(HeadOptions.Kind kind) {
    Problem problem = clusters(6, 40, 3, 1, 1, 1, 1);
    HeadOptions options = new HeadOptions(kind, OptionalDouble.of(1e-3), true, 1, 1e-3, 16);
    ClassifierHead head = problem.train(options, 0);
    head.decode(problem.inputs());
    Set<NDArray> before = nativeArrays();
    for (int i = 0; i < (kind == HeadOptions.Kind.LINEAR ? 1000 : 20); i++) {
      head.decode(problem.inputs());
    }
    problem.train(options, 1);
    Set<NDArray> left = nativeArrays();
    left.removeAll(before); // others may go meanwhile: DJL's models are closed by the collector
    assertEquals(0, left.size());
  }

  /** LibTorch records gradients in every thread but that in which DJL loaded it. */
  @ParameterizedTest
  @EnumSource(HeadOptions.Kind.class)
  void theBlockServesInAnyThread(HeadOptions.Kind kind) throws Exception {
    Problem problem = clusters(6, 40, 3, 1, 1, 1, 1);
    ClassifierHead head =
        problem.train(new HeadOptions(kind, OptionalDouble.of(1e-3), true, 1, 1e-3, 16), 0);
    FloatMatrix x = problem.inputs();
    RelativeProjection anchors =
        RelativeProjection.onto(x.rowRange(0, x.columns()), Similarity.cosine(), Centering.ANCHORS);
    var alone = Executors.newSingleThreadExecutor();
    try {
      FloatMatrix found = alone.submit(() -> scores(anchors, head, x)).get();
      assertClose(head.decode(anchors.apply(x)), found, 1e-5);
    } finally {
      alone.shutdownNow();
    }
  }

  private static FloatMatrix scores(
      RelativeProjection anchors, ClassifierHead head, FloatMatrix x) {
    try (NDManager manager = TensorBridge.newManager()) {
      var relative = RelativeBlock.of(anchors);
      relative.initialize(manager, DataType.FLOAT32, new Shape(1, x.columns()));
      Block stitched = new SequentialBlock().add(relative).add(head.block(manager));
      var input = new NDList(TensorBridge.toTensor(manager, x)); // (N, D)
      NDArray scores =
          stitched.forward(new ParameterStore(manager, false), input, false).head(); // (N, C)
      return TensorBridge.toMatrix(scores);
    }
  }

  private static Set<NDArray> nativeArrays() {
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    try (NDManager manager = TensorBridge.newManager()) {
      arrays.addAll(manager.getParentManager().getManagedArrays());
    }
    return arrays;
  }

  @Test
  void whatCannotBeTrainedOnIsRefused() {
    Problem problem = clusters(7, 10, 3, 1, 1, 1, 1);
    DecoderSpec spec = problem.spec(LINEAR, 0);
    FloatMatrix x = problem.inputs();
    refusedTraining("single class", spec, x, new int[10]);
    refusedTraining(
        "'bert-head' reads 4 values but got 10 samples of 4 values with 9", spec, x, new int[9]);
    refusedTraining("label index 3", spec, x, new int[] {0, 1, 2, 3, 0, 0, 0, 0, 0, 0});
    refusedTraining("label index -1", spec, x, new int[] {0, 1, 2, -1, 0, 0, 0, 0, 0, 0});
    DecoderSpec wide = Problems.spec(5, 3, LINEAR, 0);
    refusedTraining("reads 5 values", wide, x, problem.labels());
    float[] values = x.toArray();
    values[9] = Float.POSITIVE_INFINITY;
    refusedTraining("sample 2 has", spec, FloatMatrix.wrap(10, 4, values), problem.labels());
  }

  private static void refusedTraining(String part, DecoderSpec spec, FloatMatrix x, int[] labels) {
    refused(part, Kind.BAD_INPUT, () -> HeadTrainer.train(spec, x, labels, LINEAR));
  }

  @Test
  void otherWidthsAreNotDecoded() {
    ClassifierHead head = clusters(8, 20, 2, 1, 1, 1).train(LINEAR, 0);
    refused(
        "'bert-head' reads 3 values but got 2; feed it the relative space",
        Kind.BAD_INPUT,
        () -> head.decode(FloatMatrix.of(1, 2, 1, 1)));
  }

  @Test
  void optionsAreChecked() {
    refused(
        "no head 'liner'; did you mean 'linear'",
        Kind.USAGE,
        () -> HeadOptions.Kind.named("liner"));
    assertEquals(HeadOptions.Kind.MLP, HeadOptions.Kind.named("mlp"));
    refusedOptions(-1, 1, .1, 2);
    refusedOptions(Double.NaN, 1, .1, 2);
    refusedOptions(1, 0, .1, 2);
    refusedOptions(1, 1, 0, 2);
    refusedOptions(1, 1, .1, 1);
  }

  private static void refusedOptions(double l2, int epochs, double rate, int batch) {
    refused(
        "expected l2 at least 0",
        Kind.USAGE,
        () ->
            new HeadOptions(
                HeadOptions.Kind.MLP, OptionalDouble.of(l2), false, epochs, rate, batch));
  }

  @Test
  void descriptionTellsHeadsApart() {
    assertEquals("linear l2=auto", LINEAR.head().text());
    assertEquals("linear l2=3.0E-5", LINEAR.withL2(3e-5).head().text());
    assertEquals("linear l2=auto balanced", LINEAR.withBalanced(true).head().text());
    assertEquals("mlp epochs=8 rate=0.001 batch=32", MLP.head().text());
  }
}
