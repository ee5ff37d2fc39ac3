// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.Attention;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Locale;

/**
 * Writes the LibTorch programs of the text encoders. Weights: some of the embeddings and of what
 * follows the layers, kept as they are, then 12 a layer once packed (16 before: query, key and
 * value apart). A program runs only the layers that are read, and each once.
 *
 * <p>The methods that differ between networks are arguments: {@code embeddings(ids, types, w)};
 * {@code bias(mask, t, w)}, which is added to the attention scores; {@code finish(x, w)} after the
 * layers; and {@code pooler(x, ids, w)}.
 */
final class TransformerProgram {
  // Numbers of a layer's states that go through at once: beyond, caches overflow. Measured with
  // 1600 tokens of a ViT-B.
  private static final int AT_ONCE = 1600 * 768;

  private static final String SOURCE =
      """
      def prepare(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
        t = int(dtype)
        p = annotate(List[Tensor], [])
        for j in range(FIRST):
          p = torch.append(p, w[j])
        for i in range(DEPTH):
          o = torch.add(FIRST, torch.mul(i, 16))
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
      def norm(self: __torch__.M, x: Tensor, w: List[Tensor], o: int) -> Tensor:
        return torch.layer_norm(x, [WIDTH], w[o], w[o + 1], EPSILON)
      def up(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        h = (self).HIDDEN(x, w, b)
        return ACTIVATION
      def padding(self: __torch__.M, mask: Tensor, t: int) -> Tensor:        # (B, 1, 1, T)
        drop = torch.mul(torch.to(torch.eq(mask, 0), t), MASKED)
        return torch.unsqueeze(torch.unsqueeze(drop, 1), 1)
      def ahead(self: __torch__.M, mask: Tensor) -> Tensor:                  # (T, T)
        i = torch.cumsum(torch.ones_like(torch.select(mask, 0, 0)), 0)
        return torch.sub(torch.unsqueeze(i, 1), torch.unsqueeze(i, 0))
      def start(self: __torch__.M, x: Tensor, tokens: int) -> Tensor:
        return torch.contiguous(torch.slice(x, 1, 0, tokens))
      def batch(self: __torch__.M, ids: Tensor, mask: Tensor, types: Tensor, w: List[Tensor]) -> Tensor:
        b = torch.size(ids, 0)
        most = ops.prim.max(torch.floordiv(AT_ONCE, torch.size(ids, 1)), 1)
        parts = torch.floordiv(b + most - 1, most)
        rows = torch.floordiv(b + parts - 1, parts)
        y = annotate(List[Tensor], [])
        for i in range(parts):
          part = types
          if torch.gt(torch.size(types, 0), 1):
            part = torch.slice(types, 0, i * rows, (i + 1) * rows)
          some = torch.slice(ids, 0, i * rows, (i + 1) * rows)
          shown = torch.slice(mask, 0, i * rows, (i + 1) * rows)
          y = torch.append(y, (self).vectors(some, shown, part, w))
        return torch.cat(y, 0)                                               # (B, D)
      def layers(self: __torch__.M, x: Tensor, mask: Tensor, first: int, count: int, w: List[Tensor]) -> Tensor:
        if torch.gt(count, 0):
          t = ops.prim.dtype(w[FIRST + 1])
          x = torch.to(x, t)
          biased = ALWAYS_BIASED
          if bool(torch.any(torch.eq(mask, 0))):
            biased = True
          bias = x
          if biased:
            bias = (self).bias(mask, t, w)                                   # (B, H, T, T)
          read = torch.size(mask, 1)
          for j in range(count):
            i = torch.add(first, j)
            o = torch.add(FIRST, torch.mul(i, 12))
            if torch.eq(i, DEPTH - 1):
              read = READ
      LAYER
        return x
      def states(self: __torch__.M, ids: Tensor, mask: Tensor, types: Tensor, w: List[Tensor]) -> Tensor:
        x = (self).embeddings(ids, types, w)                                        # (B, T, D)
        x = (self).layers(x, mask, 0, DEPTH, w)
        return (self).finish(torch.to(x, 6), w)
      def pooled(self: __torch__.M, x: Tensor, ids: Tensor, mask: Tensor, w: List[Tensor]) -> Tensor:
        POOL
        UNIT
      def vectors(self: __torch__.M, ids: Tensor, mask: Tensor, types: Tensor, w: List[Tensor]) -> Tensor:
      VECTORS
      """;

  private static final String ONE_LAYER =
      """
      return (self).pooled((self).states(ids, mask, types, w), ids, mask, w)
      """;

