// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

/**
 * TorchScript methods for second moments of centered features in float64, a block of rows at a
 * time, so that the memory they need does not grow with the number of rows. Parts of programs.
 */
public final class Moments {
  /** {@code centered(x, c, from)} and {@code covariance(x, y)}: XᵀY of centered X and Y, (D, E). */
  public static final String COVARIANCE =
      """
      def center(self: __torch__.M, x: Tensor) -> Tensor:
        return torch.mean(x, [0], True, dtype=7)
      def centered(self: __torch__.M, x: Tensor, c: Tensor, start: int) -> Tensor:
        return torch.sub_(torch.to(torch.slice(x, 0, start, start + 2048, 1), 7, False, True), c)
      def covariance(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
        cx = (self).center(x)
        cy = (self).center(y)
        out = torch.matmul(torch.t(torch.zeros_like(cx)), cy)
        n = torch.size(x, 0)
        for i in range((n + 2047) // 2048):
          a = (self).centered(x, cx, i * 2048)
          b = (self).centered(y, cy, i * 2048)
          out = torch.addmm_(out, torch.t(a), b)
        return out
      """;

  /**
   * {@link #COVARIANCE}, and the parts of canonical correlations (Hotelling 1936). {@code basis(x,
   * shrink, share, least)}: the R principal directions (D, R) and the roots of their moments (R);
   * to each moment a share of the mean one is added, then the largest are kept until a share of
   * their sum is reached, of those above a share of the largest. {@code whitened(x, p, y, q)}: the
   * cross moments (R, S) of X and Y whitened by P (D, R) and Q (E, S), directions over roots; their
   * singular values are the correlations.
   */
  public static final String CANONICAL =
      COVARIANCE
          + """
          def basis(self: __torch__.M, x: Tensor, shrink: Tensor, share: Tensor, least: float) -> Tuple[Tensor, Tensor]:
            w, v = torch.linalg_eigh((self).covariance(x, x), "L")
            w = torch.flip(w, [0])
            v = torch.flip(v, [1])
            w = torch.add(w, torch.mul(torch.mean(w), shrink))
            before = torch.sub(torch.cumsum(w, 0), w)
            large = torch.gt(w, torch.mul(torch.amax(w), least))
            keep = torch.logical_and(large, torch.lt(before, torch.mul(torch.sum(w), share)))
            r = int(torch.sum(keep))
            return (torch.slice(v, 1, 0, r, 1), torch.sqrt(torch.slice(w, 0, 0, r, 1)))
          def whitened(self: __torch__.M, x: Tensor, p: Tensor, y: Tensor, q: Tensor) -> Tensor:
            return torch.matmul(torch.matmul(torch.t(p), (self).covariance(x, y)), q)
          """;

  /** A share of the moments that no direction reaches, so that all are kept. */
  public static final double EVERYTHING = 2;

  private Moments() {}
}
