// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;

/** An architecture that encodes images. */
sealed interface ImageArchitecture extends Architecture
    permits TimmVit, TimmRexNet, HuggingFaceVit, ClipVision, Clip, ExportedImageGraph {
  @Override
  default Modality modality() {
    return Modality.IMAGE;
  }

  /**
   * Reads how images become the network's input.
   *
   * @param folder with the image processor's file, for those that have one
   */
  ImagePreprocessing preprocessing(ModelFolder folder);

  /**
   * Loads the built-in network.
   *
   * @param tensors the checkpoint's
   * @param size of the images that the preprocessing makes
   * @param manager owns the weights
   * @throws io.github.djlstitch.core.StitchException (bad input) if tensors and configuration do
   *     not fit, (usage) if the network cannot be read in that way
   */
  VisionNetwork load(
      WeightSource tensors,
      ImageSize size,
      Readout readout,
      EncoderOptions options,
      NDManager manager);
}
