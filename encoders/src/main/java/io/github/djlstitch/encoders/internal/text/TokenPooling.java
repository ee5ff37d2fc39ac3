// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDArray;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.encoders.options.Pooling;

/** Token states (B, T, D) to vectors (B, D), as a part of programs and on its own. */
public final class TokenPooling {
  // Finite, so that a row without any token to attend to gives numbers and not NaN.
  static final String MASKED = "-1e30";

  static final String METHODS =
      """
      def average(self: __torch__.M, x: Tensor, m: Tensor, power: float) -> Tensor:
        m = torch.unsqueeze(torch.to(m, 6), 2)                               # (B, T, 1)
        x = torch.sum(torch.mul(x, m), [1])                                  # (B, D)
        return torch.div(x, torch.pow(torch.clamp_min(torch.sum(m, [1]), 1e-9), power))
      def largest(self: __torch__.M, x: Tensor, mask: Tensor) -> Tensor:
        drop = torch.unsqueeze(torch.eq(mask, 0), 2)                         # (B, T, 1)
        return torch.amax(torch.masked_fill(x, drop, MASKED), [1])
      def order(self: __torch__.M, mask: Tensor) -> Tensor:                  # 1 to T, 0 at padding
        i = torch.cumsum(torch.ones_like(mask), 1)
        return torch.mul(i, torch.ne(mask, 0))
      def at(self: __torch__.M, x: Tensor, i: Tensor) -> Tensor:             # x[b, i[b]]
        i = torch.expand(torch.view(i, [-1, 1, 1]), [-1, 1, torch.size(x, 2)])
        return torch.select(torch.gather(x, 1, i), 1, 0)
      """;

  private TokenPooling() {}

  /**
   * Pools the states of an exported network.
   *
   * @param states shape (B, T, D), float32
   * @param mask shape (B, T), int64: 0 at padding, 2 at special tokens, 1 at the text's own
   * @param pooling any but {@code POOLER} and {@code OWN}, which need more than the states
   * @return shape (B, D), owned by the manager of the states
   */
  public static NDArray pool(NDArray states, NDArray mask, Pooling pooling, boolean unitLength) {
    if (pooling == Pooling.POOLER) {
      throw StitchException.usage(
          "pooling 'pooler' needs a layer that this network does not have; use cls or" + " mean");
    }
    return program(pooling, unitLength).call("pooled", states, mask);
  }

  /** The vectors scaled to length 1; shape (B, D), owned by their manager. */
  public static NDArray unitLength(NDArray vectors) {
    return program(Pooling.CLS, true).call("scaled", vectors);
  }

  private static TorchProgram program(Pooling pooling, boolean unitLength) {
    String own =
        """
        def pooled(self: __torch__.M, x: Tensor, mask: Tensor) -> Tensor:
          x = EXPRESSION
          RESULT
        def scaled(self: __torch__.M, x: Tensor) -> Tensor:
          RESULT
        """;
    return TorchProgram.shared(
        "pooling",
        (METHODS + own)
            .replace("EXPRESSION", expression(pooling))
            .replace("RESULT", result(unitLength))
            .replace("MASKED", MASKED));
  }

  /** Returns the program's expression of {@code x} (B, D) from the states {@code x} (B, T, D). */
  static String expression(Pooling pooling) {
    return switch (pooling) {
      case CLS -> "torch.select(x, 1, 0)";
      case MEAN -> "(self).average(x, torch.ne(mask, 0), 1.)";
      case CONTENT_MEAN -> "(self).average(x, torch.eq(mask, 1), 1.)";
      case MAX -> "(self).largest(x, mask)";
      case MEAN_SQRT_LEN -> "(self).average(x, torch.ne(mask, 0), 0.5)";
      case WEIGHTED_MEAN -> "(self).average(x, (self).order(mask), 1.)";
      case LAST -> "(self).at(x, torch.argmax((self).order(mask), 1))";
      case POOLER -> "(self).pooler(x, ids, w)";
      case OWN ->
          throw StitchException.usage(
              "a text network has no pooling of its own; choose cls, mean or another");
    };
  }

  /** The statement that returns the vectors {@code x}. */
  static String result(boolean unitLength) {
    return "return " + (unitLength ? "(self).unit(x)" : "x");
  }
}
