// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.block;

import io.github.djlstitch.core.internal.engine.Processor;

/**
 * Multi-head attention (Vaswani et al. 2017, arXiv:1706.03762) as a method of a LibTorch program,
 * the same for every transformer.
 */
public final class Attention {
  // Up to this many tokens, whole score matrices are faster than the fused attention, which is made
  // for long sequences; measured with 80, 96 and 120 tokens, and slower with 197. In bfloat16 they
  // are faster for longer, but never where the fused attention has fast products (docs/benchmarks
  // has tables), and the only way where it refuses.
  private static final int SHORT = 128;
  private static final int HALF_SHORT = 512;

  private static final String SOURCE =
      """
      def attention(self: __torch__.M, x: Tensor, read: int, biased: bool, bias: Tensor, w: Tensor, c: Tensor) -> Tensor:
        b = torch.size(x, 0)
        n = torch.size(x, 1)
        qkv = torch.view((self).linear(x, w, c), [b, n, 3, HEADS, HEAD])
        qkv = torch.permute(qkv, [2, 0, 3, 1, 4])                            # (3, B, H, T, D/H)
        q = torch.slice(torch.select(qkv, 0, 0), 2, 0, read)
        k = torch.select(qkv, 0, 1)
        v = torch.select(qkv, 0, 2)
        if torch.eq(ops.prim.dtype(q), 15):
          short = HALF_SHORT
        else:
          short = SHORT
        if torch.le(n, short):
          s = torch.matmul(torch.mul(q, SCALE), torch.transpose(k, 2, 3))    # (B, H, T, T)
          if biased:
            s = torch.add_(s, torch.slice(bias, 2, 0, read))
          a = torch.matmul(torch.softmax(s, 3), v)                           # (B, H, T, D/H)
        elif biased:
          a = torch.scaled_dot_product_attention(q, k, v, torch.slice(bias, 2, 0, read))
        else:
          a = torch.scaled_dot_product_attention(q, k, v)
        return torch.reshape(torch.transpose(a, 1, 2), [b, read, WIDTH])
      """;

  private Attention() {}

  /**
   * The method {@code attention(self, x, read, biased, bias, w, c)}: states (B, T, D) to those that
   * the first {@code read} tokens attend to, before the output's linear layer. {@code w} and {@code
   * c} are weight and bias of query, key and value together, (3D, D) and (3D); {@code bias} is
   * added to the scores if {@code biased}, and is otherwise ignored.
   */
  public static String method(int width, int heads) {
    int head = width / heads;
    return SOURCE
        .replace("WIDTH", Integer.toString(width))
        .replace("HEADS", Integer.toString(heads))
        .replace("HEAD", Integer.toString(head))
        .replace("SCALE", Double.toString(1 / Math.sqrt(head)))
        .replace("HALF_SHORT", Integer.toString(halfShort(Processor.current())))
        .replace("SHORT", Integer.toString(SHORT));
  }

  private static int halfShort(Processor processor) {
    if (processor.refusesFusedBfloat16()) {
      return Integer.MAX_VALUE;
    }
    return processor.multipliesBfloat16() ? 0 : HALF_SHORT;
  }
}
