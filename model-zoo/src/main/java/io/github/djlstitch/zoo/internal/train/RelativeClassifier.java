// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.internal.train.RelativeLayer;
import java.util.Optional;

/**
 * Encoder, relative layer or none, and a linear layer to class scores: the two kinds of end-to-end
 * classifiers that the paper compares (Moschella et al. 2023, table 2).
 */
final class RelativeClassifier extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Block encoder;
  private final Optional<RelativeLayer> relative;
  private final Block head;

  /**
   * A classifier that is not initialized.
   *
   * @param anchors number of anchors M; 0 for an absolute classifier
   */
  RelativeClassifier(Block encoder, int anchors, int classes) {
    super(VERSION);
    this.encoder = addChildBlock("encoder", encoder);
    this.relative =
        anchors == 0
            ? Optional.empty()
            : Optional.of(
                addChildBlock(
                    "relative", RelativeLayer.of(anchors, RelativeLayer.Output.LAYER_NORM)));
    this.head = addChildBlock("head", Linear.builder().setUnits(classes).build());
  }

  boolean isRelative() {
    return relative.isPresent();
  }

  /** Latents (B, D) of a batch. */
  NDArray latents(ParameterStore store, NDArray x, boolean training) {
    return encoder.forward(store, new NDList(x), training).head();
  }

  /**
   * Class scores (B, C).
   *
   * @param anchors their latents (M, D); not read by an absolute classifier
   */
  NDArray scores(ParameterStore store, NDArray latents, NDArray anchors, boolean training) {
    NDArray read =
        relative
            .map(layer -> layer.forward(store, latents, anchors, training))
            .orElse(latents); // (B, M)
    return head.forward(store, new NDList(read), training).head();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    encoder.initialize(manager, dataType, inputShapes[0]);
    Shape latent = encoder.getOutputShapes(new Shape[] {inputShapes[0]})[0];
    relative.ifPresent(layer -> layer.initialize(manager, dataType, latent, latent));
    head.initialize(manager, dataType, read(latent));
  }

  private Shape read(Shape latent) {
    return relative.map(layer -> layer.getOutputShapes(new Shape[] {latent})[0]).orElse(latent);
  }

  /** Samples, and for a relative classifier the anchors as second input, to scores. */
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = latents(store, inputs.head(), training); // (B, D)
    NDArray anchors = isRelative() ? latents(store, inputs.get(1), training) : x; // (M, D)
    return new NDList(scores(store, x, anchors, training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape latent = encoder.getOutputShapes(new Shape[] {inputShapes[0]})[0];
    return head.getOutputShapes(new Shape[] {read(latent)});
  }
}
