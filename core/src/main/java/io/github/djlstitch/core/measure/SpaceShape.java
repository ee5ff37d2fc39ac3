// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Random;

/**
 * Compares descriptions that each space has by itself. The order of its samples means nothing to
 * them, so chance is a Y whose axes have lost what connects them.
 *
 * @param x description of X
 * @param y the other space, (N, E)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpaceShape(double[] x, FloatMatrix y) implements Comparison {
  static SpaceShape of(FloatMatrix x, FloatMatrix y) {
    return new SpaceShape(HeatTrace.of(x), y);
  }

  @Override
  public double value() {
    return HeatTrace.distance(x, HeatTrace.of(y));
  }

  @Override
  public double permuted(int[] order) {
    return value();
  }

  @Override
  public double byChance(int rows, Random random) {
    return HeatTrace.distance(x, HeatTrace.of(RowDraws.shuffledColumns(y, random)));
  }
}
