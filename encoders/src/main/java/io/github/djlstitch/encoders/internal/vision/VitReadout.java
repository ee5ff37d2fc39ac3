// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.Pooling;

/**
 * A readout resolved for one network.
 *
 * @param blocks number of blocks to run
 * @param last true if these are all blocks
 * @param every true if the tokens behind each block, and before the first, give a vector
 * @param pool reduces the tokens (B, T, D) to vectors (B, D)
 * @param pooling as requested
 */
record VitReadout(
    int blocks, boolean last, boolean every, TokenPool pool, Pooling pooling, boolean unitLength) {

  static VitReadout of(Readout readout, VitConfig config, VitTensors tensors) {
    int layer = readout.layerOf(config.depth());
    boolean last = layer == config.depth();
    var pool =
        switch (readout.pooling()) {
          case CLS -> TokenPool.TOKEN;
          case MEAN -> TokenPool.AVERAGE;
          case MAX -> TokenPool.MAX;
          case OWN -> config.pool();
          case POOLER -> pooler(readout, config, tensors);
          case CONTENT_MEAN, MEAN_SQRT_LEN, WEIGHTED_MEAN, LAST ->
              throw StitchException.usage(
                  "pooling '%s' is for texts; a vision transformer has own, cls, mean, max and"
                      + " pooler",
                  readout.pooling().id());
        };
    boolean every = readout.everyLayer();
    var found = new VitReadout(layer, last, every, pool, readout.pooling(), readout.unitLength());
    if (every && found.projects(tensors)) {
      throw lastOnly(readout.pooling());
    }
    return found;
  }

  private static StitchException lastOnly(Pooling pooling) {
    return StitchException.usage(
        "pooling '%s' reads the last layer but all layers were requested; use cls or mean",
        pooling.id());
  }

  private static TokenPool pooler(Readout readout, VitConfig config, VitTensors tensors) {
    int layer = readout.layerOf(config.depth());
    if (readout.everyLayer()) {
      throw lastOnly(Pooling.POOLER);
    }
    if (layer != config.depth()) {
      throw StitchException.usage(
          "the pooler reads the last layer, %d, but layer %d was requested; use own, cls or mean",
          config.depth(), layer);
    }
    if (!tensors.has(VitTensors.POOLER + ".weight") && !tensors.has(VitTensors.PROJECTION)) {
      throw StitchException.usage(
          "this vision transformer has no trained pooler (tensors %s.* or %s); use own, cls or"
              + " mean",
          VitTensors.POOLER, VitTensors.PROJECTION);
    }
    return TokenPool.TOKEN;
  }

  /** Returns true if the last norm is applied to all tokens, before pooling. */
  boolean normsTokens(VitTensors tensors) {
    return last && !tensors.normAfterPool();
  }

  /** Returns true if the last norm is applied to the vector, after pooling. */
  boolean normsVector(VitConfig config, VitTensors tensors) {
    boolean own = pooling == Pooling.OWN || pooling == Pooling.POOLER;
    boolean clipsClassToken = config.layout().normsVector() && pooling == Pooling.CLS;
    return last && tensors.normAfterPool() && (own || clipsClassToken);
  }

  /** Returns true if CLIP's projection is applied to the vector. */
  boolean projects(VitTensors tensors) {
    boolean own = pooling == Pooling.OWN || pooling == Pooling.POOLER;
    return last && own && tensors.has(VitTensors.PROJECTION);
  }

  /** Returns true if the pooling layer of {@code ViTModel} is applied to the vector. */
  boolean poolsByLayer(VitTensors tensors) {
    return pooling == Pooling.POOLER && tensors.has(VitTensors.POOLER + ".weight");
  }

  int width(VitConfig config, VitTensors tensors) {
    if (projects(tensors)) {
      return tensors.rows(VitTensors.PROJECTION);
    }
    if (poolsByLayer(tensors)) {
      return tensors.rows(VitTensors.POOLER + ".weight");
    }
    return every ? (blocks + 1) * config.width() : config.width();
  }
}
