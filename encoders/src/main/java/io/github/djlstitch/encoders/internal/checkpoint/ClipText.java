// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.ClipTextConfig;
import io.github.djlstitch.encoders.internal.text.ClipTextTransformer;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.OptionalInt;

/** The text tower of a CLIP. */
record ClipText(String name, JsonCard config) implements TextArchitecture {
  @Override
  public boolean isBuiltIn() {
    return true;
  }

  @Override
  public Pooling defaultPooling() {
    return Pooling.POOLER;
  }

  @Override
  public int positions() {
    return ClipTextConfig.of(config).positions();
  }

  // Its layers can be read, but layers are listed and scaled in the BERT family only.
  @Override
  public OptionalInt layers() {
    return OptionalInt.empty();
  }

  @Override
  public TextNetwork load(
      WeightSource tensors, Readout readout, EncoderOptions options, NDManager manager) {
    return ClipTextTransformer.load(
        ClipTextConfig.of(config), readout, options.numbers(), tensors, manager);
  }
}
