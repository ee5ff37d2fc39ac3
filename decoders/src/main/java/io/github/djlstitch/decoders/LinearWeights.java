// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.util.Map;

/**
 * A linear head.
 *
 * @param weight shape (C, width)
 * @param bias shape (1, C)
 */
record LinearWeights(FloatMatrix weight, FloatMatrix bias) implements HeadWeights {
  static final String WEIGHT = "weight";
  static final String BIAS = "bias";

  /** Splits a fit of shape (width + 1, C) whose last row is the bias. */
  static LinearWeights ofFit(FloatMatrix fit) {
    int width = fit.rows() - 1;
    return new LinearWeights(
        LinearAlgebra.transpose(fit.rowRange(0, width)), fit.rowRange(width, width + 1));
  }

  @Override
  public Block block(NDManager manager) {
    Linear linear = Linear.builder().setUnits(classes()).build();
    linear.setInitializer((m, shape, type) -> m.create(weight.toArray(), shape), WEIGHT); // (C, D)
    linear.setInitializer((m, shape, type) -> m.create(bias.toArray(), shape), BIAS); // (C)
    linear.initialize(manager, DataType.FLOAT32, new Shape(1, width()));
    return linear;
  }

  @Override
  public ScriptPart script() {
    return new HeadScript().linear(weight, bias).part(); // (B, C)
  }

  @Override
  public int width() {
    return weight.columns();
  }

  @Override
  public int classes() {
    return weight.rows();
  }

  @Override
  public Map<String, FloatMatrix> tensors() {
    return Map.of(WEIGHT, weight, BIAS, bias);
  }
}
