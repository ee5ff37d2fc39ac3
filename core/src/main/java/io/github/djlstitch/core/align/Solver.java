// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Map;
import java.util.Random;

/** Finds the map from anchors (M, D) to anchors (M, E), both float64. */
@FunctionalInterface
interface Solver {
  // Singular values below rcond times the largest are rounding errors of float32 input; the
  // default of NumPy and PyTorch for a float32 matrix. What they span gets the minimum-norm map.
  TorchProgram PROGRAM =
      TorchProgram.of(
          "aligners",
          """
          def polar_of(self: __torch__.M, a: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(a, False)
            return torch.matmul(u, vh)
          def orthogonal(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return (self).polar_of(torch.matmul(torch.t(x), y))
          def spanned(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            m = torch.size(x, 0)
            if bool(torch.__and__(m < torch.size(x, 1), m < torch.size(y, 1))):
              qx, rx = torch.linalg_qr(torch.t(x), "reduced")                # (D, M), (M, M)
              qy, ry = torch.linalg_qr(torch.t(y), "reduced")                # (E, M), (M, M)
              core = (self).polar_within(torch.matmul(rx, torch.t(ry)), (self).rcond(x))
              map = torch.matmul(qx, torch.matmul(core, torch.t(qy)))
            else:
              map = (self).polar_within(torch.matmul(torch.t(x), y), (self).rcond(x))
            return map
          def polar_within(self: __torch__.M, a: Tensor, rcond: float) -> Tensor:
            u, s, vh = torch.linalg_svd(a, False)
            seen = torch.gt(s, torch.mul(torch.amax(s, [0], True), rcond))
            return torch.matmul(torch.mul(u, torch.to(seen, 7)), vh)
          def scaled(self: __torch__.M, x: Tensor, y: Tensor) -> List[Tensor]:
            u, s, vh = torch.linalg_svd(torch.matmul(torch.t(x), y), False)
            scale = torch.div(torch.sum(s), torch.clamp_min(torch.sum(torch.mul(x, x)), 1e-300))
            return [torch.mul(torch.matmul(u, vh), scale), scale]
          def rcond(self: __torch__.M, x: Tensor) -> float:
            m = torch.size(x, 0)
            if torch.lt(m, torch.size(x, 1)):
              m = torch.size(x, 1)
            return torch.mul(float(m), 1.1920928955078125e-07)
          def least_squares(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(x, False)
            least = torch.mul(torch.amax(s, [0], True), (self).rcond(x))
            inverse = torch.where(torch.gt(s, least), torch.reciprocal(s), torch.zeros_like(s))
            return torch.matmul(torch.mul(torch.t(vh), inverse), torch.matmul(torch.t(u), y))
          def least_squares_orthogonal(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return (self).polar_of((self).least_squares(x, y))
          def least_squares_spanned(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return (self).polar_within((self).least_squares(x, y), (self).rcond(x))
          def ridge(self: __torch__.M, x: Tensor, y: Tensor, lam: Tensor) -> Tensor:
            xt = torch.t(x)
            if torch.lt(torch.size(x, 0), torch.size(x, 1)):
              gram = (self).loaded(torch.matmul(x, xt), lam)
              map = torch.matmul(xt, torch.linalg_solve(gram, y))
            else:
              gram = (self).loaded(torch.matmul(xt, x), lam)
              map = torch.linalg_solve(gram, torch.matmul(xt, y))
            return map
          def loaded(self: __torch__.M, gram: Tensor, lam: Tensor) -> Tensor:
            eye = torch.eye(torch.size(gram, 0), dtype=7, device=torch.device("cpu"))
            return torch.add(gram, torch.mul(eye, lam))
          def leave_one_out(self: __torch__.M, x: Tensor, y: Tensor, lams: Tensor, mean: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(x, False)
            uty = torch.matmul(torch.t(u), y)
            square = torch.mul(s, s)
            errors = annotate(List[Tensor], [])
            for i in range(torch.size(lams, 0)):
              shrink = torch.div(square, torch.add(square, torch.select(lams, 0, i)))
              residual = torch.sub(y, torch.matmul(torch.mul(u, shrink), uty))
              hat = torch.add(torch.sum(torch.mul(torch.mul(u, u), shrink), [1], True), mean)
              held = torch.div(residual, torch.clamp_min(torch.rsub(hat, 1), 1e-15))
              errors = torch.append(errors, torch.mean(torch.mul(held, held)))
            return torch.stack(errors)
          def low_rank(self: __torch__.M, x: Tensor, y: Tensor, rank: Tensor) -> Tensor:
            full = (self).least_squares(x, y)
            u, s, vh = torch.linalg_svd(torch.matmul(x, full), False)
            v = torch.slice(vh, 0, 0, int(rank))
            return torch.matmul(torch.matmul(full, torch.t(v)), v)
          def centered(self: __torch__.M, x: Tensor, y: Tensor) -> List[Tensor]:
            mx = torch.mean(x, [0], True)
            my = torch.mean(y, [0], True)
            return [torch.sub(x, mx), torch.sub(y, my), mx, my]
          def adam(self: __torch__.M, x: Tensor, y: Tensor, w: Tensor, steps: Tensor, rate: Tensor) -> Tensor:
            x1 = torch.cat([x, torch.ones_like(torch.slice(x, 1, 0, 1))], 1)
            scale = torch.div(2.0, float(torch.numel(y)))
            gram = torch.mul(torch.matmul(torch.t(x1), x1), scale)
            cross = torch.mul(torch.matmul(torch.t(x1), y), scale)
            m = torch.zeros_like(w)
            v = torch.zeros_like(w)
            w = torch.clone(w)
            for i in range(int(steps)):
              t = torch.add(i, 1)
              g = torch.sub(torch.matmul(gram, w), cross)
              m = torch.add(torch.mul(m, 0.9), torch.mul(g, 0.1))
              v = torch.add(torch.mul(v, 0.999), torch.mul(torch.mul(g, g), 0.001))
              first = torch.div(m, torch.sub(1.0, torch.pow(0.9, t)))
              second = torch.div(v, torch.sub(1.0, torch.pow(0.999, t)))
              step = torch.div(first, torch.add(torch.sqrt(second), 1e-8))
              w = torch.sub(w, torch.mul(step, rate))
            return w
          """);

