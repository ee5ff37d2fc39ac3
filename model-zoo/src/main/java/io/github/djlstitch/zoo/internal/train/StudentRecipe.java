// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.FitOptions;
import java.util.Locale;

/**
 * Architecture and training of a small student: linear, ReLU, linear to latents, linear to classes.
 *
 * @param hidden width of the first layer
 * @param latent width D of the latents
 * @param batch labeled samples in a step, and as many for the teacher's signal
 * @param steps of an epoch, whatever the number of samples, so that all students are trained alike
 * @param refresh steps after which anchors are encoded anew
 * @param fit the training; its seed is replaced by that of the run. The best epoch is kept
 */
public record StudentRecipe(
    int hidden, int latent, int batch, int steps, int refresh, FitOptions fit) {

  /** Checks the ranges. */
  public StudentRecipe {
    if (hidden < 1 || latent < 1 || batch < 1 || steps < 1 || refresh < 1) {
      throw StitchException.usage(
          "a student of widths %d and %d, batches of %d, %d steps an epoch, anchors encoded every"
              + " %d steps; all must be at least 1",
          hidden, latent, batch, steps, refresh);
    }
    fit = fit.keepingBest(0);
  }

  /**
   * 64 and 64 wide, batches of 64, anchors every 4 steps, Adam at 5e-3; an epoch is a pass over
   * these samples, but at most 50 steps.
   */
  public static StudentRecipe small(int epochs, int samples) {
    int steps = Math.max(1, Math.min(50, samples / 64));
    return new StudentRecipe(64, 64, 64, steps, 4, FitOptions.adam(epochs, 5e-3, 0));
  }

  /** The same with weight decay. */
  public StudentRecipe withWeightDecay(double decay) {
    return new StudentRecipe(hidden, latent, batch, steps, refresh, fit.withWeightDecay(decay));
  }

  Block encoder() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(hidden).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(latent).build());
  }

  /** Describes all settings that determine a student besides its data, signal and seed. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "student 1 hidden=%d latent=%d batch=%d steps=%d refresh=%d %s",
        hidden,
        latent,
        batch,
        steps,
        refresh,
        fit.withSeed(0).describe());
  }
}
