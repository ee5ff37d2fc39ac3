// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.djl;

import ai.djl.Model;
import ai.djl.repository.zoo.ZooModel;
import io.github.djlstitch.core.stitch.Encoder;
import java.util.function.Function;

/**
 * A DJL model that owns an encoder. The encoder runs inside the translator, with its own batches;
 * the model's block passes the vectors on.
 */
final class EncoderModel<I, T> extends ZooModel<I, float[]> {
  private final Encoder<T> encoder;

  EncoderModel(Model model, Encoder<T> encoder, Function<I, T> reader) {
    super(model, new EncoderTranslator<>(encoder, reader));
    this.encoder = encoder;
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      encoder.close();
    }
  }
}
