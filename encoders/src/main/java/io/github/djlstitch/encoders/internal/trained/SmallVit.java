// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.trained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.List;

/**
 * A small vision transformer (Dosovitskiy et al. 2021) for images of tens of pixels, (B, C, H, W)
 * to (B, D): patches, learned positions, pre-norm layers, the mean over tokens in place of a class
 * token, layer norm and a linear layer.
 */
public final class SmallVit extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final float EPSILON = 1e-5f;

  private final int width;
  private final int tokens;
  private final Block patches;
  private final Parameter positions;
  private final List<Block> layers = new ArrayList<>();
  private final Block norm;
  private final Block last;

  private SmallVit(int side, int patch, int width, int depth, int heads, int latent) {
    super(VERSION);
    this.width = width;
    this.tokens = (side / patch) * (side / patch);
    var size = new Shape(patch, patch);
    patches =
        addChildBlock(
            "patches",
            Conv2d.builder().setKernelShape(size).setFilters(width).optStride(size).build());
    positions =
        addParameter(
            Parameter.builder()
                .setName("positions")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(1, tokens, width))
                .build());
    for (int i = 0; i < depth; i++) {
      layers.add(addChildBlock("layer" + i, new TransformerLayer(width, heads)));
    }
    norm = addChildBlock("norm", LayerNorm.builder().axis(1).optEpsilon(EPSILON).build());
    last = addChildBlock("last", Linear.builder().setUnits(latent).build());
  }

  /**
   * An encoder that is not initialized.
   *
   * @param side height and width of the images, a multiple of the patch
   * @param patch height and width of a patch
   * @param width of the tokens, a multiple of the heads
   * @param depth number of layers
   * @param latent width D of the latents
   */
  public static Block of(int side, int patch, int width, int depth, int heads, int latent) {
    boolean positive = side > 0 && patch > 0 && width > 0 && depth > 0 && heads > 0 && latent > 0;
    if (!positive || side % patch != 0 || width % heads != 0) {
      throw StitchException.usage(
          "a vision transformer of side %d, patch %d, width %d, depth %d, %d heads and %d latents;"
              + " all must be positive, the side a multiple of the patch and the width of the"
              + " heads",
          side, patch, width, depth, heads, latent);
    }
    return new SmallVit(side, patch, width, depth, heads, latent);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    patches.initialize(manager, dataType, inputShapes);
    var sequence = new Shape(1, tokens, width);
    layers.forEach(layer -> layer.initialize(manager, dataType, sequence));
    norm.initialize(manager, dataType, new Shape(1, width));
    last.initialize(manager, dataType, new Shape(1, width));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = patches.forward(store, inputs, training).head(); // (B, W, h, w)
    x = x.reshape(x.getShape().get(0), width, tokens).transpose(0, 2, 1); // (B, T, W)
    x = x.add(store.getValue(positions, x.getDevice(), training));
    var current = new NDList(x);
    for (Block layer : layers) {
      current = layer.forward(store, current, training);
    }
    NDArray mean = current.head().mean(new int[] {1}); // (B, W)
    return last.forward(store, norm.forward(store, new NDList(mean), training), training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return last.getOutputShapes(new Shape[] {new Shape(inputShapes[0].get(0), width)});
  }
}
