// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.internal.train.RelativeLayer;
import io.github.djlstitch.decoders.internal.image.GaussianCode;
import io.github.djlstitch.decoders.internal.image.Reconstructor;
import io.github.djlstitch.encoders.internal.trained.ConvEncoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encoder, code and decoder in one network, with the joint at which networks are stitched: an
 * absolute code is made by the encoder's side, of a relative one only the cosines are, and the
 * layer norm and the Gaussian that read them belong to the decoder.
 */
final class AutoencoderNetwork extends AbstractBlock {
  private static final byte VERSION = 1;

  private final AutoencoderRecipe recipe;
  private final Reconstructor.ImageShape images;
  private final int anchors;
  private final ConvEncoder encoder;
  private final @Nullable Linear bottleneck;
  private final @Nullable RelativeLayer relative;
  private final @Nullable LayerNorm norm;
  private final @Nullable GaussianCode gaussian;
  private final Reconstructor decoder;

  AutoencoderNetwork(AutoencoderRecipe recipe, Reconstructor.ImageShape images, int anchors) {
    super(VERSION);
    this.recipe = recipe;
    this.images = images;
    this.anchors = anchors;
    encoder = addChildBlock("encoder", ConvEncoder.of(ConvEncoder.PAPER_WIDTHS));
    boolean plain = !recipe.relative() && !recipe.variational();
    bottleneck =
        plain ? addChildBlock("code", Linear.builder().setUnits(recipe.size()).build()) : null;
    relative =
        recipe.relative()
            ? addChildBlock("relative", RelativeLayer.of(anchors, RelativeLayer.Output.PLAIN))
            : null;
    norm = recipe.relative() ? addChildBlock("norm", LayerNorm.builder().build()) : null;
    gaussian = recipe.variational() ? addChildBlock("gaussian", GaussianCode.of(width())) : null;
    decoder = addChildBlock("decoder", Reconstructor.of(images, ConvEncoder.PAPER_WIDTHS));
  }

  /** Numbers that the decoder reads. */
  private int width() {
    return recipe.relative() ? anchors : recipe.size();
  }

  /** The encoder's features (B, D); of a plain absolute autoencoder its code (B, K). */
  NDArray features(ParameterStore store, NDArray batch, boolean training) {
    NDArray features = encoder.forward(store, new NDList(batch), training).head(); // (B, D)
    if (bottleneck == null) {
      return features;
    }
    NDArray code = bottleneck.forward(store, new NDList(features), training).head(); // (B, K)
    return recipe.linear() ? code : Activation.gelu(code);
  }

  /** Cosines (B, M) of features with those of the anchors (M, D). */
  NDArray cosines(
      ParameterStore store, NDArray features, NDArray anchorFeatures, boolean training) {
    return Objects.requireNonNull(relative).forward(store, features, anchorFeatures, training);
  }

  /** Returns the input of the Gaussian layer or the decoder, from features or cosines. */
  NDArray normed(ParameterStore store, NDArray read, boolean training) {
    return norm == null ? read : norm.forward(store, new NDList(read), training).head();
  }

  /** Mean and logarithm of the variance of the code; null if it is not variational. */
  @Nullable NDList gaussian(ParameterStore store, NDArray read, boolean training) {
    return gaussian == null ? null : gaussian.forward(store, new NDList(read), training);
  }

  /** Images (B, C, H, W) from codes. */
  NDArray draw(ParameterStore store, NDArray codes, boolean training) {
    return decoder.forward(store, new NDList(codes), training).head();
  }

  /** The means of the codes in evaluation mode. */
  NDArray mean(ParameterStore store, NDArray read) {
    NDArray normed = normed(store, read, false); // (B, D)
    return gaussian == null ? normed : gaussian.mean(store, normed, false);
  }

  /** Not used: training and stitching call the parts. */
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    throw new UnsupportedOperationException("an autoencoder is run part by part");
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs);
    Shape features = encoder.getOutputShapes(inputs)[0];
    var codes = new Shape(inputs[0].get(0), width());
    if (bottleneck != null) {
      bottleneck.initialize(manager, type, features);
    }
    if (relative != null && norm != null) {
      relative.initialize(manager, type, features);
      norm.initialize(manager, type, codes);
    }
    if (gaussian != null) {
      gaussian.initialize(manager, type, recipe.relative() ? codes : features);
    }
    decoder.initialize(manager, type, codes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {
      new Shape(inputs[0].get(0), images.channels(), images.side(), images.side())
    };
  }
}
