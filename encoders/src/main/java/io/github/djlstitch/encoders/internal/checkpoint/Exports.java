// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.Device;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;

/** Refuses options that a checkpoint cannot honor, most of all one whose computation is fixed. */
final class Exports {
  private Exports() {}

  /** Selects the device: the CPU for ONNX graphs, the requested one for all other weights. */
  static Device device(WeightsFile weights, EncoderOptions options) {
    return weights.format() == WeightsFile.Format.ONNX ? Device.cpu() : options.where();
  }

  static void requirePossible(WeightsFile weights, EncoderOptions options) {
    if (weights.isTensors()) {
      return;
    }
    if (options.numbers() != NumberType.FLOAT32) {
      throw StitchException.usage(
          "'%s' computes in the number type that it was exported in; use --dtype float32",
          weights.path());
    }
    if (options.layer().isPresent() && options.layer().getAsInt() != Readout.LAST_LAYER) {
      int layer = options.layer().getAsInt();
      throw StitchException.usage(
          "%s cannot be read from '%s', which gives its last layer only; use model.safetensors",
          layer == EncoderOptions.EVERY_LAYER ? "all layers" : "layer " + layer, weights.path());
    }
    if (weights.format() == WeightsFile.Format.ONNX && options.device().startsWith("gpu")) {
      throw StitchException.usage("'%s' runs on the CPU only; use --device cpu", weights.path());
    }
  }

  /** The refusal of a state scale. */
  static StitchException noScale(ModelFolder folder, String network) {
    return StitchException.usage(
        "'%s' (%s): inner states can be scaled in text encoders of the BERT family only",
        folder, network);
  }
}
