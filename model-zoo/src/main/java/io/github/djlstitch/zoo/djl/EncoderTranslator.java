// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.stitch.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Inputs of DJL programs to vectors (B, D) by an encoder, vectors to heap arrays. Thread-safe as
 * the encoder.
 */
final class EncoderTranslator<I, T> implements NoBatchifyTranslator<I, float[]> {
  private final Encoder<T> encoder;
  private final Function<I, T> reader;

  EncoderTranslator(Encoder<T> encoder, Function<I, T> reader) {
    this.encoder = encoder;
    this.reader = reader;
  }

  @Override
  public NDList processInput(TranslatorContext context, I input) {
    return batchProcessInput(context, List.of(input));
  }

  @Override
  public NDList batchProcessInput(TranslatorContext context, List<I> inputs) {
    FloatMatrix vectors = encoder.encode(inputs.stream().map(reader).toList());
    var shape = new Shape(vectors.rows(), vectors.columns());
    return new NDList(context.getNDManager().create(vectors.toArray(), shape)); // (B, D)
  }

  @Override
  public float[] processOutput(TranslatorContext context, NDList vectors) {
    return vectors.singletonOrThrow().toFloatArray(); // (1, D)
  }

  @Override
  public List<float[]> batchProcessOutput(TranslatorContext context, NDList vectors) {
    NDArray all = vectors.singletonOrThrow(); // (B, D)
    List<float[]> rows = new ArrayList<>();
    for (long i = 0; i < all.getShape().get(0); i++) {
      rows.add(all.get(i).toFloatArray()); // (D)
    }
    return rows;
  }
}
