// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.OptionalInt;

/** An architecture that encodes texts. */
sealed interface TextArchitecture extends Architecture
    permits BertText, ClipText, Clip, ExportedTextGraph {
  @Override
  default Modality modality() {
    return Modality.TEXT;
  }

  /** The pooling where neither the user nor the folder says anything. */
  Pooling defaultPooling();

  /** The longest sequence, in tokens. */
  int positions();

  /** The number of layers, if {@code --layer} may choose among them and scale their states. */
  OptionalInt layers();

  /**
   * Loads the built-in network.
   *
   * @param tensors the checkpoint's
   * @param manager owns the weights
   * @throws io.github.djlstitch.core.StitchException (bad input) if tensors and configuration do
   *     not fit, (usage) if the network cannot be read in that way
   */
  TextNetwork load(
      WeightSource tensors, Readout readout, EncoderOptions options, NDManager manager);
}
