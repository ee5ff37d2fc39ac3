// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The block and the projection against the formulas written out in float64. */
class RelativeControlTest {
  private static final int WIDTH = 16;

  @ParameterizedTest
  @CsvSource({
    "COSINE, ANCHORS",
    "COSINE, NONE",
    "INNER, ANCHORS",
    "INNER, NONE",
    "EUCLIDEAN, ANCHORS"
  })
  void theyComputeTheFormula(Similarity.Kind kind, Centering centering) {
    // More rows than one block of the block, and a row without direction.
    FloatMatrix x = random(5000, 1);
    FloatMatrix anchors = random(9, 2);
    var projection = RelativeProjection.onto(anchors, new Similarity(kind, 0), centering);
    FloatMatrix relative = projection.apply(x); // (N, M)
    float[] inferred = run(projection, x, false);
    float[] trained = run(projection, x, true);
    double[] center = center(anchors, kind, centering);
    for (int i = 0; i < x.rows(); i += i < 20 ? 1 : 97) {
      double[] row = standard(x.row(i), center, kind);
      for (int j = 0; j < anchors.rows(); j++) {
        double expected = compare(row, standard(anchors.row(j), center, kind), kind);
        double tolerance = 1e-6 * Math.max(1, Math.abs(expected));
        assertEquals(expected, relative.get(i, j), tolerance);
        assertEquals(expected, inferred[i * 9 + j], tolerance);
        assertEquals(expected, trained[i * 9 + j], tolerance);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void gradientsFlowToTheInputAndAreFinite(Centering centering) {
    try (NDManager manager = TensorBridge.newManager()) {
      var block = RelativeBlock.of(random(9, 2), Similarity.cosine(), centering);
      NDArray x = TensorBridge.toTensor(manager, random(4, 3)).duplicate(); // (4, D)
      block.initialize(manager, DataType.FLOAT32, x.getShape());
      x.setRequiresGradient(true);
      try (GradientCollector gradients = manager.getEngine().newGradientCollector()) {
        var out = block.forward(new ParameterStore(manager, false), new NDList(x), true);
        gradients.backward(out.head().square().sum());
      }
      NDArray gradient = x.getGradient(); // (4, D)
      assertTrue(gradient.isInfinite().logicalOr(gradient.isNaN()).sum().getLong() == 0);
      assertTrue(gradient.get(1).abs().sum().getFloat() > 0);
    }
  }

  private static float[] run(RelativeProjection projection, FloatMatrix x, boolean training) {
    try (NDManager manager = TensorBridge.newManager()) {
      var block = RelativeBlock.of(projection);
      NDArray input = TensorBridge.toTensor(manager, x); // (N, D)
      block.initialize(manager, DataType.FLOAT32, input.getShape());
      var store = new ParameterStore(manager, false);
      return block.forward(store, new NDList(input), training).head().toFloatArray();
    }
  }

  // Row 0 has no direction.
  private static FloatMatrix random(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = seed == 2 ? 0 : WIDTH; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() + .3f;
    }
    return FloatMatrix.wrap(rows, WIDTH, values);
  }

  private static double[] center(FloatMatrix anchors, Similarity.Kind kind, Centering centering) {
    double[] mean = new double[WIDTH];
    for (int i = 0; i < anchors.rows() && centering == Centering.ANCHORS; i++) {
      double[] row =
          kind == Similarity.Kind.COSINE ? unit(wide(anchors.row(i))) : wide(anchors.row(i));
      for (int j = 0; j < WIDTH; j++) {
        mean[j] += row[j] / anchors.rows();
      }
    }
    return mean;
  }

  private static double[] standard(float[] vector, double[] center, Similarity.Kind kind) {
    boolean directional = kind == Similarity.Kind.COSINE;
    double[] row = directional ? unit(wide(vector)) : wide(vector);
    for (int j = 0; j < WIDTH; j++) {
      row[j] -= center[j];
    }
    return directional ? unit(row) : row;
  }

  private static double compare(double[] a, double[] b, Similarity.Kind kind) {
    double product = 0;
    double distance = 0;
    for (int j = 0; j < WIDTH; j++) {
      product += a[j] * b[j];
      distance += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return kind == Similarity.Kind.EUCLIDEAN ? -Math.sqrt(distance) : product;
  }

  private static double[] wide(float[] vector) {
    double[] wide = new double[vector.length];
    for (int j = 0; j < wide.length; j++) {
      wide[j] = vector[j];
    }
    return wide;
  }

  private static double[] unit(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    double norm = Math.max(Math.sqrt(squares), 1e-12);
    double[] unit = new double[vector.length];
    for (int j = 0; j < unit.length; j++) {
      unit[j] = vector[j] / norm;
    }
    return unit;
  }
}
