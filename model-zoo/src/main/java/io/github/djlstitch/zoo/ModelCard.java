// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.file.Sha256;
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.text.TextConfig;

/**
 * An encoder of the zoo: where its files come from and how it is to be used.
 *
 * @param name what the user types
 * @param weights ONNX file on the class path whose initialisers are the weights
 * @param tokenizer {@code tokenizer.json} on the class path
 * @param config sizes of the network
 * @param pooling token states to vector
 * @param prefix put before every text; may be empty
 * @param maxTokens longest sequence, special tokens included
 * @param languages what it was trained on
 * @param licence SPDX identifier of the weights' licence
 * @param origin where the weights were published
 * @param source which artifact brings the files
 */
public record ModelCard(
    String name,
    Resource weights,
    Resource tokenizer,
    TextConfig config,
    Pooling pooling,
    String prefix,
    int maxTokens,
    String languages,
    String licence,
    String origin,
    String source) {
  // Raised when the program computes other values than before.
  private static final int PROGRAM_VERSION = 1;

  /**
   * A file on the class path.
   *
   * @param name its path there
   * @param sha256 digest of its bytes
   */
  public record Resource(String name, String sha256) {}

  /** Width D of the vectors. */
  public int width() {
    return config.width();
  }

  /** Digest of everything that decides the vectors in that number type. */
  public String sha256(NumberType numbers) {
    return Sha256.builder()
        .add(PROGRAM_VERSION)
        .add(weights.sha256())
        .add(tokenizer.sha256())
        .add(pooling.id())
        .add(prefix)
        .add(maxTokens)
        .add(numbers.id())
        .hex();
  }
}
