// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import io.github.djlstitch.core.StitchException;

/** The non-linearity of a transformer's feed-forward layer. */
public enum Activation {
  /** x Phi(x) by the error function (Hendrycks and Gimpel 2016, arXiv:1606.08415). */
  GELU("linear_gelu"),
  /** Its approximation by tanh. */
  GELU_TANH("linear_tanh_gelu"),
  /** x sigmoid(1.702 x), as CLIP uses it. */
  QUICK_GELU("linear_quick_gelu");

  private final String method;

  Activation(String method) {
    this.method = method;
  }

  /**
   * The activation of a configuration file's name, where the tanh form has many.
   *
   * @throws StitchException (bad input) for any other activation
   */
  public static Activation of(String name) {
    return switch (name) {
      case "gelu", "gelu_python" -> GELU;
      case "gelu_new", "gelu_fast", "gelu_tanh", "gelu_pytorch_tanh", "gelu_python_tanh" ->
          GELU_TANH;
      case "gelu_accurate" -> GELU_TANH;
      case "quick_gelu", "quickgelu" -> QUICK_GELU;
      default ->
          throw StitchException.badInput(
              "activation '%s' is not supported; a vision transformer here has gelu,"
                  + " gelu_pytorch_tanh or quick_gelu",
              name);
    };
  }

  /** The program's method: a linear layer and this activation. */
  String method() {
    return method;
  }
}
