// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;

/** Poolings that vision transformers use themselves, from tokens (B, T, D) to vectors (B, D). */
public enum TokenPool {
  /** The class token. */
  TOKEN("x = torch.select(x, 1, 0)"),
  /** The mean of the class and the distillation token. */
  PREFIX_MEAN("x = torch.mean(torch.slice(x, 1, 0, PREFIX), [1])"),
  /** The mean of the patch tokens. */
  AVERAGE("x = torch.mean(torch.slice(x, 1, PREFIX, TOKENS), [1])"),
  /** The largest value over the patch tokens, in each dimension. */
  MAX("x = torch.amax(torch.slice(x, 1, PREFIX, TOKENS), [1])"),
  /** Half the sum of the mean and the largest value. */
  AVERAGE_MAX(
      "x = torch.slice(x, 1, PREFIX, TOKENS)\n"
          + "x = torch.mul(torch.add(torch.mean(x, [1]), torch.amax(x, [1])), 0.5)");

  private final String source;

  TokenPool(String source) {
    this.source = source;
  }

  /**
   * The pool of timm's name for it.
   *
   * @throws StitchException (bad input) for a pool with weights of its own, or none
   */
  static TokenPool timm(String name) {
    return switch (name) {
      case "token" -> TOKEN;
      case "avg" -> AVERAGE;
      case "max" -> MAX;
      case "avgmax" -> AVERAGE_MAX;
      default ->
          throw StitchException.badInput(
              "global_pool '%s' is not supported; expected token, avg, max or avgmax", name);
    };
  }

  /** Returns true if the pooling uses the prefix tokens only, and no patch token. */
  boolean prefixOnly() {
    return this == TOKEN || this == PREFIX_MEAN;
  }

  /** The program's lines: {@code x} (B, T, D) becomes {@code x} (B, D). */
  String source() {
    return source;
  }
}
