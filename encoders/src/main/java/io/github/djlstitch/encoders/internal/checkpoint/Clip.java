// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.OptionalInt;

/** A whole CLIP: a tower of texts and one of images, into one space. */
record Clip(ClipText texts, ClipVision images) implements TextArchitecture, ImageArchitecture {
  Clip(String name, JsonCard config) {
    this(new ClipText(name, config), new ClipVision(name, config));
  }

  @Override
  public String name() {
    return texts.name();
  }

  @Override
  public boolean isBuiltIn() {
    return true;
  }

  @Override
  public Modality modality() {
    return Modality.TEXT_AND_IMAGE;
  }

  @Override
  public Pooling defaultPooling() {
    return texts.defaultPooling();
  }

  @Override
  public int positions() {
    return texts.positions();
  }

  @Override
  public OptionalInt layers() {
    return texts.layers();
  }

  @Override
  public TextNetwork load(
      WeightSource tensors, Readout readout, EncoderOptions options, NDManager manager) {
    return texts.load(tensors, readout, options, manager);
  }

  @Override
  public ImagePreprocessing preprocessing(ModelFolder folder) {
    return images.preprocessing(folder);
  }

  @Override
  public VisionNetwork load(
      WeightSource tensors,
      ImageSize size,
      Readout readout,
      EncoderOptions options,
      NDManager manager) {
    return images.load(tensors, size, readout, options, manager);
  }
}
