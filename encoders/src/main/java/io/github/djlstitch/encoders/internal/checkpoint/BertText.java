// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.internal.weights.CheckpointNames;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.OptionalInt;

/** BERT and its relatives, told apart by {@link TextConfig.Family}. */
record BertText(String name, JsonCard config) implements TextArchitecture {
  @Override
  public boolean isBuiltIn() {
    return true;
  }

  @Override
  public Pooling defaultPooling() {
    return Pooling.CLS;
  }

  @Override
  public int positions() {
    return TextConfig.of(config).maxTokens();
  }

  @Override
  public OptionalInt layers() {
    return OptionalInt.of(TextConfig.of(config).layers());
  }

  @Override
  public TextNetwork load(
      WeightSource tensors, Readout readout, EncoderOptions options, NDManager manager) {
    return TextTransformer.load(
        TextConfig.of(config),
        readout,
        options.numbers(),
        CheckpointNames.of(tensors),
        options.scale(),
        manager);
  }
}
