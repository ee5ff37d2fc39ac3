// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;

/** A network of images that is not built in and comes as an exported graph. */
record ExportedImageGraph(String name) implements ImageArchitecture {
  @Override
  public boolean isBuiltIn() {
    return false;
  }

  @Override
  public ImagePreprocessing preprocessing(ModelFolder folder) {
    return ImageProcessor.in(folder).preprocessing(name);
  }

  @Override
  public VisionNetwork load(
      WeightSource tensors,
      ImageSize size,
      Readout readout,
      EncoderOptions options,
      NDManager manager) {
    throw new IllegalStateException("'" + name + "' is not built in; it has a graph only");
  }
}
