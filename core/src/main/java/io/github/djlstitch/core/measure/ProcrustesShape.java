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
 * vectors of XᵀY. A narrower space counts as filled up with zeros. Its square is a difference of
 * the spaces' sizes and the sum of those singular values, which between nearly equal spaces is
 * nothing but rounding: then the distance is that of the turned vectors.
 */
final class ProcrustesShape {
  // Share of the sizes' squares; above it rounding is below 1e-11 of the difference.
  private static final String NEAR = "0.001";

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
                c = (self).covariance(x, y)
                sx = (self).size(x)
                sy = (self).size(y)
                turned = torch.mul(torch.sum(torch.linalg_svdvals(c)), 2.0)
                if bool(scaled):
                  all = torch.add(torch.zeros_like(sx), 2.0)
                  square = torch.sub(all, torch.div(turned, torch.mul(sx, sy)))
                else:
                  all = torch.add(torch.square(sx), torch.square(sy))
                  square = torch.sub(all, turned)
                  sx = torch.ones_like(sx)
                  sy = sx
                if bool(torch.gt(square, torch.mul(all, NEAR))):
                  out = torch.sqrt(square)
                else:
                  out = (self).apart(x, sx, y, sy, c)
                return out
              def apart(self: __torch__.M, x: Tensor, sx: Tensor, y: Tensor, sy: Tensor, c: Tensor) -> Tensor:
                u, s, v = torch.linalg_svd(c, False)
                q = torch.t(torch.matmul(u, v))                              # (E, D)
                cx = (self).center(x)
                cy = (self).center(y)
                out = torch.zeros_like(sx)
                n = torch.size(x, 0)
                for i in range((n + 2047) // 2048):
                  a = torch.div((self).centered(x, cx, i * 2048), sx)
                  b = torch.div((self).centered(y, cy, i * 2048), sy)
                  apart = torch.sub(a, torch.matmul(b, q))
                  out = torch.add(out, torch.sum(torch.square(apart)))
                return torch.sqrt(out)
              """
                  .replace("NEAR", NEAR));

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
