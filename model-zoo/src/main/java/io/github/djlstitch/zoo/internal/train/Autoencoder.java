// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained autoencoder whose halves can be used apart: codes of one can be decoded by another of
 * the same recipe. Owns native memory until it is closed; not thread-safe.
 */
public final class Autoencoder implements AutoCloseable {
  private static final int BATCH = 500;

  private final NDManager manager;
  private final AutoencoderNetwork network;
  private final AutoencoderRecipe recipe;
  private final PixelImages anchors;
  private final TrainedRun training;

  /** Takes over the manager, which owns the network. */
  Autoencoder(
      NDManager manager,
      AutoencoderNetwork network,
      AutoencoderRecipe recipe,
      PixelImages anchors,
      TrainedRun training) {
    this.manager = manager;
    this.network = network;
    this.recipe = recipe;
    this.anchors = anchors;
    this.training = training;
  }

  /** Returns the record of its training. */
  public TrainedRun training() {
    return training;
  }

  /**
   * Encodes images to a decoder's input, shape (N, K): the absolute code (of a VAE its mean), or
   * the cosines with this encoder's own anchors.
   */
  public FloatMatrix encode(PixelImages images) {
    requireSame(images);
    try (NDManager scope = manager.newSubManager()) {
      var store = new ParameterStore(scope, false);
      NDArray keys = recipe.relative() ? features(store, scope, anchors) : null; // (M, D)
      List<FloatMatrix> parts = new ArrayList<>();
      for (int from = 0; from < images.count(); from += BATCH) {
        parts.add(encode(images, from, keys));
      }
      return FloatMatrix.concatRows(parts.toArray(FloatMatrix[]::new));
    }
  }

  private FloatMatrix encode(PixelImages images, int from, @Nullable NDArray keys) {
    try (NDManager scope = manager.newSubManager()) {
      var store = new ParameterStore(scope, false);
      int to = Math.min(images.count(), from + BATCH);
      NDArray batch = images.batch(scope, IntStream.range(from, to).toArray()); // (B, C, H, W)
      NDArray features = network.features(store, batch, false); // (B, D)
      return TensorBridge.toMatrix(
          keys == null
              ? network.mean(store, features)
              : network.cosines(store, features, keys, false));
    }
  }

  /** The latents before they are made relative, shape (N, D). */
  public FloatMatrix latents(PixelImages images) {
    if (!recipe.relative()) {
      return encode(images);
    }
    requireSame(images);
    try (NDManager scope = manager.newSubManager()) {
      return TensorBridge.toMatrix(features(new ParameterStore(scope, false), scope, images));
    }
  }

  private NDArray features(ParameterStore store, NDManager scope, PixelImages images) {
    return network.features(store, images.all(scope), false);
  }

  /**
   * Images from codes, values in [0, 1] channel by channel: (N, C * H * W).
   *
   * @param codes (N, K) by this or another encoder
   * @throws StitchException (bad input) if the codes are of another size than this decoder's
   */
  public FloatMatrix decode(FloatMatrix codes) {
    int width = recipe.relative() ? anchors.count() : recipe.size();
    if (codes.columns() != width) {
      throw StitchException.badInput(
          "the decoder of the %s reads codes of %d numbers but got %d",
          recipe.name(), width, codes.columns());
    }
    List<FloatMatrix> parts = new ArrayList<>();
    for (int from = 0; from < codes.rows(); from += BATCH) {
      parts.add(decode(codes, from, Math.min(codes.rows(), from + BATCH)));
    }
    return FloatMatrix.concatRows(parts.toArray(FloatMatrix[]::new));
  }

  private FloatMatrix decode(FloatMatrix codes, int from, int to) {
    try (NDManager scope = manager.newSubManager()) {
      var store = new ParameterStore(scope, false);
      NDArray read = TensorBridge.toTensor(scope, codes, from, to); // (B, K)
      NDArray code = recipe.relative() ? network.mean(store, read) : read; // (B, K)
      return TensorBridge.toMatrix(network.draw(store, code, false).reshape(to - from, -1));
    }
  }

  private void requireSame(PixelImages images) {
    if (images.channels() != anchors.channels() || images.side() != anchors.side()) {
      throw StitchException.badInput(
          "the encoder of the %s sees images of %d channels and side %d but got %d and %d",
          recipe.name(), anchors.channels(), anchors.side(), images.channels(), images.side());
    }
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    manager.close();
  }
}
