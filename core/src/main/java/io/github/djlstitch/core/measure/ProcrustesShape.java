// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Distances of centered spaces after the best rotation or reflection, from the sum of the singular
 * values of XᵀY. A narrower space counts as filled up with zeros.
 */
final class ProcrustesShape {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "procrustes-shape",
          Moments.COVARIANCE
              + """
              def size(self: __torch__.M, x: Tensor) -> Tensor:
                c = (self).center(x)
                out = torch.zeros_like(torch.sum(c))
                n = torch.size(x, 0)
                for i in range((n + 2047) // 2048):
                  a = (self).centered(x, c, i * 2048)
                  out = torch.add(out, torch.sum(torch.mul(a, a)))
                return out
              def shape(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                overlap = torch.sum(torch.linalg_svdvals((self).covariance(x, y)))
                return torch.stack([overlap, (self).size(x), (self).size(y)])
              """);

  private ProcrustesShape() {}

  static double of(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    double[] s;
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, x); // (N, D)
      s = PROGRAM.call("shape", a, TensorBridge.toTensor(manager, y)).toDoubleArray();
    }
    double cosine = Math.min(1, s[0] / Math.sqrt(s[1] * s[2]));
    return switch (kind) {
      case PROCRUSTES_SIZE -> Math.sqrt(Math.max(0, s[1] + s[2] - 2 * s[0]));
      case PROCRUSTES_ANGULAR -> Math.acos(cosine);
      default -> Math.sqrt(2 - 2 * cosine);
    };
  }
}
