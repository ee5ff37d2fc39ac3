// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import java.util.Set;

/**
 * Dense linear algebra on heap matrices, computed by LibTorch in float64 and returned as float32.
 * Thread-safe; native memory lives inside one call.
 */
public final class LinearAlgebra {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "linear-algebra",
          """
          def pinv(self: __torch__.M, a: Tensor, rtol: Tensor) -> Tensor:
            return torch.to(torch.linalg_pinv(torch.to(a, 7), float(rtol), False), 6)
          def dual(self: __torch__.M, a: Tensor, lam: Tensor) -> Tensor:
            a64 = torch.to(a, 7)
            eye = torch.eye(torch.size(a, 1), dtype=7, device=torch.device("cpu"))
            gram = torch.add(torch.matmul(torch.t(a64), a64), torch.mul(eye, float(lam)))
            return torch.to(torch.t(torch.linalg_solve(gram, torch.t(a64))), 6)
          def polar(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            cross = torch.matmul(torch.t(torch.to(x, 7)), torch.to(y, 7))
            u, s, vh = torch.linalg_svd(cross, False)
            return torch.to(torch.matmul(u, vh), 6)
          def singular(self: __torch__.M, a: Tensor) -> Tensor:
            return torch.to(torch.unsqueeze(torch.linalg_svdvals(torch.to(a, 7)), 0), 6)
          """);

  private static final Set<String> TAKE_A_NUMBER = Set.of("pinv", "dual");

  private LinearAlgebra() {}

  /**
   * Moore-Penrose pseudo-inverse: (M, D) to (D, M). Directions in which the float32 values of the
   * matrix are dependent, by {@link #rankTolerance}, count as null.
   */
  public static FloatMatrix pseudoInverse(FloatMatrix a) {
    return compute("pinv", rankTolerance(a), a);
  }

  /**
   * Singular values at most this times the largest one are rounding errors of float32 (the default
   * of NumPy and PyTorch for a float32 matrix).
   */
  public static double rankTolerance(FloatMatrix a) {
    return Math.ulp(1f) * (double) Math.max(a.rows(), a.columns());
  }

  /** The ridge dual frame {@code A (AᵀA + lambda I)⁻¹} of the rows of A: (M, D) to (M, D). */
  public static FloatMatrix ridgeDual(FloatMatrix a, double lambda) {
    return compute("dual", lambda, a);
  }

  /** The orthogonal Procrustes map {@code UVᵀ} of {@code XᵀY = USVᵀ}: (N, D), (N, E) to (D, E). */
  public static FloatMatrix procrustes(FloatMatrix x, FloatMatrix y) {
    return compute("polar", 0, x, y);
  }

  /** Singular values in descending order; min(M, D) of them. */
  public static float[] singularValues(FloatMatrix a) {
    return compute("singular", 0, a).row(0);
  }

  /** The transpose: (M, D) to (D, M). */
  public static FloatMatrix transpose(FloatMatrix a) {
    float[] out = new float[Math.multiplyExact(a.rows(), a.columns())];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        out[j * a.rows() + i] = a.get(i, j);
      }
    }
    return FloatMatrix.wrap(a.columns(), a.rows(), out);
  }

  /** Matrix product: (N, D) times (D, E) to (N, E), in float32. */
  public static FloatMatrix product(FloatMatrix x, FloatMatrix y) {
    return RowStep.times(y).over(x, y.columns());
  }

  private static FloatMatrix compute(String method, double number, FloatMatrix... matrices) {
    try (NDManager manager = TensorBridge.newManager()) {
      boolean takesNumber = TAKE_A_NUMBER.contains(method);
      var arguments = new NDArray[matrices.length + (takesNumber ? 1 : 0)];
      for (int i = 0; i < matrices.length; i++) {
        arguments[i] = TensorBridge.toTensor(manager, matrices[i]);
      }
      if (takesNumber) {
        arguments[matrices.length] = manager.create(number);
      }
      return TensorBridge.toMatrix(PROGRAM.call(method, arguments));
    }
  }
}
