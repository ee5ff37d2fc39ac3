// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.AnchorRefresh;
import io.github.djlstitch.core.internal.train.EpochOrder;
import io.github.djlstitch.core.internal.train.Objective;
import io.github.djlstitch.core.internal.train.RelativeLayer;
import io.github.djlstitch.core.measure.Metric;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Cross-entropy on the labeled samples and the teacher's loss on the guided ones; the score is the
 * accuracy on the validation samples. Closed after training.
 */
final class StudentObjective implements Objective, AutoCloseable {
  private final RelativeClassifier network;
  private final StudentTask task;
  private final TeacherSignal signal;
  private final int steps;
  private final int[] labels;
  private final EpochOrder labeled;
  private final EpochOrder guided;
  private final AnchorRefresh refresh;

  /**
   * An objective.
   *
   * @param network absolute: a teacher's signal has anchors of its own
   */
  StudentObjective(
      RelativeClassifier network,
      StudentTask task,
      TeacherSignal signal,
      StudentRecipe recipe,
      long seed) {
    this.network = network;
    this.task = task;
    this.signal = signal;
    this.steps = recipe.steps();
    this.labels = task.samples().labels();
    this.labeled = EpochOrder.of(task.labeled().length, recipe.batch(), 1, seed);
    this.guided = EpochOrder.of(task.guided().length, recipe.batch(), 1, seed + 1);
    this.refresh = AnchorRefresh.every(recipe.refresh());
  }

  @Override
  public Block network() {
    return network;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
    int[] rows = rows(labeled, task.labeled(), epoch, step);
    NDArray scores = scores(store, latents(store, scope, rows)); // (B, C)
    NDArray loss = CrossEntropy.mean(scores, labels, rows); // ()
    if (signal.weight() == 0) {
      return loss;
    }
    NDArray weight = scope.create((float) signal.weight()); // ()
    return loss.add(teacherLoss(store, scope, epoch, step).mul(weight)); // ()
  }

  private NDArray teacherLoss(ParameterStore store, NDManager scope, int epoch, int step) {
    int[] rows = rows(guided, task.guided(), epoch, step);
    NDArray latents = latents(store, scope, rows); // (B, D)
    if (signal instanceof TeacherSignal.Logits logits) {
      NDArray teacher = teacher(scope, logits.scores(), rows); // (B, C)
      return TeacherSignal.Logits.loss(scores(store, latents), teacher, logits.temperature());
    }
    var relative = (TeacherSignal.Relative) signal;
    int[] anchors = relative.anchors();
    NDArray known = refresh.at(step, scope, work -> latents(store, work, anchors)); // (M, D)
    return TeacherSignal.Relative.loss(
        cosines(store, latents, known), teacher(scope, relative.relative(), rows));
  }

  /** Cosines (B, M) with anchors that no gradient flows into. */
  static NDArray cosines(ParameterStore store, NDArray latents, NDArray anchors) {
    Shape shape = anchors.getShape(); // (M, D)
    var layer = RelativeLayer.of(Math.toIntExact(shape.get(0)), RelativeLayer.Output.PLAIN);
    layer.initialize(latents.getManager(), DataType.FLOAT32, latents.getShape(), shape);
    return layer.forward(store, latents, anchors, true); // (B, M)
  }

  private static NDArray teacher(NDManager scope, FloatMatrix all, int[] rows) {
    return TensorBridge.toTensor(scope, all.select(rows)); // (B, M)
  }

  private NDArray latents(ParameterStore store, NDManager scope, int[] rows) {
    return network.latents(store, task.samples().batch(scope, rows), true); // (B, D)
  }

  private NDArray scores(ParameterStore store, NDArray latents) {
    return network.scores(store, latents, latents, true); // (B, C)
  }

  // Samples are gone through again and again, however few there are.
  private int[] rows(EpochOrder order, int[] of, int epoch, int step) {
    long number = (long) epoch * steps + step;
    int pass = Math.toIntExact(number / order.steps());
    int[] places = order.rows(pass, Math.toIntExact(number % order.steps()));
    return Arrays.stream(places).map(place -> of[place]).toArray();
  }

  @Override
  public OptionalDouble score(ParameterStore store, NDManager scope) {
    int[] rows = task.validation();
    NDArray latents = network.latents(store, task.samples().batch(scope, rows), false); // (N, D)
    NDArray scores = network.scores(store, latents, latents, false); // (N, C)
    int[] truth = Arrays.stream(rows).map(row -> labels[row]).toArray();
    int[] found = TensorBridge.toMatrix(scores).argMaxRows();
    return OptionalDouble.of(Metric.ACCURACY.of(truth, found, task.classes()));
  }

  @Override
  public void close() {
    refresh.close();
  }
}
