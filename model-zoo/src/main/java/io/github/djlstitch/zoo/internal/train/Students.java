// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.Fit;
import io.github.djlstitch.core.internal.train.TorchInitializer;
import io.github.djlstitch.core.measure.Metric;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Small students of frozen teachers, each trained once and then cached. The seed decides initial
 * weights and the order of the samples. Safe for use by several threads, which train one after the
 * other.
 */
public final class Students {
  private final TrainedStore store;
  private final Progress progress;

  /**
   * A trained student.
   *
   * @param validation accuracy on the validation samples at its best epoch
   * @param test accuracy on the test samples
   */
  public record Scores(double validation, double test) {}

  private Students(TrainedStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /** Returns students that are cached in a store. */
  public static Students in(TrainedStore store, Progress progress) {
    return new Students(store, progress);
  }

  /**
   * Trains a student, or reads it from the cache, and tests it.
   *
   * @param name name for progress and the cache
   * @param test samples of the same shape
   */
  public Scores train(
      String name,
      StudentRecipe recipe,
      StudentTask task,
      TeacherSignal signal,
      TrainingInputs test,
      long seed) {
    if (!task.samples().shape().equals(test.shape()) || test.count() < 1) {
      throw StitchException.usage(
          "a student of samples of shape %s with %d test samples of shape %s; expected one shape"
              + " and at least 1 sample",
          task.samples().shape(), test.count(), test.shape());
    }
    String key =
        recipe.describe() + " guide=" + signal.describe() + " " + task.describe() + " seed=" + seed;
    try (NDManager manager = TensorBridge.newManager()) {
      var network = new RelativeClassifier(recipe.encoder(), 0, task.classes());
      Shape batch = new Shape(recipe.batch()).addAll(task.samples().shape());
      TorchInitializer.initialize(network, seed, manager, batch);
      TrainedRun run =
          store.get(
              name,
              key,
              network,
              checkpoint -> {
                try (var objective = new StudentObjective(network, task, signal, recipe, seed)) {
                  String what = "train " + name + ", seed " + seed;
                  var fit = recipe.fit().withSeed(seed);
                  return Fit.run(what, objective, fit, Optional.of(checkpoint), progress);
                }
              });
      OptionalDouble best = run.history().get(run.bestEpoch()).score();
      return new Scores(best.orElseThrow(), accuracy(network, test, task.classes(), manager));
    }
  }

  private static double accuracy(
      RelativeClassifier network, TrainingInputs test, int classes, NDManager manager) {
    NDArray none = manager.create(0f); // ()
    int[] found = TestAnswers.of(network, test, none, manager).scores().argMaxRows();
    return Metric.ACCURACY.of(test.labels(), found, classes);
  }
}
