// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * A checkpoint of any size whose values follow from the tensors' names and shapes: splitmix64 from
 * the CRC-32 of the name, scaled by what the tensor is for. The formula is that of the expected
 * values in {@code formula-expected.json}.
 */
public final class FormulaWeights implements WeightSource {
  private final Map<String, Shape> shapes;

  /** All tensors of these names and shapes. */
  public FormulaWeights(Map<String, Shape> shapes) {
    this.shapes = Map.copyOf(shapes);
  }

  @Override
  public Set<String> names() {
    return shapes.keySet();
  }

  @Override
  public Shape shape(String name) {
    return shapes.getOrDefault(name, new Shape());
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    Shape shape = shape(name);
    return manager.create(values(name, shape), shape);
  }

  /** The values of one tensor. */
  public static float[] values(String name, Shape shape) {
    var crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    long seed = crc.getValue();
    DoubleUnaryOperator scale = scale(name, shape);
    float[] values = new float[Math.toIntExact(shape.size())];
    IntStream.range(0, values.length)
        .parallel()
        .forEach(
            i ->
                values[i] =
                    (float) scale.applyAsDouble(uniform(seed + (i + 1) * 0x9E3779B97F4A7C15L)));
    return values;
  }

  // From -1 to 1.
  private static double uniform(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return 2 * ((z >>> 40) * 0x1p-24) - 1;
  }

  private static DoubleUnaryOperator scale(String name, Shape shape) {
    if (name.equals("input")) {
      return s -> s;
    }
    if (name.endsWith("running_var")) {
      return s -> 0.75 + 0.25 * s;
    }
    if (name.endsWith("running_mean")) {
      return s -> 0.1 * s;
    }
    if (shape.dimension() < 2) {
      boolean gain = shape.dimension() == 1 && name.endsWith(".weight");
      return gain ? s -> 1 + 0.2 * s : s -> 0.1 * s;
    }
    if (name.endsWith("cls_token") || name.endsWith("pos_embed")) {
      return s -> 0.5 * s;
    }
    double bound = Math.sqrt(3.0 * shape.get(0) / shape.size());
    return s -> s * bound;
  }
}
