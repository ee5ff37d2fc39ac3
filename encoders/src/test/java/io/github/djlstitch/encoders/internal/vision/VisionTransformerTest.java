// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
class VisionTransformerTest {
  private static final int HEADS = 4; // of all fixtures; timm's files do not say

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void timmsVectorsAreReproduced() {
    Golden golden = Golden.open("timm-vit");
    check(golden, timm(golden), Pooling.OWN, "input", "pre_logits");
    check(golden, timm(golden), Pooling.CLS, "input", "pre_logits");
  }

  @Test
  void timmsPositionsAreResampledAntialiased() {
    Golden golden = Golden.open("timm-vit");
    for (int side : new int[] {48, 24}) {
      VitConfig config = timm(golden).at(ImageSize.square(side));
      check(golden, config, Pooling.OWN, "input_" + side, "pre_logits_" + side);
      var positions = VitWeights.of(config, golden.weights()).tensor(manager, "pos_embed");
      Golden.assertClose(
          golden.array(manager, "pos_embed_resampled_" + side).toFloatArray(),
          positions.toFloatArray());
    }
  }

  @Test
  void theDistillationTokenTakesPart() {
    Golden golden = Golden.open("timm-deit-distilled");
    check(golden, timm(golden), Pooling.OWN, "input", "pre_logits");
  }

  @Test
  void theHybridIsReproduced() {
    Golden golden = Golden.open("timm-hybrid");
    check(golden, timm(golden), Pooling.OWN, "input", "pre_logits");
  }

  @Test
  void huggingFacesClassTokenIsReproduced() {
    Golden golden = Golden.open("hf-vit-classifier");
    VitConfig config = VitConfig.huggingFace(golden.config());
    NDArray states = golden.array(manager, "last_hidden_state"); // (B, T, D)
    float[] found = vectors(golden, config, Pooling.CLS, golden.array(manager, "pixel_values"));
    Golden.assertClose(states.get(":, 0").toFloatArray(), found);
    check(
        golden,
        config.at(new ImageSize(48, 40)),
        Pooling.OWN,
        "pixel_values_48x40",
        "interpolated_last_hidden_state_cls");
  }

  @Test
  void clipsImagesAreReproduced() {
    Golden golden = Golden.open("clip");
    VitConfig config = VitConfig.clip(golden.config());
    check(golden, config, Pooling.OWN, "pixel_values", "vision_projected_unnormalised");
    check(golden, config, Pooling.POOLER, "pixel_values", "vision_projected_unnormalised");
    check(golden, config, Pooling.CLS, "pixel_values", "vision_pooler_output");
    NDArray states = golden.array(manager, "vision_last_hidden_state"); // (B, T, D)
    float[] found = vectors(golden, config, Pooling.MEAN, golden.array(manager, "pixel_values"));
    Golden.assertClose(states.get(":, 1:").mean(new int[] {1}).toFloatArray(), found);
  }

  private VitConfig timm(Golden golden) {
    return VitConfig.timm(golden.config(), golden.weights(), HEADS);
  }

  private void check(
      Golden golden, VitConfig config, Pooling pooling, String input, String output) {
    float[] found = vectors(golden, config, pooling, golden.array(manager, input));
    Golden.assertClose(golden.array(manager, output).toFloatArray(), found);
  }

  private float[] vectors(Golden golden, VitConfig config, Pooling pooling, NDArray pixels) {
    var network =
        VisionTransformer.load(
            config, Readout.of(pooling), NumberType.FLOAT32, golden.weights(), manager);
    return Golden.forward(network, pixels);
  }
}
