// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.internal.train.AnchorRefresh;
import io.github.djlstitch.core.internal.train.EpochOrder;
import io.github.djlstitch.core.internal.train.Objective;
import io.github.djlstitch.decoders.internal.image.GaussianCode;
import io.github.djlstitch.decoders.internal.image.ReconstructionLoss;

/**
 * Reconstruction of the images that went in; variational codes also keep near the standard normal
 * distribution. As in the paper's code the absolute VAE has a squared error and a small weight of
 * the divergence, all others a calibrated error.
 */
final class AutoencoderObjective implements Objective, AutoCloseable {
  private static final float ABSOLUTE_DIVERGENCE = 0.025f;

  private final AutoencoderNetwork network;
  private final AutoencoderRecipe recipe;
  private final PixelImages images;
  private final PixelImages anchors;
  private final EpochOrder order;
  private final AnchorRefresh refresh;

  AutoencoderObjective(
      AutoencoderNetwork network,
      AutoencoderRecipe recipe,
      PixelImages images,
      PixelImages anchors,
      long seed) {
    this.network = network;
    this.recipe = recipe;
    this.images = images;
    this.anchors = anchors;
    order = EpochOrder.of(images.count(), recipe.batch(), 2, seed);
    refresh = AnchorRefresh.every(recipe.anchorsEvery());
  }

  @Override
  public Block network() {
    return network;
  }

  @Override
  public int steps() {
    return order.steps();
  }

  @Override
  public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
    NDArray batch = images.batch(scope, order.rows(epoch, step)); // (B, C, H, W)
    NDArray read = network.features(store, batch, true); // (B, D), then (B, M)
    if (recipe.relative()) {
      NDArray keys = refresh.at(step, scope, manager -> anchorFeatures(store, manager)); // (M, D)
      read = network.cosines(store, read, keys, true);
    }
    return loss(store, batch, network.normed(store, read, true));
  }

  // In training mode, as in the paper's code: normalized by their own statistics.
  private NDArray anchorFeatures(ParameterStore store, NDManager manager) {
    return network.features(store, anchors.all(manager), true);
  }

  private NDArray loss(ParameterStore store, NDArray batch, NDArray read) {
    NDList gaussian = network.gaussian(store, read, true); // two of (B, K)
    if (gaussian == null) {
      return ReconstructionLoss.CALIBRATED.of(batch, network.draw(store, read, true));
    }
    NDArray codes = GaussianCode.draw(gaussian.get(0), gaussian.get(1)); // (B, K)
    NDArray drawn = network.draw(store, codes, true); // (B, C, H, W)
    NDArray divergence = GaussianCode.divergence(gaussian.get(0), gaussian.get(1)); // ()
    NDArray weight = batch.getManager().create(ABSOLUTE_DIVERGENCE); // ()
    return recipe.relative()
        ? ReconstructionLoss.CALIBRATED.of(batch, drawn).add(divergence)
        : ReconstructionLoss.SQUARED.of(batch, drawn).add(divergence.mul(weight));
  }

  @Override
  public void close() {
    refresh.close();
  }
}
