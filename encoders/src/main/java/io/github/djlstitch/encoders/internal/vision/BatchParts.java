// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

/**
 * Runs a vision program's method {@code vectors} over a batch in parts that fit the processor's
 * caches.
 */
final class BatchParts {
  private static final String SOURCE =
      """
      def batch(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        n = torch.size(x, 0)
        parts = ops.prim.max(torch.floordiv(n + CHUNK - 1, CHUNK), 1)
        size = torch.floordiv(n + parts - 1, parts)
        y = annotate(List[Tensor], [])
        for i in range(parts):
          part = torch.slice(x, 0, i * size, (i + 1) * size)
          y = torch.append(y, (self).vectors(part, w))
        return torch.cat(y, 0)                                               # (B, D)
      """;

  private BatchParts() {}

  /** The method {@code batch(self, x, w)}: pixels (B, 3, H, W), so many at once, to (B, D). */
  static String method(long atOnce) {
    return SOURCE.replace("CHUNK", Long.toString(Math.max(1, atOnce)));
  }
}
