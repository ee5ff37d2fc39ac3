// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

/** The methods of a LibTorch program that {@link ResNetShape}'s lines call. */
final class ResNetProgram {
  /**
   * Convolutions of 1 x 1 are linear layers, of every other pixel where they stride. Group norm is
   * written out, because LibTorch's own sums a channels-last map in float32 one after the other:
   * 2e-4 off for a ViT-L on a ResNet-50 where this is 4e-5. Weight standardization (Qiao et al.
   * 2019, arXiv:1903.10520) is done once, in double. Pads are TensorFlow's SAME: what is odd goes
   * to the right and to the bottom.
   */
  static final String SOURCE =
      """
      def standardised(self: __torch__.M, w: Tensor, t: int, stride: int) -> Tensor:
        d = torch.reshape(torch.to(w, 7), [torch.size(w, 0), -1])
        d = torch.sub(d, torch.mean(d, [1], True))
        d = torch.div(d, torch.sqrt(torch.add(torch.mean(torch.mul(d, d), [1], True), 1e-08)))
        if torch.eq(torch.size(w, 2), 1):
          return (self).pack(torch.to(d, t))
        d = torch.to(torch.reshape(d, torch.size(w)), t)
        pad = 0
        if torch.eq(stride, 1):
          pad = torch.floordiv(torch.size(w, 2), 2)
        return (self).pack_conv(d, stride, pad, 1)
      def outside(self: __torch__.M, n: int, k: int, s: int) -> int:
        steps = torch.floordiv(n + s - 1, s)
        return ops.prim.max((steps - 1) * s + k - n, 0)
      def same(self: __torch__.M, x: Tensor, k: int, s: int) -> Tensor:
        h = (self).outside(torch.size(x, 2), k, s)
        v = (self).outside(torch.size(x, 3), k, s)
        if torch.gt(h + v, 0):
          left = torch.floordiv(v, 2)
          top = torch.floordiv(h, 2)
          x = torch.constant_pad_nd(x, [left, v - left, top, h - top], 0)
        return x
      def normed(self: __torch__.M, x: Tensor, w: List[Tensor], o: int) -> Tensor:
        n = torch.size(x, 0)
        c = torch.size(x, 1)
        k = torch.mul(torch.size(x, 2), torch.size(x, 3)) * torch.floordiv(c, 32)
        d = torch.to(torch.permute(x, [0, 2, 3, 1]), 6)                      # (B, H, W, C)
        d = torch.sub(d, (self).grouped(torch.div(torch.sum(d, [1, 2]), k), c))
        v = (self).grouped(torch.div(torch.sum(torch.mul(d, d), [1, 2]), k), c)
        a = torch.mul(torch.rsqrt(torch.add(v, 1e-05)), w[o + 1])            # (B, 1, 1, C)
        d = torch.addcmul(torch.to(w[o + 2], 6), d, a)
        return torch.permute(torch.to(d, ops.prim.dtype(x)), [0, 3, 1, 2])
      def grouped(self: __torch__.M, x: Tensor, c: int) -> Tensor:             # (B, 1, 1, C)
        x = torch.sum(torch.reshape(x, [-1, 32, torch.floordiv(c, 32)]), [2], True)
        x = torch.expand(x, [-1, 32, torch.floordiv(c, 32)])
        return torch.reshape(x, [-1, 1, 1, c])
      def stem(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.contiguous((self).same(x, 7, 2), memory_format=2)
        x = (self).conv(x, w[STEM], None, 2, 0, 1)
        x = torch.relu_((self).normed(x, w, STEM))
        x = (self).same(x, 3, 2)            # zeros are no larger than what relu leaves
        return torch.max_pool2d(x, [3, 3], [2, 2])
      def bottleneck(self: __torch__.M, x: Tensor, w: List[Tensor], o: int, stride: int, first: bool) -> Tensor:
        h = (self).pointwise(x, w[o], None)
        h = torch.relu_((self).normed(h, w, o))
        if torch.eq(stride, 1):
          h = (self).conv(h, w[o + 3], None, 1, 1, 1)
        else:
          h = (self).conv((self).same(h, 3, stride), w[o + 3], None, stride, 0, 1)
        h = torch.relu_((self).normed(h, w, o + 3))
        h = (self).pointwise(h, w[o + 6], None)
        h = (self).normed(h, w, o + 6)
        if first:
          x = torch.slice(torch.slice(x, 2, 0, None, stride), 3, 0, None, stride)
          x = (self).pointwise(x, w[o + 9], None)
          x = (self).normed(x, w, o + 9)
        return torch.relu_(torch.add_(h, x))
      """;

  private ResNetProgram() {}
}
