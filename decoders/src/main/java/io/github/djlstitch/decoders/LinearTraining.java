// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Multinomial logistic regression with an L2 penalty, trained to convergence by its closed-form
 * gradient: Nesterov's accelerated descent with restarts (O'Donoghue and Candes 2015,
 * arXiv:1204.3982), preconditioned by Boehning's bound on the Hessian (Boehning 1992,
 * doi:10.1007/BF00048682), which needs tens of steps whatever the scale of the inputs.
 * Deterministic: the problem is convex and has one solution.
 */
final class LinearTraining {
  static final int MOST_STEPS = 1000;
  static final double GRADIENT_TOLERANCE = 2e-6;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "logistic-regression",
          """
          def fit(self: __torch__.M, x: Tensor, y: Tensor, weight: Tensor, o: Tensor) -> Tensor:
            l2 = float(torch.select(o, 0, 0))
            steps = int(torch.select(o, 0, 1))
            tolerance = float(torch.select(o, 0, 2))
            n = torch.size(x, 0)
            d = torch.size(x, 1)
            one = torch.ones([n, 1], dtype=6, device=torch.device("cpu"))
            xb = torch.cat([x, one], 1)                                      # (N, D+1)
            xt = torch.contiguous(torch.t(torch.mul(xb, torch.unsqueeze(weight, 1))))
            penalty = torch.full([d, 1], l2, dtype=6, device=torch.device("cpu"))
            free = torch.zeros([1, 1], dtype=6, device=torch.device("cpu"))
            penalty = torch.cat([penalty, free], 0)                          # (D+1, 1)
            bound = torch.mul(torch.to(torch.matmul(xt, xb), 7), 0.5)        # (D+1, D+1)
            ridge = torch.diag(torch.to(torch.clamp_min(torch.squeeze(penalty, 1), 1e-8), 7))
            p = torch.to(torch.linalg_inv(torch.add(bound, ridge)), 6)
            w = torch.zeros([d + 1, torch.size(y, 1)], dtype=6, device=torch.device("cpu"))
            v = torch.clone(w)
            t = 1.0
            i = 0
            gradient = 1.0
            while bool(torch.__and__(i < steps, gradient > tolerance)):
              s = torch.softmax(torch.matmul(xb, v), 1)                      # (N, C)
              g = torch.add(torch.matmul(xt, torch.sub(s, y)), torch.mul(penalty, v))
              gradient = float(torch.max(torch.abs(g)))
              next = torch.sub(v, torch.matmul(p, g))                        # (D+1, C)
              if bool(torch.gt(torch.sum(torch.mul(torch.sub(v, next), torch.sub(next, w))), 0)):
                t = 1.0
              t2 = (1.0 + (1.0 + 4.0 * t * t) ** 0.5) / 2.0
              v = torch.add(next, torch.mul(torch.sub(next, w), (t - 1.0) / t2))
              w = next
              t = t2
              i = i + 1
            return w
          """);

  private LinearTraining() {}

  /**
   * Fits weights.
   *
   * @param inputs shape (N, D)
   * @param labels N label indices
   * @param classes C
   * @param sampleWeights N weights that sum to 1
   * @param l2 weight of half the squared norm of the weights; the bias is not penalized
   * @return weights and, in the last row, biases: shape (D + 1, C)
   */
  static FloatMatrix fit(
      FloatMatrix inputs, int[] labels, int classes, float[] sampleWeights, double l2) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(manager, inputs); // (N, D)
      NDArray y = manager.create(labels).oneHot(classes); // (N, C)
      NDArray weight = manager.create(sampleWeights); // (N)
      NDArray options = manager.create(new double[] {l2, MOST_STEPS, GRADIENT_TOLERANCE}); // (3)
      NDList arguments = new NDList(x, y, weight, options); // inputs of fit
      return TensorBridge.toMatrix(PROGRAM.run("fit", false, arguments, new NDList()).head());
    }
  }
}
