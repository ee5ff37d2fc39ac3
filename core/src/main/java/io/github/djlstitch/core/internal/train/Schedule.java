// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import io.github.djlstitch.core.Named;

/** Schedules of the learning rate. */
public enum Schedule implements Named {
  /** A constant rate. */
  CONSTANT {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }
  },
  /**
   * One cycle (Smith and Topin 2019): a fifth of the steps up along a line, the rest down to zero
   * along half a cosine.
   */
  ONE_CYCLE {
    @Override
    public double factor(long step, long steps) {
      double done = (double) step / steps;
      return done < RISE ? done / RISE : 0.5 * (1 + Math.cos(Math.PI * (done - RISE) / (1 - RISE)));
    }
  };

  private static final double RISE = 0.2;

  /**
   * The factor of the highest learning rate.
   *
   * @param step from 1
   * @param steps of the whole training
   * @return 0 to 1
   */
  public abstract double factor(long step, long steps);
}
