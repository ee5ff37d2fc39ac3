// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.weights.WeightSource;

/**
 * The sizes of a vision transformer (Dosovitskiy et al. 2020, arXiv:2010.11929).
 *
 * @param layout the family of checkpoints
 * @param width hidden size D, a multiple of {@code heads}
 * @param depth number of transformer blocks
 * @param heads attention heads of a block
 * @param intermediate width of the feed-forward layer
 * @param epsilon of every layer norm
 * @param activation of the feed-forward layer
 * @param queryBias true if query, key and value have biases
 * @param distilled true if a distillation token follows the class token
 * @param pool the network's own pooling of its tokens
 * @param patch pixels of an image to a token, in either direction
 * @param trained size of the images that the checkpoint's positions are for
 * @param image size of the images to be read; for another than {@code trained}, the positions are
 *     resampled
 */
public record VitConfig(
    VitLayout layout,
    int width,
    int depth,
    int heads,
    int intermediate,
    double epsilon,
    Activation activation,
    boolean queryBias,
    boolean distilled,
    TokenPool pool,
    int patch,
    ImageSize trained,
    ImageSize image) {
  /** Most patches of an image; published networks stop at some 5,000. */
  private static final long MOST_PATCHES = 1 << 16;

  /** Checks the sizes. */
  public VitConfig {
    boolean positive = width > 0 && depth > 0 && heads > 0 && intermediate > 0 && patch > 0;
    if (!positive || width % heads != 0) {
      throw StitchException.badInput(
          "a vision transformer of width %d with %d heads and %d blocks is invalid;"
              + " sizes must be positive and the width a multiple of the heads",
          width, heads, depth);
    }
    if (activation == Activation.RELU) {
      throw StitchException.badInput("a vision transformer with relu is not supported");
    }
    requireFew(trained, patch);
    requireFew(image, patch);
  }

  private static void requireFew(ImageSize image, int patch) {
    long patches = image.patches(patch).count();
    if (patches > MOST_PATCHES) {
      throw StitchException.badInput(
          "a vision transformer of %s pixels has %d patches of %d x %d pixels, expected at most %d",
          image, patches, patch, patch, MOST_PATCHES);
    }
  }

  /**
   * The sizes of a checkpoint in timm's layout, for images of its own size. Its {@code config.json}
   * names the architecture; everything but the number of heads follows from the tensors' shapes.
   * {@code model_args} override.
   *
   * @throws StitchException (bad input) if the heads are unknown, or anything in the configuration
   *     is not supported
   */
  public static VitConfig timm(JsonCard config, WeightSource weights) {
    var card = TimmVitCard.of(config);
    return card.config(weights, card.heads(TimmVitCard.width(weights)));
  }

  /** As {@link #timm(JsonCard, WeightSource)}, where the number of heads is known. */
  public static VitConfig timm(JsonCard config, WeightSource weights, int heads) {
    return TimmVitCard.of(config).config(weights, heads);
  }

  /**
   * The sizes in the {@code config.json} of Hugging Face's {@code ViTModel} or {@code DeiTModel};
   * absent fields have the values that the model's class gives them.
   */
  public static VitConfig huggingFace(JsonCard config) {
    return HuggingFaceVitCard.vit(config);
  }

  /** The sizes in the {@code config.json} of a CLIP model, whole or its image tower alone. */
  public static VitConfig clip(JsonCard config) {
    return HuggingFaceVitCard.clip(config);
  }

  /**
   * The same network for images of another size.
   *
   * @throws StitchException (usage) if the patches do not tile them
   */
  public VitConfig at(ImageSize size) {
    return new VitConfig(
        layout,
        width,
        depth,
        heads,
        intermediate,
        epsilon,
        activation,
        queryBias,
        distilled,
        pool,
        patch,
        trained,
        size);
  }

  /** Tokens before those of the patches. */
  int prefix() {
    return distilled ? 2 : 1;
  }

  /** Tokens of an image. */
  int tokens() {
    return Math.toIntExact(prefix() + image.patches(patch).count());
  }
}
