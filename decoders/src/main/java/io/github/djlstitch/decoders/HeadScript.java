// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.ScriptTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the layers of a head as a part of a TorchScript file, one after the other; vectors are
 * matrices of one row. The constants are those of DJL's layers.
 */
final class HeadScript {
  private final StringBuilder lines = new StringBuilder();
  private final List<ScriptTensor> tensors = new ArrayList<>();

  HeadScript linear(FloatMatrix weight, FloatMatrix bias) {
    int at = add(weight, bias);
    return line("torch.linear(x, w[%d], torch.flatten(w[%d]))".formatted(at, at + 1));
  }

  HeadScript layerNorm(FloatMatrix gamma, FloatMatrix beta) {
    int at = add(gamma, beta);
    return line(
        "torch.layer_norm(x, [%d], torch.flatten(w[%d]), torch.flatten(w[%d]), 1e-05)"
            .formatted(gamma.columns(), at, at + 1));
  }

  /** Batch norm by the statistics of training. */
  HeadScript normalized(FloatMatrix mean, FloatMatrix variance) {
    int at = add(mean, variance);
    return line(
        "torch.mul(torch.sub(x, w[%d]), torch.rsqrt(torch.add(w[%d], 1e-05)))"
            .formatted(at, at + 1));
  }

  /** Rows to length 1; a zero row stays zero. */
  HeadScript unit() {
    return line("torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))");
  }

  HeadScript silu() {
    return line("torch.silu(x)");
  }

  HeadScript tanh() {
    return line("torch.tanh(x)");
  }

  HeadScript relu() {
    return line("torch.relu(x)");
  }

  /** All layers so far: (B, width) to (B, C). */
  ScriptPart part() {
    String step =
        "def step(self: __torch__.M, x: Tensor) -> Tensor:\n  w = (self).weights()\n"
            + lines
            + "  return x\n";
    return new ScriptPart("Head", List.of("x"), step, tensors, List.of());
  }

  private int add(FloatMatrix first, FloatMatrix second) {
    tensors.add(ScriptTensor.of(first));
    tensors.add(ScriptTensor.of(second));
    return tensors.size() - 2;
  }

  private HeadScript line(String expression) {
    lines.append("  x = ").append(expression).append('\n');
    return this;
  }
}
