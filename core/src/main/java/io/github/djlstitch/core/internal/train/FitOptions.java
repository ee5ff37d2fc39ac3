// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import io.github.djlstitch.core.StitchException;
import java.util.Locale;

/**
 * Settings of a training.
 *
 * @param epochs passes over the data, at least 1
 * @param rule the optimizer
 * @param learningRate above 0
 * @param weightDecay weight of half the squared norm of the parameters, at least 0
 * @param clip largest norm of the whole gradient; 0 for no limit
 * @param patience epochs without a better score after which training stops; 0 to never stop early
 * @param keepBest whether the weights of the epoch with the best score are kept, not the last ones
 * @param schedule of the learning rate, which is its highest
 * @param seed of all that is random in training
 */
public record FitOptions(
    int epochs,
    UpdateRule rule,
    double learningRate,
    double weightDecay,
    double clip,
    int patience,
    boolean keepBest,
    Schedule schedule,
    long seed) {

  /** Checks the ranges. */
  public FitOptions {
    boolean rates =
        positive(learningRate)
            && (weightDecay == 0 || positive(weightDecay))
            && (clip == 0 || positive(clip));
    if (epochs < 1 || patience < 0 || !rates) {
      throw StitchException.usage(
          "training with epochs=%d learning rate=%s weight decay=%s clip=%s patience=%d; expected"
              + " epochs at least 1, a rate above 0 and the others at least 0, all finite",
          epochs, learningRate, weightDecay, clip, patience);
    }
  }

  private static boolean positive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  /** Adam without weight decay, clipping or early stopping. */
  public static FitOptions adam(int epochs, double learningRate, long seed) {
    return new FitOptions(
        epochs, UpdateRule.ADAM, learningRate, 0, 0, 0, false, Schedule.CONSTANT, seed);
  }

  /** Returns a copy with another optimizer. */
  public FitOptions withRule(UpdateRule other) {
    return new FitOptions(
        epochs, other, learningRate, weightDecay, clip, patience, keepBest, schedule, seed);
  }

  /** Returns a copy with weight decay. */
  public FitOptions withWeightDecay(double decay) {
    return new FitOptions(
        epochs, rule, learningRate, decay, clip, patience, keepBest, schedule, seed);
  }

  /** Returns a copy with a limit to the gradient's norm. */
  public FitOptions withClip(double norm) {
    return new FitOptions(
        epochs, rule, learningRate, weightDecay, norm, patience, keepBest, schedule, seed);
  }

  /** Returns a copy with a learning rate that changes during the training. */
  public FitOptions withSchedule(Schedule other) {
    return new FitOptions(
        epochs, rule, learningRate, weightDecay, clip, patience, keepBest, other, seed);
  }

  /** Returns a copy with another seed. */
  public FitOptions withSeed(long other) {
    return new FitOptions(
        epochs, rule, learningRate, weightDecay, clip, patience, keepBest, schedule, other);
  }

  /** Returns a copy that keeps the best epoch and stops after so many without a better one. */
  public FitOptions keepingBest(int patienceOrZero) {
    return new FitOptions(
        epochs, rule, learningRate, weightDecay, clip, patienceOrZero, true, schedule, seed);
  }

  /** Describes all settings in words; equal words give equal trainings. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s epochs=%d rate=%s decay=%s clip=%s patience=%d best=%s schedule=%s seed=%d",
        rule.id(),
        epochs,
        learningRate,
        weightDecay,
        clip,
        patience,
        keepBest,
        schedule.id(),
        seed);
  }
}
