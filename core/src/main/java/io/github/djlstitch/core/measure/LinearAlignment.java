// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Linear CKA from cross products of features, never a matrix of samples by samples; of the
 * symmetric ones only the blocks on and above the diagonal are computed. For centered features the
 * rows of XXᵀ sum to 0, so that HSIC_1 needs no more than the squared norms of rows.
 */
final class LinearAlignment {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "linear-alignment",
          Moments.COVARIANCE
              + """
              def squares(self: __torch__.M, a: Tensor) -> Tensor:
                return torch.sum(torch.mul(a, a), [1])
              def add_upper(self: __torch__.M, g: Tensor, a: Tensor) -> Tensor:
                d = torch.size(g, 0)
                w = (d + 5) // 6
                for j in range((d + w - 1) // w):
                  left = torch.slice(a, 1, j * w, j * w + w, 1)
                  right = torch.slice(a, 1, j * w, d, 1)
                  part = torch.slice(torch.slice(g, 0, j * w, j * w + w, 1), 1, j * w, d, 1)
                  part = torch.addmm_(part, torch.t(left), right)
                return g
              def upper_squares(self: __torch__.M, g: Tensor) -> Tensor:
                d = torch.size(g, 0)
                w = (d + 5) // 6
                out = torch.mul(torch.sum(torch.mul(g, g)), 2.0)
                for j in range((d + w - 1) // w):
                  own = torch.slice(torch.slice(g, 0, j * w, j * w + w, 1), 1, j * w, j * w + w, 1)
                  out = torch.sub(out, torch.sum(torch.mul(own, own)))
                return out
              def frobenius(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                cx = (self).center(x)
                cy = (self).center(y)
                c = torch.matmul(torch.t(torch.zeros_like(cx)), cy)            # (D, E)
                g = torch.matmul(torch.t(torch.zeros_like(cx)), cx)            # (D, D)
                h = torch.matmul(torch.t(torch.zeros_like(cy)), cy)            # (E, E)
                for i in range((torch.size(x, 0) + 2047) // 2048):
                  a = (self).centered(x, cx, i * 2048)
                  b = (self).centered(y, cy, i * 2048)
                  c = torch.addmm_(c, torch.t(a), b)
                  g = (self).add_upper(g, a)
                  h = (self).add_upper(h, b)
                return torch.stack([torch.sum(torch.mul(c, c)), (self).upper_squares(g), (self).upper_squares(h)])
              def diagonals(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                cx = (self).center(x)
                cy = (self).center(y)
                norms = torch.zeros_like(torch.sum(cx))
                out = [norms, norms, norms, norms, norms]
                n = torch.size(x, 0)
                for i in range((n + 2047) // 2048):
                  k = (self).squares((self).centered(x, cx, i * 2048))
                  l = (self).squares((self).centered(y, cy, i * 2048))
                  out = [torch.add(out[0], torch.sum(k)), torch.add(out[1], torch.sum(l)), torch.add(out[2], torch.sum(torch.mul(k, l))), torch.add(out[3], torch.sum(torch.mul(k, k))), torch.add(out[4], torch.sum(torch.mul(l, l)))]
                return torch.stack(out)
              def hollow(self: __torch__.M, a: Tensor) -> Tensor:
                k = torch.matmul(a, torch.t(a))
                return torch.sub(k, torch.diag_embed(torch.diagonal(k)))
              def hsic(self: __torch__.M, k: Tensor, l: Tensor) -> Tensor:
                n = float(torch.size(k, 0))
                trace = torch.sum(torch.mul(k, l))
                rows = torch.dot(torch.sum(k, [1]), torch.sum(l, [1]))
                total = torch.mul(torch.sum(k), torch.sum(l))
                out = torch.add(trace, torch.div(total, (n - 1.0) * (n - 2.0)))
                return torch.div(torch.sub(out, torch.mul(rows, 2.0 / (n - 2.0))), n * (n - 3.0))
              def minibatch(self: __torch__.M, x: Tensor, y: Tensor, size: Tensor) -> Tensor:
                n = torch.size(x, 0)
                count = max(1, n // int(size))
                cx = (self).center(x)
                cy = (self).center(y)
                zero = torch.zeros_like(torch.sum(cx))
                out = [zero, zero, zero]
                for c in range(count):
                  k = (self).hollow(torch.sub(torch.to(torch.slice(x, 0, c, n, count), 7), cx))
                  l = (self).hollow(torch.sub(torch.to(torch.slice(y, 0, c, n, count), 7), cy))
                  out = [torch.add(out[0], (self).hsic(k, l)), torch.add(out[1], (self).hsic(k, k)), torch.add(out[2], (self).hsic(l, l))]
                return torch.stack(out)
              """);

  private LinearAlignment() {}

  static double biased(FloatMatrix x, FloatMatrix y) {
    double[] squares = call("frobenius", x, y);
    return squares[0] / Math.sqrt(squares[1] * squares[2]);
  }

  static double unbiased(FloatMatrix x, FloatMatrix y) {
    double[] squares = call("frobenius", x, y);
    double[] s = call("diagonals", x, y);
    long n = x.rows();
    double kl = hsic(n, squares[0], s[2], s[0], s[1]);
    double kk = hsic(n, squares[1], s[3], s[0], s[0]);
    double ll = hsic(n, squares[2], s[4], s[1], s[1]);
    return kl / Math.sqrt(kk * ll);
  }

  // Without its diagonal the rows of K sum to -K_ii; the common factor 1 / (n (n - 3)) is left out.
  private static double hsic(long n, double frobenius, double diagonals, double k, double l) {
    return frobenius - diagonals + k * l / ((n - 1.0) * (n - 2)) - 2 * diagonals / (n - 2.0);
  }

  static double minibatch(FloatMatrix x, FloatMatrix y, int size) {
    double[] s;
    try (NDManager manager = TensorBridge.newManager()) {
      var a = TensorBridge.toTensor(manager, x);
      var b = TensorBridge.toTensor(manager, y);
      s = PROGRAM.call("minibatch", a, b, manager.create(size)).toDoubleArray();
    }
    return s[0] / Math.sqrt(s[1] * s[2]);
  }

  private static double[] call(String method, FloatMatrix x, FloatMatrix y) {
    try (NDManager manager = TensorBridge.newManager()) {
      var a = TensorBridge.toTensor(manager, x);
      var b = TensorBridge.toTensor(manager, y);
      return PROGRAM.call(method, a, b).toDoubleArray();
    }
  }
}
