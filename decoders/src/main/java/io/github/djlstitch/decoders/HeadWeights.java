// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Map;

/** The weights of a head on the heap, and what they compute. Immutable. */
sealed interface HeadWeights permits LinearWeights, MlpWeights {
  /** Inputs (N, width) to class scores (N, C). */
  FloatMatrix decode(FloatMatrix inputs);

  /** Width of the input. */
  int width();

  /** Number of outputs C. */
  int classes();

  /** The tensors under the names they are saved by; vectors are matrices of one row. */
  Map<String, FloatMatrix> tensors();
}
