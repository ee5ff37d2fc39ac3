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
          case MEAN -> TokenPool.AVERAGE;
          case OWN -> config.pool();
          default -> TokenPool.TOKEN;
        };
    if (readout.pooling() == Pooling.POOLER) {
      requirePooler(layer, last, config, tensors);
    }
    return new VitReadout(layer, last, pool, readout.pooling(), readout.unitLength());
  }

  private static void requirePooler(
      int layer, boolean last, VitConfig config, VitTensors tensors) {
    if (!last) {
      throw StitchException.usage(
          "the pooler reads the last layer, %d, but layer %d was asked for; use cls or mean",
          config.depth(), layer);
    }
    if (config.layout() == VitLayout.TIMM) {
      throw StitchException.usage("timm's vision transformers have no pooler; use cls or mean");
    }
    if (config.layout() == VitLayout.HUGGING_FACE && !tensors.has(VitTensors.POOLER + ".weight")) {
      throw StitchException.usage(
          "the checkpoint has no trained pooler (tensor '%s.weight'); use cls or mean",
          VitTensors.POOLER);
    }
  }

  /** Whether the last norm takes all tokens. */
  boolean normsTokens(VitTensors tensors) {
    return last && !tensors.normAfterPool();
  }

  /** Whether the last norm takes the vector. */
  boolean normsVector(VitTensors tensors) {
    return last
        && tensors.normAfterPool()
        && (pooling == Pooling.OWN || pooling == Pooling.POOLER);
  }

  boolean projects(VitTensors tensors) {
    return last && pooling == Pooling.OWN && tensors.has(VitTensors.PROJECTION);
  }

  boolean poolsByLayer(VitTensors tensors) {
    return pooling == Pooling.POOLER && tensors.has(VitTensors.POOLER + ".weight");
  }

  int width(VitConfig config, VitTensors tensors) {
    if (projects(tensors)) {
      return tensors.projectionWidth();
    }
    return poolsByLayer(tensors) ? tensors.poolerWidth() : config.width();
  }
}
