// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.block.Readout;

/**
 * A readout, made definite for one network.
 *
 * @param blocks how many blocks run
 * @param last whether these are all
 * @param pool how tokens become a vector
 * @param pooling as it was asked for
 */
record VitReadout(int blocks, boolean last, TokenPool pool, Pooling pooling, boolean unitLength) {

  static VitReadout of(Readout readout, VitConfig config, VitTensors tensors) {
    int layer = readout.layerOf(config.depth());
    boolean last = layer == config.depth();
    var pool =
        switch (readout.pooling()) {
          case CLS -> TokenPool.TOKEN;
          case MEAN -> TokenPool.AVERAGE;
          case MAX -> TokenPool.MAX;
          case OWN -> config.pool();
          case POOLER -> pooler(layer, config, tensors);
          default ->
              throw StitchException.usage(
                  "pooling '%s' is for texts; a vision transformer has own, cls, mean, max and"
                      + " pooler",
                  readout.pooling().id());
        };
    return new VitReadout(layer, last, pool, readout.pooling(), readout.unitLength());
  }

  private static TokenPool pooler(int layer, VitConfig config, VitTensors tensors) {
    if (layer != config.depth()) {
      throw StitchException.usage(
          "the pooler reads the last layer, %d, but layer %d was asked for; use own, cls or mean",
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

  /** Whether the last norm takes all tokens. */
  boolean normsTokens(VitTensors tensors) {
    return last && !tensors.normAfterPool();
  }

  /** Whether the last norm takes the vector. */
  boolean normsVector(VitConfig config, VitTensors tensors) {
    boolean own = pooling == Pooling.OWN || pooling == Pooling.POOLER;
    boolean clipsClassToken = config.layout() == VitLayout.CLIP && pooling == Pooling.CLS;
    return last && tensors.normAfterPool() && (own || clipsClassToken);
  }

  /** Whether CLIP's projection follows. */
  boolean projects(VitTensors tensors) {
    boolean own = pooling == Pooling.OWN || pooling == Pooling.POOLER;
    return last && own && tensors.has(VitTensors.PROJECTION);
  }

  /** Whether the pooling layer of {@code ViTModel} follows. */
  boolean poolsByLayer(VitTensors tensors) {
    return pooling == Pooling.POOLER && tensors.has(VitTensors.POOLER + ".weight");
  }

  int width(VitConfig config, VitTensors tensors) {
    if (projects(tensors)) {
      return tensors.rows(VitTensors.PROJECTION);
    }
    return poolsByLayer(tensors) ? tensors.rows(VitTensors.POOLER + ".weight") : config.width();
  }
}