  /** A fitted map with its rank and numbers about the fit. */
  record Solution(Affine map, int rank, Map<String, Double> diagnostics) {
    /** A linear map of full rank. */
    static Solution linear(NDArray map) {
      return linear(map, Map.of());
    }

    /** A linear map of full rank with numbers about the fit. */
    static Solution linear(NDArray map, Map<String, Double> diagnostics) {
      return new Solution(Affine.linear(map), Integer.MAX_VALUE, diagnostics);
    }
  }

  Solution solve(NDArray x, NDArray y);

  /** A solver that is one method of the program. */
  static Solver method(String name) {
    return (x, y) -> Solution.linear(PROGRAM.call(name, x, y));
  }

  /** Orthogonal Procrustes with a common scale. */
  static Solution scaled(NDArray x, NDArray y) {
    var found = PROGRAM.run("scaled", false, new NDList(x, y), new NDList());
    return Solution.linear(found.get(0), Map.of("scale", found.get(1).toDoubleArray()[0]));
  }

  /** Ridge regression. */
  static Solution ridge(NDArray x, NDArray y, double lambda) {
    return Solution.linear(
        PROGRAM.call("ridge", x, y, number(x, lambda)), Map.of(Diagnostics.LAMBDA, lambda));
  }

  /**
   * Ridge regression with the weight that predicts left-out anchors best.
   *
   * @param centered true if the anchors were centered on their own mean; a left-out anchor must not
   *     take part in it, and the hat matrix of the mean is 1/M everywhere
   */
  static Solution leaveOneOut(NDArray x, NDArray y, double[] lambdas, boolean centered) {
    if (x.getShape().get(0) < 2) {
      throw StitchException.badInput(
          "leave-one-out needs at least 2 anchors but got %d; give lambda instead",
          x.getShape().get(0));
    }
    NDArray mean = number(x, centered ? 1.0 / x.getShape().get(0) : 0); // ()
    NDArray tried = x.getManager().create(lambdas); // (L)
    double[] errors = PROGRAM.call("leave_one_out", x, y, tried, mean).toDoubleArray();
    int best = 0;
    for (int i = 1; i < errors.length; i++) {
      best = errors[i] < errors[best] ? i : best;
    }
    NDArray map = PROGRAM.call("ridge", x, y, number(x, lambdas[best])); // (D, E)
    return Solution.linear(
        map,
        Map.of(Diagnostics.LAMBDA, lambdas[best], Diagnostics.LEAVE_ONE_OUT_ERROR, errors[best]));
  }

  /** The inner solver on centered anchors, and the offset that goes with it. */
  static Solution withOffset(Solver inner, NDArray x, NDArray y) {
    var centered = PROGRAM.run("centered", false, new NDList(x, y), new NDList());
    Solution solution = inner.solve(centered.get(0), centered.get(1));
    NDArray map = solution.map().map(); // (D, E)
    NDArray offset = centered.get(3).sub(centered.get(2).matMul(map)); // (1, E)
    return new Solution(new Affine(map, offset), solution.rank(), solution.diagnostics());
  }

  /** Adam on the mean squared error, from PyTorch's initialization of a linear layer. */
  static Solution adam(NDArray x, NDArray y, int steps, double rate, long seed) {
    NDManager manager = x.getManager();
    long width = x.getShape().get(1);
    NDArray start =
        uniform(
            manager,
            width + 1,
            y.getShape().get(1),
            1 / Math.sqrt((double) width),
            seed); // (D + 1, E)
    NDArray found =
        PROGRAM.call(
            "adam", x, y, start, manager.create((double) steps), number(x, rate)); // (D + 1, E)
    var split = found.split(new long[] {width}, 0); // (D, E) and (1, E)
    var map = new Affine(split.get(0), split.get(1));
    return new Solution(map, Integer.MAX_VALUE, Map.of("steps", (double) steps));
  }

  private static NDArray uniform(
      NDManager manager, long rows, long columns, double most, long seed) {
    double[] values = new Random(seed).doubles(rows * columns, -most, most).toArray();
    return manager.create(values, new Shape(rows, columns));
  }

  /** Reduced-rank regression. */
  static Solution lowRank(NDArray x, NDArray y, int rank) {
    NDArray map = PROGRAM.call("low_rank", x, y, number(x, rank)); // (D, E)
    return new Solution(Affine.linear(map), rank, Map.of(Diagnostics.RANK, (double) rank));
  }

  private static NDArray number(NDArray like, double value) {
    return like.getManager().create(value);
  }
}
