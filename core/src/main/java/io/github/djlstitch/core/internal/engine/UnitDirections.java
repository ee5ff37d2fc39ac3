// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.script.ScriptPart;

/** Rows as unit vectors from the origin or from a center. Thread-safe. */
public final class UnitDirections {
  // The floor keeps a zero row at zero and its gradient finite. Squares of values above 1e19
  // overflow; directions do not depend on the scale, so to autograd it is a constant.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "direction",
          """
          def norm(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12)
          def bounded(self: __torch__.M, x: Tensor) -> Tensor:
            if bool(torch.any(torch.isinf(torch.norm(x, 2, [1], True)))):
              most = torch.clamp_min(torch.amax(torch.abs(x), [1], True), 1.0)
              x = torch.div(x, torch.detach(most))
            return x
          def direction(self: __torch__.M, x: Tensor) -> Tensor:
            return (self).unit((self).bounded(x))
          def between(self: __torch__.M, x: Tensor, center: Tensor) -> Tensor:
            b = (self).bounded(x)
            return (self).direction(torch.addcdiv(torch.neg(center), b, (self).norm(b)))
          """);

  private UnitDirections() {}

  /**
   * Scales to unit length, subtracts the center, scales to unit length again: (B, D) and (1, D) to
   * (B, D), owned by the manager of {@code x}. A zero row stays zero.
   */
  public static NDArray from(NDArray x, NDArray center, boolean training) {
    return PROGRAM.run("between", training, new NDList(x, center), new NDList()).head();
  }

  /** The same as a part of a TorchScript file, for the center (1, D). */
  public static ScriptPart script(FloatMatrix center) {
    return PROGRAM.part("Directions", "(self).between(x, w[0])", center); // (B, D)
  }

  /** Standardizes on the heap: (N, D) and (1, D) to (N, D). */
  public static FloatMatrix from(FloatMatrix vectors, FloatMatrix center) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      return RowBlocks.map(vectors, vectors.columns(), x -> from(x, c, false));
    }
  }

  /** The mean of vectors (N, D), at least one, or of their directions: (1, D). */
  public static FloatMatrix mean(FloatMatrix vectors, boolean directions) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray sum = manager.zeros(new Shape(1, vectors.columns()), DataType.FLOAT64); // (1, D)
      RowBlocks.each(
          vectors,
          x -> {
            NDArray rows = directions ? PROGRAM.call("direction", x) : x; // (B, D)
            sum.addi(rows.toType(DataType.FLOAT64, true).sum(new int[] {0}, true));
          });
      NDArray mean = sum.div(vectors.rows()).toType(DataType.FLOAT32, false); // (1, D)
      return TensorBridge.toMatrix(mean);
    }
  }
}
