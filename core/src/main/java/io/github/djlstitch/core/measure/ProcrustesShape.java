// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Distances of centered spaces after the best rotation or reflection, which is UVᵀ of the singular
 * vectors of XᵀY. A narrower space counts as filled up with zeros. The distance is that of the
 * turned vectors, not a difference of the spaces' sizes, which between nearly equal ones is nothing
 * but rounding.
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
                  out = torch.add(out, torch.sum(torch.square((self).centered(x, c, i * 2048))))
                return torch.sqrt(out)
              def distance(self: __torch__.M, x: Tensor, y: Tensor, scaled: Tensor) -> Tensor:
                u, s, v = torch.linalg_svd((self).covariance(x, y), False)
                q = torch.t(torch.matmul(u, v))                              # (E, D)
                cx = (self).center(x)
                cy = (self).center(y)
                out = torch.zeros_like(torch.sum(cx))
                sx = torch.add(out, 1.0)
                sy = sx
                if bool(scaled):
                  sx = (self).size(x)
                  sy = (self).size(y)
                n = torch.size(x, 0)
                for i in range((n + 2047) // 2048):
                  a = torch.div((self).centered(x, cx, i * 2048), sx)
                  b = torch.div((self).centered(y, cy, i * 2048), sy)
                  apart = torch.sub(a, torch.matmul(b, q))
                  out = torch.add(out, torch.sum(torch.square(apart)))
                return torch.sqrt(out)
              """);

  private ProcrustesShape() {}

  static double of(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    boolean ordered = x.columns() >= y.columns();
    double distance;
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray wide = TensorBridge.toTensor(manager, ordered ? x : y); // (N, D)
      NDArray narrow = TensorBridge.toTensor(manager, ordered ? y : x); // (N, E)
      NDArray scaled = manager.create(kind != MeasureKind.PROCRUSTES_SIZE); // ()
      distance = PROGRAM.call("distance", wide, narrow, scaled).getDouble();
    }
    // Between vectors of unit length a chord belongs to an angle.
    return kind == MeasureKind.PROCRUSTES_ANGULAR
        ? 2 * Math.asin(Math.min(1, distance / 2))
        : distance;
  }
}
