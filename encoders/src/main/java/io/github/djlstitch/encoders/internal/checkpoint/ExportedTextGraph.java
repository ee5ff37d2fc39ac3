// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.OptionalInt;

/** A network of texts that is not built in and comes as an exported graph. */
record ExportedTextGraph(String name, JsonCard config) implements TextArchitecture {
  private static final int POSITIONS = 512; // where the configuration says nothing

  @Override
  public boolean isBuiltIn() {
    return false;
  }

  @Override
  public Pooling defaultPooling() {
    return Pooling.CLS;
  }

  @Override
  public int positions() {
    return config.gives("max_position_embeddings")
        ? config.size("max_position_embeddings")
        : POSITIONS;
  }

  @Override
  public OptionalInt layers() {
    return OptionalInt.empty();
  }

  @Override
  public TextNetwork load(
      WeightSource tensors, Readout readout, EncoderOptions options, NDManager manager) {
    throw new IllegalStateException("'" + name + "' is not built in; it has a graph only");
  }
}
