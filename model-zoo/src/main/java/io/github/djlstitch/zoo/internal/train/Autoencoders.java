// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.Checkpoint;
import io.github.djlstitch.core.internal.train.Fit;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.core.internal.train.FitResult;
import io.github.djlstitch.core.internal.train.TorchInitializer;
import io.github.djlstitch.decoders.internal.image.Reconstructor;
import java.util.Optional;

/**
 * Trains autoencoders with an absolute or a relative code on images (Moschella et al. 2023, section
 * 4.3). Each is trained once and stored; interrupted trainings are resumed.
 */
public final class Autoencoders {
  private final TrainedStore store;
  private final Progress progress;

  private Autoencoders(TrainedStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * Returns autoencoders that are cached in a store.
   *
   * @param progress receives the progress of each training
   */
  public static Autoencoders in(TrainedStore store, Progress progress) {
    return new Autoencoders(store, progress);
  }

  /**
   * Trains an autoencoder, or opens the cached one.
   *
   * @param images of the training set
   * @param anchors of the same size; only a relative code needs them
   * @param seed of weights, order and noise
   * @return to be closed by the caller
   * @throws StitchException (bad input) if there are no two images, or anchors of another size
   */
  public Autoencoder train(
      AutoencoderRecipe recipe, PixelImages images, PixelImages anchors, long seed) {
    requireUsable(images, anchors);
    var shape = new Reconstructor.ImageShape(images.channels(), images.side());
    NDManager manager = TensorBridge.newManager();
    try {
      var network = new AutoencoderNetwork(recipe, shape, anchors.count());
      var input = new Shape(1, images.channels(), images.side(), images.side());
      TorchInitializer.initialize(network, seed, manager, input);
      String name = recipe.name() + " " + seed;
      TrainedRun run =
          store.get(
              name,
              describe(recipe, images, anchors, seed),
              network,
              place -> fit(network, recipe, images, anchors, seed, place));
      return new Autoencoder(manager, network, recipe, anchors, run);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  private FitResult fit(
      AutoencoderNetwork network,
      AutoencoderRecipe recipe,
      PixelImages images,
      PixelImages anchors,
      long seed,
      Checkpoint place) {
    var options =
        FitOptions.adam(recipe.epochs(), recipe.rate(), seed).withSchedule(recipe.schedule());
    try (var objective = new AutoencoderObjective(network, recipe, images, anchors, seed)) {
      String task = "train " + recipe.name() + ", seed " + seed;
      return Fit.run(task, objective, options, Optional.of(place), progress);
    }
  }

  // Anchors decide nothing about an absolute code.
  private static String describe(
      AutoencoderRecipe recipe, PixelImages images, PixelImages anchors, long seed) {
    String keys = recipe.relative() ? anchors.sha256() : "none";
    return "autoencoder 1 %s seed=%d images=%s anchors=%s"
        .formatted(recipe, seed, images.sha256(), keys);
  }

  private static void requireUsable(PixelImages images, PixelImages anchors) {
    boolean same = images.channels() == anchors.channels() && images.side() == anchors.side();
    if (images.count() < 2 || anchors.count() < 1 || !same) {
      throw StitchException.badInput(
          "%d images of side %d and %d channels with %d anchors of side %d and %d channels; expected"
              + " at least 2 images and 1 anchor, of the same size",
          images.count(),
          images.side(),
          images.channels(),
          anchors.count(),
          anchors.side(),
          anchors.channels());
    }
  }
}
