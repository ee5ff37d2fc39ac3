// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import java.util.List;

/**
 * A frozen encoder: inputs to vectors. Implementations are thread-safe and own native memory until
 * they are closed.
 */
public interface Encoder<I> extends AutoCloseable {
  /** The name in the zoo, for example {@code minilm}. */
  String id();

  /** Width D of the vectors. */
  int dimension();

  /**
   * Digest of everything that decides the vectors: weights, tokenizer, pooling, prefix, maximum
   * length and number type.
   */
  String sha256();

  /**
   * Encodes inputs. A row depends on its own input only, up to rounding.
   *
   * @param inputs N of them, none null; N may be 0
   * @return one row for each input, in the order of the inputs, shape (N, D), all finite
   * @throws io.github.djlstitch.core.StitchException (bad input) naming the input that is null,
   *     cannot be read or whose vector is not finite; (usage) if the encoder is closed
   */
  FloatMatrix encode(List<I> inputs);

  /** Frees the native memory; calls after the first do nothing. */
  @Override
  void close();
}
