// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.util.List;

/**
 * The norms of relative representations (B, K): without learned scale, variances biased plus 1e-5,
 * as in PyTorch.
 */
public enum OutputNorm implements Named {
  /** They stay as they are. */
  NONE,
  /** Each to unit length; zero stays zero. */
  L2,
  /** Each to mean 0 and variance 1 over its values; a constant one to 0. */
  LAYER,
  /**
   * Each column to mean 0 and variance 1 of the space's own data: inductive. While a block is
   * trained, of the batch at hand, which the kept statistics follow.
   */
  BATCH,
  /**
   * Each column to mean 0 and variance 1 over the vectors that are normalized together:
   * transductive, so a vector's result depends on its company (the IN of the paper's heads).
   */
  INSTANCE;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "output-norm",
          """
          def layer(self: __torch__.M, r: Tensor) -> Tensor:
            d = torch.sub(r, torch.mean(r, [1], True))
            v = torch.mean(torch.square(d), [1], True)
            return torch.mul(d, torch.rsqrt(torch.add(v, 1e-5)))
          def instance(self: __torch__.M, r: Tensor) -> Tensor:
            d = torch.sub(r, torch.mean(r, [0], True))
            v = torch.mean(torch.square(d), [0], True)
            return torch.mul(d, torch.rsqrt(torch.add(v, 1e-5)))
          def given(self: __torch__.M, r: Tensor, mean: Tensor, var: Tensor) -> Tensor:
            return torch.mul(torch.sub(r, mean), torch.rsqrt(torch.add(var, 1e-5)))
          """);

  /**
   * Normalizes (N, K) with the statistics of these very vectors.
   *
   * @throws StitchException (bad input) for {@link #BATCH} and {@link #INSTANCE} of fewer than 2
   *     vectors, which would all become 0
   */
  public FloatMatrix apply(FloatMatrix r) {
    if (this == NONE || r.rows() == 0) {
      return r;
    }
    if (this == L2 || this == LAYER) {
      return RowBlocks.map(r, r.columns(), rows -> apply(rows, new NDList(), false));
    }
    try (NDManager manager = TensorBridge.newManager()) {
      return TensorBridge.toMatrix(
          INSTANCE.apply(TensorBridge.toTensor(manager, r), new NDList(), false));
    }
  }

  /**
   * On native arrays; the result belongs to the manager of {@code r}.
   *
   * @param statistics mean and variance (1, K) of {@link #BATCH}; unused by the others
   */
  NDArray apply(NDArray r, NDList statistics, boolean training) {
    return switch (this) {
      case NONE -> r;
      case L2 -> run("unit", training, new NDList(r));
      case LAYER -> run("layer", training, new NDList(r));
      case BATCH -> run("given", training, new NDList(r).addAll(statistics));
      case INSTANCE -> {
        if (r.getShape().get(0) < 2) {
          throw StitchException.badInput(
              "instance norm over %d vectors; it takes the statistics of all vectors given at once"
                  + " and needs at least 2",
              r.getShape().get(0));
        }
        yield run("instance", training, new NDList(r));
      }
    };
  }

  /** {@link #LAYER} as a part of a TorchScript file. */
  static ScriptPart layerScript() {
    return PROGRAM.part("Normed", "(self).layer(x)"); // (B, K)
  }

  /** Mean and biased variance of the columns, each (1, K). */
  static List<FloatMatrix> statistics(FloatMatrix r) {
    double[] mean = new double[r.columns()];
    double[] variance = new double[r.columns()];
    for (int i = 0; i < r.rows(); i++) {
      float[] row = r.row(i);
      for (int j = 0; j < mean.length; j++) {
        // Welford 1962.
        double before = row[j] - mean[j];
        mean[j] += before / (i + 1);
        variance[j] += before * (row[j] - mean[j]);
      }
    }
    float[] means = new float[mean.length];
    float[] variances = new float[mean.length];
    for (int j = 0; j < mean.length; j++) {
      means[j] = (float) mean[j];
      variances[j] = (float) (variance[j] / r.rows());
    }
    return List.of(
        FloatMatrix.wrap(1, means.length, means), FloatMatrix.wrap(1, means.length, variances));
  }

  private static NDArray run(String method, boolean training, NDList arguments) {
    return PROGRAM.run(method, training, arguments, new NDList()).head();
  }
}
