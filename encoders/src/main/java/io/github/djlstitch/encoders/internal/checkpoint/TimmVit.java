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

/** timm's vision transformers: ViT, DeiT and the hybrids behind a ResNet. */
record TimmVit(String name, JsonCard config) implements ImageArchitecture {
  @Override
  public boolean isBuiltIn() {
    return true;
  }

  @Override
  public ImagePreprocessing preprocessing(ModelFolder folder) {
    return ImagePreprocessing.timm(config);
  }

  @Override
  public VisionNetwork load(
      WeightSource tensors,
      ImageSize size,
      Readout readout,
      EncoderOptions options,
      NDManager manager) {
    VitConfig own = VitConfig.timm(config, tensors);
    return VisionTransformer.load(
        sized(own, size, options), readout, options.numbers(), tensors, manager);
  }

  /** Takes another size only if it was asked for: else a wrong preprocessing must be found. */
  static VitConfig sized(VitConfig own, ImageSize size, EncoderOptions options) {
    return options.imageSide().isPresent() ? own.at(size) : own;
  }
}