  // The states behind the last layer are those that the network returns.
  private static final String EVERY_LAYER =
      """
      x = (self).embeddings(ids, types, w)                                   # (B, T, D)
      y = torch.append(annotate(List[Tensor], []), (self).pooled(x, ids, mask, w))
      for i in range(DEPTH - 1):
        x = (self).layers(x, mask, i, 1, w)
        y = torch.append(y, (self).pooled(torch.to(x, 6), ids, mask, w))
      x = (self).finish(torch.to((self).layers(x, mask, DEPTH - 1, 1, w), 6), w)
      y = torch.append(y, (self).pooled(x, ids, mask, w))
      return torch.cat(y, 1)                                                 # (B, (L + 1) D)
      """;

  private static final String NORM_BEHIND =
      """
      a = (self).attention(x, read, biased, bias, w[o], w[o + 1])            # (B, T, D)
      x = (self).linear_add(a, w[o + 2], w[o + 3], (self).start(x, read))
      x = (self).norm(x, w, o + 4)
      h = (self).up(x, w[o + 6], w[o + 7])                                   # (B, T, I)
      x = (self).norm((self).linear_add(h, w[o + 8], w[o + 9], x), w, o + 10)
      """;

  private static final String NORM_FIRST =
      """
      a = (self).attention((self).norm(x, w, o + 10), read, biased, bias, w[o], w[o + 1])
      x = (self).linear_add(a, w[o + 2], w[o + 3], (self).start(x, read))
      h = (self).up((self).norm(x, w, o + 4), w[o + 6], w[o + 7])            # (B, T, I)
      x = (self).linear_add(h, w[o + 8], w[o + 9], x)
      """;

  private TransformerProgram() {}

  /**
   * The sizes that the shared methods need.
   *
   * @param first number of weights before those of the layers
   * @param normFirst true for norms before attention and feed-forward, false for norms after them
   * @param alwaysBiased true if attention scores get a bias even without padding
   */
  record Layers(
      int first,
      int width,
      int heads,
      double epsilon,
      Activation activation,
      boolean normFirst,
      boolean alwaysBiased) {}

  /**
   * The program, one for all networks whose programs read the same.
   *
   * @param depth number of layers to run
   * @param methods those that differ between networks, with the placeholders of this class
   */
  static TorchProgram of(String name, Layers layers, int depth, Readout readout, String methods) {
    requirePoolable(readout);
    String layer = (layers.normFirst() ? NORM_FIRST : NORM_BEHIND).indent(6);
    String vectors = (readout.everyLayer() ? EVERY_LAYER : ONE_LAYER).indent(2);
    return TorchProgram.shared(
        name,
        (SOURCE + Attention.method(layers.width(), layers.heads()) + TokenPooling.METHODS + methods)
            .replace("LAYER\n", layer)
            .replace("VECTORS\n", vectors)
            .replace("READ", firstAlone(layers, readout) ? "1" : "read")
            .replace("AT_ONCE", Integer.toString(Math.max(1, AT_ONCE / layers.width())))
            .replace("ALWAYS_BIASED", layers.alwaysBiased() ? "True" : "False")
            .replace("HIDDEN", linear(layers.activation()))
            .replace("ACTIVATION", activation(layers.activation()))
            .replace("POOL", "x = " + TokenPooling.expression(readout.pooling()))
            .replace("UNIT", TokenPooling.result(readout.unitLength()))
            .replace("FIRST", Integer.toString(layers.first()))
            .replace("DEPTH", Integer.toString(depth))
            .replace("WIDTH", Integer.toString(layers.width()))
            .replace("MASKED", TokenPooling.MASKED)
            .replace("EPSILON", String.format(Locale.ROOT, "%.9e", layers.epsilon())));
  }

  private static void requirePoolable(Readout readout) {
    if (readout.everyLayer() && readout.pooling() == Pooling.POOLER) {
      throw StitchException.usage(
          "pooling 'pooler' reads the last layer but all layers were requested; use cls or mean");
    }
  }

  // Then the last layer computes one token of each sequence: nothing reads the others.
  private static boolean firstAlone(Layers layers, Readout readout) {
    return readout.pooling() == Pooling.CLS
        || (readout.pooling() == Pooling.POOLER && !layers.normFirst());
  }

  private static String linear(Activation activation) {
    return switch (activation) {
      case GELU -> "linear_gelu";
      case GELU_TANH -> "linear_tanh_gelu";
      case QUICK_GELU, RELU -> "linear";
    };
  }

  // What the layer before does not have built in.
  private static String activation(Activation activation) {
    return switch (activation) {
      case GELU, GELU_TANH -> "h";
      case QUICK_GELU -> "torch.mul_(h, torch.sigmoid_(torch.mul(h, 1.702)))";
      case RELU -> "torch.relu_(h)";
    };
  }
}
