// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The seeded training loop. The same network, objective and options give the same weights, bit by
 * bit on the same machine, also if a training was interrupted and went on from its checkpoint.
 *
 * <p>A checkpoint is written after an epoch, but so that writing takes a twentieth of the time at
 * most: an interruption loses one epoch, or less than a second of very short ones. Trainings run
 * one at a time ({@link Autograd}).
 */
public final class Fit {
  private static final int SHARE = 20;
  private static final long REPORT_NANOS = 100_000_000L;

  private final String task;
  private final Objective objective;
  private final FitOptions options;
  private final Optional<FitCheckpoint> checkpoint;
  private final Progress progress;
  private final NDManager manager;
  private final Trained state;
  private final List<EpochScore> history = new ArrayList<>();
  private final long started = System.nanoTime();
  private long lastReport;
  private long saved = started;
  private long cost;

  private Fit(
      String task,
      Objective objective,
      FitOptions options,
      Optional<Checkpoint> checkpoint,
      Progress progress,
      NDManager manager) {
    this.task = task;
    this.objective = objective;
    this.options = options;
    this.checkpoint = checkpoint.map(place -> new FitCheckpoint(place, options));
    this.progress = progress;
    this.manager = manager;
    this.state = Trained.of(objective.network(), options, manager);
  }

  /**
   * Trains the objective's network in place.
   *
   * @param task the name in progress reports, for example {@code train RelAE on cifar10}
   * @param checkpoint the state to resume from and to update; a file that is damaged or of another
   *     training is ignored with a warning
   * @throws StitchException (bad input) naming epoch and step if the loss is not finite; (usage) if
   *     the best is to be kept but the objective has no score; (resources) if the thread is
   *     interrupted, after the epoch at hand was kept
   */
  public static FitResult run(
      String task,
      Objective objective,
      FitOptions options,
      Optional<Checkpoint> checkpoint,
      Progress progress) {
    return Autograd.alone(
        () -> {
          try (NDManager manager = TensorBridge.newManager()) {
            return new Fit(task, objective, options, checkpoint, progress, manager).run();
          }
        });
  }

  private FitResult run() {
    checkpoint.ifPresent(c -> history.addAll(c.load(state)));
    int resumed = history.size();
    report("", (long) resumed * objective.steps());
    while (!finished()) {
      epoch(history.size());
      boolean last = finished();
      boolean interrupted =
          !last && Thread.interrupted(); // cleared: a file cannot be written with it
      checkpoint.ifPresent(c -> save(c, last || interrupted));
      if (interrupted) {
        Thread.currentThread().interrupt();
        throw StitchException.resources(
            "%s was interrupted after epoch %d; the same command resumes there",
            task, history.size());
      }
    }
    report("", (long) options.epochs() * objective.steps());
    if (options.keepBest()) {
      state.takeBest();
    }
    int best = options.keepBest() ? best() : history.size() - 1;
    return new FitResult(history, best, (System.nanoTime() - started) / 1e9, resumed);
  }

  private boolean finished() {
    int done = history.size();
    boolean stale = options.patience() > 0 && done > 0 && done - 1 - best() >= options.patience();
    return done >= options.epochs() || stale;
  }

  // The earliest of equals.
  private int best() {
    int best = 0;
    for (EpochScore epoch : history) {
      double score = epoch.score().orElseThrow(this::noScore);
      if (score > history.get(best).score().orElseThrow(this::noScore)) {
        best = epoch.epoch();
      }
    }
    return best;
  }

  private StitchException noScore() {
    return StitchException.usage(
        "%s: the best epoch is asked for but the objective has no score; give validation data",
        task);
  }

  private void epoch(int epoch) {
    LoadedEngine.get().setRandomSeed((int) (Seeds.of(options.seed(), epoch) >>> 33));
    int steps = objective.steps();
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      try (NDManager scope = manager.newSubManager()) {
        sum += step(scope, epoch, step);
      }
      long now = System.nanoTime();
      if (now - lastReport > REPORT_NANOS) {
        lastReport = now;
        double loss = sum / (step + 1);
        report(String.format(Locale.ROOT, "loss %.4g", loss), (long) epoch * steps + step + 1);
      }
    }
    history.add(new EpochScore(epoch, sum / steps, score()));
    if (options.keepBest() && best() == epoch) {
      state.keepAsBest();
    }
  }

  private double step(NDManager scope, int epoch, int step) {
    double value;
    try (GradientCollector collector = LoadedEngine.get().newGradientCollector()) {
      var store = new ParameterStore(scope, false);
      NDArray loss = objective.loss(store, scope, epoch, step); // ()
      value = loss.toArray()[0].doubleValue();
      if (!Double.isFinite(value)) {
        throw StitchException.badInput(
            "%s: the loss is %s at epoch %d, step %d; lower the learning rate or clip the gradient",
            task, value, epoch + 1, step + 1);
      }
      collector.backward(loss);
    }
    long number = (long) epoch * objective.steps() + step + 1;
    long all = (long) options.epochs() * objective.steps();
    OptimizerStep.apply(scope, state, options, number, all);
    return value;
  }

  private OptionalDouble score() {
    try (NDManager scope = manager.newSubManager()) {
      return objective.score(new ParameterStore(scope, false), scope);
    }
  }

  private void save(FitCheckpoint file, boolean now) {
    long start = System.nanoTime();
    if (now || start - saved >= SHARE * cost) {
      file.save(state, history);
      saved = System.nanoTime();
      cost = saved - start;
    }
  }

  private void report(String detail, long done) {
    progress.at(task, detail, done, (long) options.epochs() * objective.steps());
  }
}
