// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.regex.Pattern;

/**
 * A vision transformer as a frozen DJL block: normalized pixels (B, 3, H, W), float32, to vectors
 * (B, D), float32.
 *
 * <p>Dosovitskiy et al. 2020, arXiv:2010.11929, with the distillation token of Touvron et al. 2020,
 * arXiv:2012.12877, the ResNet in front of the hybrid models, and the image tower of CLIP (Radford
 * et al. 2021, arXiv:2103.00020). The parameters bear the checkpoint's names; positions are those
 * of the images to be read.
 *
 * <p>Readout: layer k is the output of block k, before the final norm, except the last one, which
 * is what the network returns: after the final norm. Layer 0 is the embeddings with their
 * positions. Pooling:
 *
 * <ul>
 *   <li>{@code CLS}: the class token;
 *   <li>{@code MEAN}, {@code MAX}: over the patch tokens;
 *   <li>{@code POOLER}, last layer only: the trained pooler of {@code ViTModel} (tanh) or CLIP's
 *       projection of the class token to the space it shares with texts, not yet of length 1;
 *   <li>{@code OWN}: as the checkpoint says. In timm its {@code global_pool}, with {@code fc_norm}
 *       behind, or the mean of class and distillation token; in Hugging Face's layout the class
 *       token; in CLIP as {@code POOLER} if the projection is in the file, else the class token.
 * </ul>
 *
 * <p>CLIP's final norm and {@code fc_norm} are made for the pooled vector: the former belongs to
 * {@code CLS}, {@code POOLER} and {@code OWN}, the latter to {@code OWN}.
 *
 * <p>Thread-safe once loaded.
 */
public final class VisionTransformer extends FrozenVisionNetwork {
  private static final Pattern IGNORED =
      Pattern.compile(
          "(head|head_dist|classifier|cls_classifier|distillation_classifier|pre_logits"
              + "|text_model)\\..*|(embeddings\\.)?mask_token|logit_scale|text_projection\\.weight"
              + "|(.*\\.)?position_ids");

  private VisionTransformer(
      VitConfig config, VitTensors tensors, VitReadout readout, NumberType numbers) {
    super(
        "vision transformer",
        tensors.shapes(),
        VitProgram.of(config, tensors, readout),
        numbers,
        readout.width(config, tensors),
        config.image());
  }

  /**
   * A vision transformer with the weights of a checkpoint.
   *
   * @param source under the checkpoint's own names, with or without the prefix of a model around
   *     this one
   * @param manager owns the weights
   * @throws io.github.djlstitch.core.StitchException (bad input) naming the first tensor that is
   *     missing, unknown or of another shape; (usage) if the network cannot be read in that way
   */
  public static VisionTransformer load(
      VitConfig config,
      Readout readout,
      NumberType numbers,
      WeightSource source,
      NDManager manager) {
    var checkpoint = VitWeights.of(config, source);
    var tensors = VitTensors.of(config, checkpoint);
    var network =
        new VisionTransformer(config, tensors, VitReadout.of(readout, config, tensors), numbers);
    network.fill(checkpoint, name -> IGNORED.matcher(name).matches(), manager);
    return network;
  }
}
