// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.stream.IntStream;

/**
 * The ridge weight of anchor coordinates, chosen from the anchors of one space alone.
 *
 * <p>Each anchor is predicted from the others: the weight on the {@link #grid} is taken under which
 * the Gaussian with the others' ridge second moment, {@code S = (A₋ᵢᵀA₋ᵢ + lambda I)} scaled to
 * trace 1, makes the left-out anchors most likely (Hoffbeck and Landgrebe 1996, in closed form by
 * Sherman and Morrison). The plain error of reconstructing an anchor by its own coordinates on the
 * others cannot choose: {@code ||lambda (A₋ᵢᵀA₋ᵢ + lambda I)⁻¹ aᵢ||} only grows with lambda, since
 * coordinates are computed from the very vector they rebuild. Rotating or rescaling the anchors'
 * space does not change the choice. Thread-safe.
 */
final class LeaveOneOut {
  private static final TorchProgram SCORES =
      TorchProgram.of(
          "leave-one-out",
          """
          def scores(self: __torch__.M, anchors: Tensor, lam: Tensor) -> Tensor:
            a = torch.to(anchors, 7)
            w, v = torch.linalg_eigh(torch.matmul(torch.t(a), a), "L")
            w = torch.unsqueeze(torch.clamp_min(w, 0.0), 1)
            squares = torch.square(torch.matmul(a, v))
            h = torch.matmul(squares, torch.reciprocal(torch.add(w, lam)))
            left = torch.rsub(h, 1.0)
            own = torch.sum(squares, [1], True)
            width = float(torch.size(a, 1))
            scale = torch.add(torch.sub(torch.sum(own), own), torch.mul(lam, width))
            fit = torch.div(torch.mul(scale, h), left)
            volume = torch.sub(torch.log(left), torch.mul(torch.log(scale), width))
            both = torch.mean(torch.add(fit, volume), [0], True)
            return torch.add(both, torch.sum(torch.log(torch.add(w, lam)), [0], True))
          """);

  private LeaveOneOut() {}

  /** The candidates: four a decade from 0.001 to 100. */
  public static double[] grid() {
    return IntStream.rangeClosed(-12, 8).mapToDouble(k -> Math.pow(10, k / 4.0)).toArray();
  }

  /**
   * The best candidate for these anchors; the smallest of those that are equally good.
   *
   * @param anchors standardized anchors, shape (M, D), finite
   * @throws StitchException (bad input) if there are fewer than 2
   */
  public static double lambda(FloatMatrix anchors) {
    double[] scores = scores(anchors);
    double[] grid = grid();
    int best = 0;
    for (int k = 1; k < grid.length; k++) {
      best = scores[k] < scores[best] ? k : best;
    }
    return grid[best];
  }

  /** The mean negative log likelihood, up to a constant, of a left-out anchor by candidate. */
  static double[] scores(FloatMatrix anchors) {
    if (anchors.rows() < 2) {
      throw StitchException.badInput(
          "leave-one-out needs at least 2 anchors but got %d; give a number as lambda",
          anchors.rows());
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray grid = manager.create(grid()).reshape(1, -1); // (1, L)
      NDArray scores = SCORES.call("scores", TensorBridge.toTensor(manager, anchors), grid); // (L)
      return scores.toDoubleArray();
    }
  }
}
