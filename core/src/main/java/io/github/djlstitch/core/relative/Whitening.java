// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.stream.IntStream;

/**
 * A map that makes the covariance of a space's data the identity: {@code W = V diag(w)^(-1/2)} for
 * the shrunk covariance {@code V diag(w) Vᵀ}, so that the Euclidean distance of {@code xW} and
 * {@code aW} is the Mahalanobis distance of x and a. In float64.
 *
 * @param map W, shape (D, D)
 * @param shrinkage what the covariance was shrunk by, in [0, 1]
 */
record Whitening(FloatMatrix map, double shrinkage) {
  private static final TorchProgram COVARIANCE =
      TorchProgram.of(
          "covariance",
          """
          def total(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.sum(torch.to(x, 7), [0], True)
          def scatter(self: __torch__.M, x: Tensor, mean: Tensor) -> Tensor:
            d = torch.sub(torch.to(x, 7), mean)
            return torch.matmul(torch.t(d), d)
          def fourth(self: __torch__.M, x: Tensor, mean: Tensor) -> Tensor:
            d = torch.sub(torch.to(x, 7), mean)
            return torch.sum(torch.square(torch.sum(torch.square(d), [1])))
          def roots(self: __torch__.M, s: Tensor, shrink: Tensor) -> List[Tensor]:
            mean = torch.mean(torch.diagonal(s))
            kept = torch.mul(s, torch.rsub(shrink, 1.0))
            torch.add_(torch.diagonal(kept), torch.mul(mean, shrink))
            w, v = torch.linalg_eigh(kept, "L")
            return [w, torch.to(torch.mul(v, torch.rsqrt(w)), 6)]
          """);

  /**
   * From any vectors of the space.
   *
   * @param data shape (N, D)
   * @param shrinkage in [0, 1], or {@link Similarity#AUTO} for that of Ledoit and Wolf
   * @throws StitchException (bad input) if the vectors are all equal or not finite, or their
   *     covariance has no inverse
   */
  static Whitening of(FloatMatrix data, double shrinkage) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray mean = sum(manager, data, new Shape(1, data.columns()), "total"); // (1, D)
      mean.divi(Math.max(1, data.rows()));
      NDArray s =
          sum(manager, data, new Shape(data.columns(), data.columns()), "scatter", mean); // (D, D)
      s.divi(Math.max(1, data.rows())); // (D, D)
      double variance = trace(s);
      if (!(variance > 0 && Double.isFinite(variance))) {
        throw StitchException.badInput(
            "the covariance of %d vectors is %s; Mahalanobis distances need finite vectors that"
                + " differ",
            data.rows(), variance == 0 ? "zero" : "not finite");
      }
      double shrink =
          shrinkage == Similarity.AUTO
              ? ledoitWolf(s, sum(manager, data, new Shape(), "fourth", mean), data.rows())
              : shrinkage;
      return of(s, shrink, data);
    }
  }

  private static Whitening of(NDArray covariance, double shrink, FloatMatrix data) {
    NDArray number = covariance.getManager().create(shrink); // ()
    NDList found =
        COVARIANCE.run("roots", false, new NDList(covariance, number), new NDList()); // (D), (D, D)
    double[] variances = found.get(0).toDoubleArray();
    double tolerance = LinearAlgebra.rankTolerance(data);
    if (variances[0] <= variances[variances.length - 1] * tolerance * tolerance) {
      throw StitchException.badInput(
          "the covariance of %d vectors %d wide has no inverse; give more vectors or shrinkage"
              + " above %s",
          data.rows(), data.columns(), shrink);
    }
    return new Whitening(TensorBridge.toMatrix(found.get(1)), shrink);
  }

  private static NDArray sum(
      NDManager manager, FloatMatrix data, Shape shape, String what, NDArray... mean) {
    NDArray sum = manager.zeros(shape, DataType.FLOAT64); // (1, D), (D, D) or ()
    RowBlocks.each(
        data,
        x -> {
          NDList arguments = new NDList(x).addAll(new NDList(mean)); // (B, D), (1, D)
          sum.addi(COVARIANCE.run(what, false, arguments, new NDList()).head());
        });
    return sum;
  }

  private static double trace(NDArray s) {
    double[] values = s.toDoubleArray();
    int width = (int) s.getShape().get(0);
    return IntStream.range(0, width).mapToDouble(j -> values[j * (width + 1)]).sum();
  }

  // Ledoit and Wolf 2004, eq. (14), in the notation of scikit-learn.
  private static double ledoitWolf(NDArray s, NDArray fourth, int n) {
    long width = s.getShape().get(0);
    double mu = trace(s) / width;
    double squares = s.square().sum().getDouble();
    double spread = (squares - width * mu * mu) / width;
    double error = (fourth.getDouble() / n - squares) / n / width;
    return spread <= 0 ? 1 : Math.max(0, Math.min(1, error / spread));
  }
}
