// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import java.util.Optional;

/** Hugging Face's configuration of an image processor, in a file of its own. */
record ImageProcessor(JsonCard card) {
  private static final String OWN_FILE = "preprocessor_config.json";
  private static final String SHARED_FILE = "processor_config.json"; // of transformers 5 on
  private static final String IN_SHARED_FILE = "image_processor";

  /** Finds it. */
  static Optional<ImageProcessor> find(ModelFolder folder) {
    return folder.card(OWN_FILE).or(() -> shared(folder)).map(ImageProcessor::new);
  }

  private static Optional<JsonCard> shared(ModelFolder folder) {
    return folder
        .card(SHARED_FILE)
        .filter(card -> card.givesCard(IN_SHARED_FILE))
        .map(card -> card.card(IN_SHARED_FILE));
  }

  /**
   * Finds the one that must be there.
   *
   * @throws StitchException (bad input) if it is not
   */
  static ImageProcessor in(ModelFolder folder) {
    return find(folder)
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "model folder '%s' has no %s, which says how images are resized and"
                        + " normalized; get it too",
                    folder, OWN_FILE));
  }

  /** Reads the preprocessing, as the model type's own processor does it. */
  ImagePreprocessing preprocessing(String modelType) {
    return ImagePreprocessing.huggingFace(card, modelType);
  }
}
