// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Random;

/**
 * Compares descriptions that each space has by itself. The order of its samples decides no more
 * than which are drawn as landmarks, so chance is a Y whose axes have lost what connects them.
 *
 * @param kind the description
 * @param x that of X
 * @param y the other space, (N, E)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpaceShape(MeasureKind kind, double[] x, FloatMatrix y) implements Comparison {
  static SpaceShape of(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    return new SpaceShape(kind, describe(kind, x), y);
  }

  private static double[] describe(MeasureKind kind, FloatMatrix x) {
    return kind == MeasureKind.IMD ? HeatTrace.of(x) : LandmarkLoops.of(x);
  }

  private double distance(FloatMatrix other) {
    double[] described = describe(kind, other);
    return kind == MeasureKind.IMD
        ? HeatTrace.distance(x, described)
        : LandmarkLoops.distance(x, described);
  }

  @Override
  public double value() {
    return distance(y);
  }

  @Override
  public double permuted(int[] order) {
    return distance(y.select(order));
  }

  @Override
  public double byChance(int rows, Random random) {
    return distance(RowDraws.shuffledColumns(y, random));
  }
}
