// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.internal.vision.VisionTransformer;
import io.github.djlstitch.encoders.internal.vision.VitConfig;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;

/** Hugging Face's vision transformers, ViT and DeiT. */
record HuggingFaceVit(String name, JsonCard config) implements ImageArchitecture {
  @Override
  public boolean isBuiltIn() {
    return true;
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
    VitConfig sized = TimmVit.sized(VitConfig.huggingFace(config), size, options);
    return VisionTransformer.load(sized, readout, options.numbers(), tensors, manager);
  }
}
