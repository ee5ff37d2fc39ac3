// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

/**
 * TorchScript methods for second moments of centred features in float64, a block of rows at a time,
 * so that the memory they need does not grow with the number of rows.
 */
final class Moments {
  /** {@code centred(x, c, from)} and {@code covariance(x, y)}: XᵀY of centred X and Y, (D, E). */
  static final String PROGRAM =
      """
      def center(self: __torch__.M, x: Tensor) -> Tensor:
        return torch.mean(x, [0], True, dtype=7)
      def centred(self: __torch__.M, x: Tensor, c: Tensor, start: int) -> Tensor:
        return torch.sub(torch.to(torch.slice(x, 0, start, start + 2048, 1), 7), c)
      def covariance(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
        cx = (self).center(x)
        cy = (self).center(y)
        out = torch.matmul(torch.t(torch.zeros_like(cx)), cy)
        n = torch.size(x, 0)
        for i in range((n + 2047) // 2048):
          a = (self).centred(x, cx, i * 2048)
          b = (self).centred(y, cy, i * 2048)
          out = torch.addmm_(out, torch.t(a), b)
        return out
      """;

  private Moments() {}
}
