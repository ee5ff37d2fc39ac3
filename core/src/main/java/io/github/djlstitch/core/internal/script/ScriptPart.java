// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a TorchScript file: a class with its tensors and the parts inside it. Its method {@code
 * step(self, x, ...)} does its work; {@code (self).weights()} are its tensors there, {@code
 * List[Tensor]}, and {@code (self).partK} is the K-th part inside.
 *
 * @param name names it in the file, a letter and letters
 * @param inputs names of the tensors that {@code step} takes
 * @param methods TorchScript methods, not indented, of the class {@code __torch__.M}
 */
public record ScriptPart(
    String name,
    List<String> inputs,
    String methods,
    List<ScriptTensor> tensors,
    List<ScriptPart> parts) {
  /** The class's name in methods. */
  static final String SELF = "__torch__.M";

  private static final List<String> ONE = List.of("x");

  /** Takes copies of the lists. */
  public ScriptPart {
    inputs = List.copyOf(inputs);
    tensors = List.copyOf(tensors);
    parts = List.copyOf(parts);
  }

  /**
   * A map of rows.
   *
   * @param result expression of the result (B, E) from {@code x} (B, D) and the tensors {@code w}
   * @param methods further ones, which the expression may call
   */
  public static ScriptPart of(
      String name, String result, String methods, List<ScriptTensor> tensors) {
    return new ScriptPart(name, ONE, methods + step(ONE, result), tensors, List.of());
  }

  /** The method {@code step} that returns an expression of its inputs and the tensors {@code w}. */
  public static String step(List<String> inputs, String result) {
    return """
    def step(self: __torch__.M, %s) -> Tensor:
      w = (self).weights()
      return %s
    """
        .formatted(arguments(inputs), result);
  }

  /** One after the other; the first one's inputs are its inputs. */
  public static ScriptPart sequence(String name, List<ScriptPart> parts) {
    List<String> inputs = parts.get(0).inputs();
    String result = String.join(", ", inputs);
    for (int i = 0; i < parts.size(); i++) {
      result = "(self.part%d).step(%s)".formatted(i, result);
    }
    return new ScriptPart(name, inputs, step(inputs, result), List.of(), parts);
  }

  /** All of the same rows (B, D), their results side by side. */
  public static ScriptPart beside(String name, List<ScriptPart> parts) {
    List<String> results =
        IntStream.range(0, parts.size()).mapToObj("(self.part%d).step(x)"::formatted).toList();
    String result = "torch.cat([" + String.join(", ", results) + "], 1)"; // (B, K M)
    return new ScriptPart(name, ONE, step(ONE, result), List.of(), parts);
  }

  static String arguments(List<String> inputs) {
    List<String> typed = new ArrayList<>();
    inputs.forEach(input -> typed.add(input + ": Tensor"));
    return String.join(", ", typed);
  }
}
