// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.Schedule;

/**
 * Architecture and training of an autoencoder (Moschella et al. 2023, Table 3). The absolute and
 * the relative one differ in their code only.
 *
 * @param code kind of the decoder's input
 * @param variational true if the decoder reads a Gaussian sample drawn from the code
 * @param size numbers in an absolute code, K; a relative one has a number for each anchor
 * @param linear true if an absolute AE's code is a linear map alone; otherwise GELU follows, as in
 *     the official code
 * @param epochs passes over the images
 * @param batch images of a step, at least 2
 * @param anchorsEvery steps after which the anchors are encoded anew; 1 as in the paper
 * @param rate Adam's largest learning rate
 * @param schedule of the learning rate
 */
public record AutoencoderRecipe(
    Code code,
    boolean variational,
    int size,
    boolean linear,
    int epochs,
    int batch,
    int anchorsEvery,
    double rate,
    Schedule schedule) {
  /** The kinds of codes between encoder and decoder. */
  public enum Code implements Named {
    /** A layer on the encoder's features. */
    ABSOLUTE,
    /** Cosines of the encoder's features with those of the anchors. */
    RELATIVE;
  }

  private static final double PAPER_RATE = 1e-3;

  /** Checks the ranges. */
  public AutoencoderRecipe {
    if (size < 1 || epochs < 1 || batch < 2 || anchorsEvery < 1 || !(rate > 0)) {
      throw StitchException.usage(
          "an autoencoder with a code of %d, %d epochs, batches of %d, anchors encoded every %d"
              + " steps, rate %s; expected at least 1, 1, 2, 1 and a rate above 0",
          size, epochs, batch, anchorsEvery, rate);
    }
  }

  /** The paper's: 500 numbers, 60 epochs, batches of 128, anchors encoded at every step. */
  public static AutoencoderRecipe paper(Code code, boolean variational) {
    return new AutoencoderRecipe(
        code, variational, 500, false, 60, 128, 1, PAPER_RATE, Schedule.CONSTANT);
  }

  /** The same with a code of another size. */
  public AutoencoderRecipe withSize(int numbers) {
    return new AutoencoderRecipe(
        code, variational, numbers, linear, epochs, batch, anchorsEvery, rate, schedule);
  }

  /** The same with an absolute code of any sign, for plots of the code. */
  public AutoencoderRecipe withLinearCode() {
    return new AutoencoderRecipe(
        code, variational, size, true, epochs, batch, anchorsEvery, rate, schedule);
  }

  /** The same with another budget of training, the learning rate in one cycle. */
  public AutoencoderRecipe trained(int forEpochs, int inBatches, int refresh, double atRate) {
    return new AutoencoderRecipe(
        code, variational, size, linear, forEpochs, inBatches, refresh, atRate, Schedule.ONE_CYCLE);
  }

  boolean relative() {
    return code == Code.RELATIVE;
  }

  /** For people: {@code relative VAE}. */
  public String name() {
    return code.id() + (variational ? " VAE" : " AE");
  }
}
