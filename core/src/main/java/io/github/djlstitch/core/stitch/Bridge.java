// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.align.Asif;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A map from one encoder's vectors to the inputs of another encoder's decoder. Immutable and
 * thread-safe.
 *
 * @param map vectors as the encoder gave them (N, D) to the decoder's inputs (N, width)
 * @param parameters how many numbers it takes, those of both halves together
 * @param diagnostics named numbers about it, for reports
 * @param script the map as a part of a TorchScript file; refuses methods that have none
 */
record Bridge(
    UnaryOperator<FloatMatrix> map,
    long parameters,
    Map<String, Double> diagnostics,
    Supplier<ScriptPart> script) {
  /** Takes a copy of the diagnostics. */
  public Bridge {
    diagnostics = Map.copyOf(diagnostics);
  }

  /**
   * The map that a pairwise method fits on the standardized anchors of two spaces: from
   * standardized vectors (N, D) to directions of the other space (N, E).
   *
   * @param from anchors in the first space, shape (M, D)
   * @param to the same anchors in the second space, in the same order, shape (M, E)
   * @param options numbers that methods read, such as the weight of {@link Method#RIDGE}
   * @throws StitchException (usage) if the method is not pairwise; (bad input) if the anchors are
   *     not equally many or a value is not finite
   */
  static Bridge fitted(Method method, FloatMatrix from, FloatMatrix to, BridgeOptions options) {
    if (method == Method.ASIF) {
      var asif = Asif.of(from, to, Asif.Options.defaults());
      long parameters = (long) from.rows() * (from.columns() + to.columns());
      return new Bridge(asif::translate, parameters, Map.of(), Bridge::noScript);
    }
    Alignment alignment = aligner(method, options).fit(from, to);
    Map<String, Double> numbers = new HashMap<>(alignment.diagnostics());
    if (method == Method.RIDGE) {
      numbers.put(Diagnostics.LAMBDA, options.lambda(method));
    }
    return new Bridge(alignment::apply, alignment.parameters(), numbers, alignment::script);
  }

  private static ScriptPart noScript() {
    throw StitchException.usage(
        "method '%s' cannot be exported, because it picks the nearest anchors of each sample;"
            + " choose another method",
        Method.ASIF.id());
  }

  private static Aligner aligner(Method method, BridgeOptions options) {
    return switch (method) {
      case PROCRUSTES -> Aligner.spannedProcrustes();
      case LINEAR -> Aligner.leastSquares();
      case L_ORTHO -> Aligner.spannedLeastSquaresOrthogonal();
      case RIDGE -> Aligner.ridge(options.lambda(method));
      case AFFINE -> Aligner.affineRidgeLeaveOneOut();
      default ->
          throw StitchException.usage(
              "method '%s' is not fitted on a pair of spaces; choose %s",
              method.id(), Method.ids(Method.Family.PAIRWISE));
    };
  }

  /** Carries vectors over. */
  FloatMatrix apply(FloatMatrix vectors) {
    return map.apply(vectors);
  }
}
