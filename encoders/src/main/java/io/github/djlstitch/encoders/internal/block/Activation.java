// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.block;

import java.util.Map;

/** The function between the two feed-forward layers of a transformer. */
public enum Activation {
  /** Exact GELU: x times the normal distribution function of x. */
  GELU,
  /** GELU by its tanh approximation (Hendrycks and Gimpel 2016, arXiv:1606.08415). */
  GELU_TANH,
  /** x times the logistic function of 1.702 x, as in CLIP. */
  QUICK_GELU,
  /** max(x, 0). */
  RELU;

  /** By the names that a Hugging Face {@code config.json} uses. */
  public static final Map<String, Activation> BY_NAME =
      Map.of(
          "gelu", GELU,
          "gelu_python", GELU,
          "gelu_new", GELU_TANH,
          "gelu_fast", GELU_TANH,
          "gelu_accurate", GELU_TANH,
          "gelu_tanh", GELU_TANH,
          "gelu_pytorch_tanh", GELU_TANH,
          "gelu_python_tanh", GELU_TANH,
          "quick_gelu", QUICK_GELU,
          "relu", RELU);
}
