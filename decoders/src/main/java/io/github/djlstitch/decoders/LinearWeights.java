// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.core.Linear;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.engine.LinearAlgebra;
import io.github.djlstitch.core.engine.RowBlocks;
import io.github.djlstitch.core.engine.TensorBridge;
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

  /** From a fit of shape (width + 1, C) whose last row is the bias. */
  static LinearWeights ofFit(FloatMatrix fit) {
    int width = fit.rows() - 1;
    return new LinearWeights(
        LinearAlgebra.transpose(fit.rowRange(0, width)), fit.rowRange(width, width + 1));
  }

  @Override
  public FloatMatrix decode(FloatMatrix inputs) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray w = TensorBridge.toTensor(manager, weight); // (C, D)
      NDArray b = TensorBridge.toTensor(manager, bias).reshape(-1); // (C)
      return RowBlocks.map(inputs, classes(), x -> Linear.linear(x, w, b).head()); // (B, C)
    }
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
