// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.internal.data.DecodedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A stitched classifier as a DJL model, which owns it. The classifier runs inside the translator,
 * with its own batches; the model's block passes the probabilities on.
 *
 * @param <I> what DJL programs give
 * @param <T> what the encoder reads
 */
final class StitchedModel<I, T> extends ZooModel<I, Classifications> {
  private final StitchedClassifier<T> classifier;

  private StitchedModel(Model model, StitchedClassifier<T> classifier, Function<I, T> reader) {
    super(model, new ClassifierTranslator<>(classifier, reader));
    this.classifier = classifier;
  }

  /** A model of texts. */
  static ZooModel<String, Classifications> texts(StitchedClassifier<String> classifier) {
    return of(classifier, text -> text);
  }

  /** A model of DJL's images. */
  static ZooModel<Image, Classifications> images(StitchedClassifier<ImageSource> classifier) {
    return of(classifier, DecodedImage::of);
  }

  private static <I, T> ZooModel<I, Classifications> of(
      StitchedClassifier<T> classifier, Function<I, T> reader) {
    Model model = Model.newInstance(classifier.encoder().id(), Device.cpu(), "PyTorch");
    model.setBlock(Blocks.identityBlock());
    return new StitchedModel<>(model, classifier, reader);
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      classifier.close();
    }
  }

  /** Inputs to probabilities (B, C) by the classifier. Thread-safe as the classifier. */
  private record ClassifierTranslator<I, T>(StitchedClassifier<T> classifier, Function<I, T> reader)
      implements NoBatchifyTranslator<I, Classifications> {
    @Override
    public NDList processInput(TranslatorContext context, I input) {
      return batchProcessInput(context, List.of(input));
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<I> inputs) {
      FloatMatrix shares = classifier.probabilities(inputs.stream().map(reader).toList());
      var shape = new Shape(shares.rows(), shares.columns());
      return new NDList(context.getNDManager().create(shares.toArray(), shape)); // (B, C)
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList shares) {
      return batchProcessOutput(context, shares).get(0);
    }

    @Override
    public List<Classifications> batchProcessOutput(TranslatorContext context, NDList shares) {
      NDArray all = shares.singletonOrThrow(); // (B, C)
      List<Classifications> results = new ArrayList<>();
      for (long i = 0; i < all.getShape().get(0); i++) {
        results.add(new Classifications(classifier.classes(), all.get(i))); // (C)
      }
      return results;
    }
  }
}
