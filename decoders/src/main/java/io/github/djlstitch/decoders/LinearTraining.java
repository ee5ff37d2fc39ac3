// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Multinomial logistic regression with an L2 penalty, trained to convergence by its closed-form
 * gradient: Nesterov's accelerated descent with restarts (O'Donoghue and Candes 2015,
 * arXiv:1204.3982), preconditioned by Boehning's bound on the Hessian (Boehning 1992,
 * doi:10.1007/BF00048682), which needs tens of steps whatever the scale of the inputs.
 * Deterministic: the problem is convex and has one solution. For one thread.
 */
final class LinearTraining implements AutoCloseable {
  static final int MOST_STEPS = 1000;
  static final double GRADIENT_TOLERANCE = 2e-6;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "logistic-regression",
          """
          def prepare(self: __torch__.M, x: Tensor, weight: Tensor) -> List[Tensor]:
            one = torch.ones([torch.size(x, 0), 1], dtype=6, device=torch.device("cpu"))
            xb = torch.cat([x, one], 1)                                      # (N, D+1)
            xt = torch.contiguous(torch.t(torch.mul(xb, torch.unsqueeze(weight, 1))))
            bound = torch.mul(torch.to(torch.matmul(xt, xb), 7), 0.5)        # (D+1, D+1)
            return [xb, xt, bound]
          def fit(self: __torch__.M, xb: Tensor, xt: Tensor, bound: Tensor, y: Tensor, w: Tensor, o: Tensor) -> Tensor:
            l2 = float(torch.select(o, 0, 0))
            steps = int(torch.select(o, 0, 1))
            tolerance = float(torch.select(o, 0, 2))
            d = torch.size(xb, 1)
            penalty = torch.full([torch.sub(d, 1), 1], l2, dtype=6, device=torch.device("cpu"))
            free = torch.zeros([1, 1], dtype=6, device=torch.device("cpu"))
            penalty = torch.cat([penalty, free], 0)                          # (D+1, 1)
            ridge = torch.diag(torch.to(torch.clamp_min(torch.squeeze(penalty, 1), 1e-8), 7))
            p = torch.to(torch.linalg_inv(torch.add(bound, ridge)), 6)
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

  private static final NDList NO_WEIGHTS = new NDList(); // no array

  private final NDManager manager = TensorBridge.newManager();
  private final NDList samples; // (N, D+1), (D+1, N), (D+1, D+1), (N, C)
  private NDArray found; // (D+1, C)

  /**
   * Takes samples; the native arrays live until it is closed.
   *
   * @param inputs shape (N, D)
   * @param labels N label indices
   * @param classes C
   * @param sampleWeights N weights that sum to 1
   */
  LinearTraining(FloatMatrix inputs, int[] labels, int classes, float[] sampleWeights) {
    NDArray x = TensorBridge.toTensor(manager, inputs); // (N, D)
    NDArray weight = manager.create(sampleWeights); // (N)
    samples = PROGRAM.run("prepare", false, new NDList(x, weight), NO_WEIGHTS);
    samples.add(manager.create(labels).oneHot(classes)); // (N, C)
    found = manager.zeros(new Shape(inputs.columns() + 1L, classes)); // (D+1, C)
    x.close();
  }

  /**
   * Fits weights.
   *
   * @param l2 weight of half the squared norm of the weights; the bias is not penalized
   * @return weights and, in the last row, biases: shape (D + 1, C)
   */
  static FloatMatrix fit(
      FloatMatrix inputs, int[] labels, int classes, float[] sampleWeights, double l2) {
    try (var training = new LinearTraining(inputs, labels, classes, sampleWeights)) {
      return training.solve(l2, GRADIENT_TOLERANCE);
    }
  }

  /** Fits weights as {@link #fit} does, starting from those that it found the last time. */
  FloatMatrix solve(double l2, double tolerance) {
    NDArray options = manager.create(new double[] {l2, MOST_STEPS, tolerance}); // (3)
    NDList arguments = new NDList(samples); // inputs of fit
    arguments.addAll(new NDList(found, options)); // (D+1, C), (3)
    found = PROGRAM.run("fit", false, arguments, NO_WEIGHTS).head(); // (D+1, C)
    return TensorBridge.toMatrix(found);
  }

  @Override
  public void close() {
    manager.close();
  }
}
