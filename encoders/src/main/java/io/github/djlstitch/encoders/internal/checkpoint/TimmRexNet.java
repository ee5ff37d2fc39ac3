// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.RexNet;
import io.github.djlstitch.encoders.internal.vision.RexNetConfig;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;

/** timm's ReXNets, which read images of any size. */
record TimmRexNet(String name, JsonCard config) implements ImageArchitecture {
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
    RexNetConfig sized = RexNetConfig.timm(config).at(size);
    return RexNet.load(sized, readout, options.numbers(), tensors, manager);
  }
}
