// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.Pooling;

/**
 * The methods that differ between the BERT family's programs. First weights: word embeddings,
 * positions, norm weight and bias; then, where there are such, token types, projection weight and
 * bias, relative bias, pooler weight and bias.
 */
final class TextPrograms {
  /** Rows of MPNet's table of relative biases: 16 distances, either way. */
  static final int BUCKETS = 32;

  private static final String EMBEDDINGS =
      """
      def embeddings(self: __torch__.M, ids: Tensor, types: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.embedding(w[0], ids)                                       # (B, T, E)
        x = TYPED
        x = torch.add(x, (self).positions(ids, w[1]))
        x = torch.layer_norm(x, [EMBEDDING], w[2], w[3], EPSILON)
        return PROJECTED
      def finish(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        return x
      def pooler(self: __torch__.M, x: Tensor, ids: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.select(x, 1, 0)                                            # (B, D)
        return torch.tanh(torch.linear(x, w[FIRST - 2], w[FIRST - 1]))
      """;

  private static final String POSITIONS =
      """
      def positions(self: __torch__.M, ids: Tensor, p: Tensor) -> Tensor:    # (T, E)
        return torch.slice(p, 0, 0, torch.size(ids, 1))
      """;

  // By the padding id, not by the mask: padding is never counted, wherever it is.
  private static final String POSITIONS_AFTER_PADDING =
      """
      def positions(self: __torch__.M, ids: Tensor, p: Tensor) -> Tensor:    # (B, T, E)
        token = torch.to(torch.ne(ids, PAD_ID), 4)
        i = torch.mul(torch.cumsum(token, 1), token)
        return torch.embedding(p, torch.add(i, PAD_ID))
      """;

  private static final String PADDING_BIAS =
      """
      def bias(self: __torch__.M, mask: Tensor, t: int, w: List[Tensor]) -> Tensor:
        return (self).padding(mask, t)                                       # (B, 1, 1, T)
      """;

  // Raffel et al. 2020, arXiv:1910.10683, section 2.1: distances below 8 have a bucket each, then
  // buckets grow logarithmically up to 128; the limits are where the logarithm passes an integer.
  private static final String RELATIVE_BIAS =
      """
      def bias(self: __torch__.M, mask: Tensor, t: int, w: List[Tensor]) -> Tensor:
        d = (self).ahead(mask)                                               # (T, T)
        a = torch.abs(d)
        j = torch.clamp_max(a, 8)
        for limit in [12, 16, 23, 32, 46, 64, 91]:
          j = torch.add(j, torch.ge(a, limit))
        j = torch.add(j, torch.mul(torch.lt(d, 0), 16))
        r = torch.permute(torch.embedding(w[RELATIVE], j), [2, 0, 1])        # (H, T, T)
        return torch.add(torch.to(torch.unsqueeze(r, 0), t), (self).padding(mask, t))
      """;

  private TextPrograms() {}

  static TorchProgram of(TextConfig config, Readout readout) {
    boolean relative = config.family().hasRelativeBias();
    boolean projected = config.embeddingWidth() != config.width();
    int afterTypes = config.types() > 0 ? 5 : 4;
    int afterProjection = afterTypes + (projected ? 2 : 0);
    int pooler = readout.pooling() == Pooling.POOLER ? 2 : 0;
    var layers =
        new TransformerProgram.Layers(
            afterProjection + (relative ? 1 : 0) + pooler,
            config.width(),
            config.heads(),
            config.epsilon(),
            config.activation(),
            false,
            relative);
    String methods =
        (EMBEDDINGS
                + (config.family().skipsPadding() ? POSITIONS_AFTER_PADDING : POSITIONS)
                + (relative ? RELATIVE_BIAS : PADDING_BIAS))
            .replace(
                "TYPED", config.types() > 0 ? "torch.add(x, torch.embedding(w[4], types))" : "x")
            .replace("PROJECTED", projected ? linear(afterTypes) : "x")
            .replace("RELATIVE", Integer.toString(afterProjection))
            .replace("EMBEDDING", Integer.toString(config.embeddingWidth()))
            .replace("PAD_ID", Integer.toString(config.padId()));
    return TransformerProgram.of(
        config.family().name(), layers, readout.layerOf(config.layers()), readout, methods);
  }

  private static String linear(int at) {
    return "torch.linear(x, w[%d], w[%d])".formatted(at, at + 1);
  }
}
