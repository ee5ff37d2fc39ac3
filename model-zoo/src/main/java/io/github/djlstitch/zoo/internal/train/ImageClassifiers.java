// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.internal.train.Checkpoint;
import io.github.djlstitch.core.internal.train.Fit;
import io.github.djlstitch.core.internal.train.FitResult;
import io.github.djlstitch.core.internal.train.TorchInitializer;
import io.github.djlstitch.core.measure.Metric;
import java.util.Optional;

/**
 * Classifiers trained end to end, absolute or relative, each once and then cached. The seed decides
 * initial weights, anchors and the order of the samples. Safe for use by several threads, which
 * train one after the other.
 */
public final class ImageClassifiers {
  private final TrainedStore store;
  private final Progress progress;

  private ImageClassifiers(TrainedStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /** Returns classifiers that are cached in a store. */
  public static ImageClassifiers in(TrainedStore store, Progress progress) {
    return new ImageClassifiers(store, progress);
  }

  /**
   * Trains a classifier, or reads it from the cache, and tests it.
   *
   * @param name name for progress and the cache, for example {@code relative on cifar10}
   * @param train samples that it learns from, of which the anchors are some
   * @param test samples of the same shape
   * @param classes number of classes
   * @throws StitchException (usage) if the recipe does not fit the samples
   */
  public ClassifierResult classify(
      String name,
      ClassifierRecipe recipe,
      TrainingInputs train,
      TrainingInputs test,
      int classes,
      long seed) {
    requireSame(train, test, classes);
    int[] anchors =
        recipe.anchors() == 0
            ? new int[0]
            : RandomOrder.stratified(train.labels(), recipe.anchors(), seed);
    try (NDManager manager = TensorBridge.newManager()) {
      var network = network(recipe, train, classes, seed, manager);
      String key =
          recipe.describe() + " classes=" + classes + " seed=" + seed + " data=" + train.sha256();
      TrainedRun run =
          store.get(
              name,
              key,
              network,
              checkpoint -> {
                try (var objective =
                    new ClassifierObjective(network, train, anchors, recipe, seed)) {
                  return fit(name, recipe, objective, checkpoint, seed);
                }
              });
      return test(run, network, train, anchors, test, classes);
    }
  }

  private FitResult fit(
      String name,
      ClassifierRecipe recipe,
      ClassifierObjective objective,
      Checkpoint checkpoint,
      long seed) {
    String task = "train " + name + ", seed " + seed;
    return Fit.run(task, objective, recipe.fit().withSeed(seed), Optional.of(checkpoint), progress);
  }

  private static RelativeClassifier network(
      ClassifierRecipe recipe, TrainingInputs train, int classes, long seed, NDManager manager) {
    var encoder = recipe.network().encoder(train.shape(), recipe.latent());
    var network = new RelativeClassifier(encoder, recipe.anchors(), classes);
    Shape batch = new Shape(recipe.batch()).addAll(train.shape());
    TorchInitializer.initialize(network, seed, manager, batch);
    return network;
  }

  private static void requireSame(TrainingInputs train, TrainingInputs test, int classes) {
    if (!train.shape().equals(test.shape()) || train.count() < 2 || test.count() < 1) {
      throw StitchException.usage(
          "%d train samples of shape %s and %d test samples of shape %s; expected one shape, at"
              + " least 2 and 1 samples",
          train.count(), train.shape(), test.count(), test.shape());
    }
    for (int label : train.labels()) {
      if (label < 0 || label >= classes) {
        throw StitchException.usage("label %d with %d classes", label, classes);
      }
    }
  }

  private static ClassifierResult test(
      TrainedRun run,
      RelativeClassifier network,
      TrainingInputs train,
      int[] anchors,
      TrainingInputs test,
      int classes) {
    TestAnswers answers;
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray keys = manager.create(0f); // (), or (M, D)
      if (network.isRelative()) {
        var store = new ParameterStore(manager, false);
        keys = network.latents(store, train.batch(manager, anchors), false); // (M, D)
      }
      answers = TestAnswers.of(network, test, keys, manager);
    }
    int[] predicted = answers.scores().argMaxRows();
    int[] truth = test.labels();
    return new ClassifierResult(
        run,
        Metric.ACCURACY.of(truth, predicted, classes),
        Metric.F1_WEIGHTED.of(truth, predicted, classes),
        answers.latents());
  }
}
