// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

import io.github.djlstitch.core.engine.TorchProgram;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The LibTorch program of a BERT. Weights: 5 of the embeddings (word, position, type, norm weight
 * and bias), then 12 a layer once packed (16 before: query, key and value apart).
 */
final class BertProgram {
  // Up to this many tokens, whole score matrices are faster than the fused attention, which is made
  // for long sequences: 0.8 ms against 1.3 ms for 32 x 32 tokens, 3 ms against 4 ms for 32 x 64.
  private static final int SHORT = 64;

  private static final String SOURCE =
      """
      def prepare(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
        t = int(dtype)
        p = annotate(List[Tensor], [])
        for j in range(5):
          p = torch.append(p, w[j])
        for i in range(LAYERS):
          o = torch.add(5, torch.mul(i, 16))
          qkv = torch.cat([w[o], w[o + 2], w[o + 4]], 0)                    # (3D, D)
          p = torch.append(p, (self).constant(qkv, t))
          p = torch.append(p, torch.to(torch.cat([w[o + 1], w[o + 3], w[o + 5]], 0), t))
          for j in range(6, 16):
            p = torch.append(p, (self).constant(w[o + j], t))
        return p
      def constant(self: __torch__.M, w: Tensor, t: int) -> Tensor:
        w = torch.contiguous(torch.to(w, t))
        if torch.eq(torch.dim(w), 2):
          w = (self).pack(w)
        return w
      def states(self: __torch__.M, ids: Tensor, mask: Tensor, w: List[Tensor]) -> Tensor:
        b = torch.size(ids, 0)
        n = torch.size(ids, 1)
        x = torch.embedding(w[0], ids)                                       # (B, T, D)
        x = torch.add(x, torch.select(w[2], 0, 0))
        x = torch.add(x, torch.slice(w[1], 0, 0, n))
        x = torch.layer_norm(x, [WIDTH], w[3], w[4], EPSILON)
        x = torch.to(x, ops.prim.dtype(w[6]))
        keep = torch.view(torch.ne(mask, 0), [b, 1, 1, n])                   # (B, 1, 1, T)
        drop = torch.logical_not(keep)
        padded = bool(torch.lt(torch.sum(mask), torch.mul(b, n)))
        for i in range(LAYERS):
          o = torch.add(5, torch.mul(i, 12))
          qkv = torch.view((self).linear(x, w[o], w[o + 1]), [b, n, 3, HEADS, HEAD])
          qkv = torch.permute(qkv, [2, 0, 3, 1, 4])                          # (3, B, H, T, D/H)
          q = torch.select(qkv, 0, 0)
          k = torch.select(qkv, 0, 1)
          v = torch.select(qkv, 0, 2)
          if torch.le(n, SHORT):
            s = torch.matmul(torch.mul(q, SCALE), torch.transpose(k, 2, 3))  # (B, H, T, T)
            if padded:
              s = torch.masked_fill_(s, drop, -1e30)
            a = torch.matmul(torch.softmax(s, 3), v)                         # (B, H, T, D/H)
          elif padded:
            a = torch.scaled_dot_product_attention(q, k, v, keep)
          else:
            a = torch.scaled_dot_product_attention(q, k, v)
          a = torch.reshape(torch.transpose(a, 1, 2), [b, n, WIDTH])         # (B, T, D)
          x = (self).linear_add(a, w[o + 2], w[o + 3], x)
          x = torch.layer_norm(x, [WIDTH], w[o + 4], w[o + 5], EPSILON)
          h = (self).linear_gelu(x, w[o + 6], w[o + 7])                             # (B, T, I)
          x = (self).linear_add(h, w[o + 8], w[o + 9], x)
          x = torch.layer_norm(x, [WIDTH], w[o + 10], w[o + 11], EPSILON)
        return torch.to(x, 6)                                                # (B, T, D)
      def cls(self: __torch__.M, ids: Tensor, mask: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.select((self).states(ids, mask, w), 1, 0)                  # (B, D)
        return torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))
      def mean(self: __torch__.M, ids: Tensor, mask: Tensor, w: List[Tensor]) -> Tensor:
        m = torch.unsqueeze(torch.to(mask, 6), 2)                            # (B, T, 1)
        x = torch.sum(torch.mul((self).states(ids, mask, w), m), [1])        # (B, D)
        x = torch.div(x, torch.clamp_min(torch.sum(m, [1]), 1e-9))
        return torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))
      """;

  private static final Map<BertConfig, TorchProgram> PROGRAMS = new ConcurrentHashMap<>();

  private BertProgram() {}

  /** The program of these sizes, one for all encoders that have them. */
  static TorchProgram of(BertConfig config) {
    return PROGRAMS.computeIfAbsent(config, BertProgram::compose);
  }

  private static TorchProgram compose(BertConfig config) {
    int head = config.width() / config.heads();
    return TorchProgram.of(
        "bert",
        SOURCE
            .replace("LAYERS", Integer.toString(config.layers()))
            .replace("WIDTH", Integer.toString(config.width()))
            .replace("HEADS", Integer.toString(config.heads()))
            .replace("HEAD", Integer.toString(head))
            .replace("SCALE", Double.toString(1 / Math.sqrt(head)))
            .replace("SHORT", Integer.toString(SHORT))
            .replace("EPSILON", String.format(Locale.ROOT, "%.1e", config.epsilon())));
  }
}
