// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One image to its numbers (1, 3, H, W), class scores (1, C) to probabilities. */
final class ImageTranslator implements Translator<ImageSource, Classifications> {
  private final ImagePreprocessing preprocessing;
  private final List<String> classes;

  ImageTranslator(ImagePreprocessing preprocessing, List<String> classes) {
    this.preprocessing = preprocessing;
    this.classes = List.copyOf(classes);
  }

  @Override
  public NDList processInput(TranslatorContext context, ImageSource image) {
    NDManager manager = context.getNDManager();
    var shape = new Shape(1, 3, preprocessing.height(), preprocessing.width());
    FloatBuffer numbers = FloatBuffer.allocate((int) shape.size());
    preprocessing.apply(image, numbers);
    return new NDList(manager.create(numbers.array(), shape)); // (1, 3, H, W)
  }

  @Override
  public Classifications processOutput(TranslatorContext context, NDList scores) {
    return new Classifications(classes, scores.singletonOrThrow().get(0).softmax(0)); // (C)
  }

  @Override
  public @Nullable Batchifier getBatchifier() {
    return null; // the image comes with its batch axis
  }
}
