// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions.StateScale;
import java.util.Set;

/**
 * A checkpoint with the states behind one layer multiplied by a factor. Layers end in a norm or a
 * projection, which is affine, so its weight and bias are multiplied and no program changes.
 */
record ScaledStates(WeightSource source, String module, float factor) implements WeightSource {

  /**
   * Wraps a checkpoint.
   *
   * @throws StitchException (usage) if the network has no such layer
   */
  static WeightSource of(WeightSource source, TextConfig config, StateScale scale) {
    if (scale.layer() > config.layers()) {
      throw StitchException.usage(
          "layer %d cannot be scaled; this encoder has layers 0 (embeddings) to %d",
          scale.layer(), config.layers());
    }
    String embeddings =
        config.embeddingWidth() == config.width() ? "embeddings.LayerNorm" : "embeddings_project";
    String module =
        scale.layer() == 0
            ? embeddings
            : LayerNames.of(config.family()).outputNorm(scale.layer() - 1);
    return new ScaledStates(source, module, (float) scale.factor());
  }

  @Override
  public Set<String> names() {
    return source.names();
  }

  @Override
  public Shape shape(String name) {
    return source.shape(name);
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    NDArray tensor = source.tensor(manager, name); // (D)
    boolean scaled = name.equals(module + ".weight") || name.equals(module + ".bias");
    return scaled ? tensor.mul(factor) : tensor;
  }
}
