// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.NormStatistics;

/** Compares the two vectors of each sample, for spaces that share their axes. */
final class PairedRows implements RowScores {
  private final MeasureKind kind;
  private final int width;
  private final float[] x;
  private final float[] y;
  private final double[] normsX;
  private final double[] normsY;

  private PairedRows(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    this.kind = kind;
    this.width = x.columns();
    this.x = x.toArray();
    this.y = y.toArray();
    this.normsX = NormStatistics.norms(x);
    this.normsY = NormStatistics.norms(y);
  }

  static PairedRows of(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    return new PairedRows(kind, x, y);
  }

  @Override
  public int rows() {
    return normsX.length;
  }

  @Override
  public double score(int i, int j) {
    return switch (kind) {
      case L1 -> manhattan(i * width, j * width);
      case L2 -> Math.sqrt(squared(i * width, j * width));
      default -> cosine(i, j);
    };
  }

  private double cosine(int i, int j) {
    double norms = normsX[i] * normsY[j];
    return norms == 0 ? 0 : dot(i * width, j * width) / norms;
  }

  private double dot(int a, int b) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      sum += (double) x[a + d] * y[b + d];
    }
    return sum;
  }

  private double squared(int a, int b) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      double difference = (double) x[a + d] - y[b + d];
      sum += difference * difference;
    }
    return sum;
  }

  private double manhattan(int a, int b) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      sum += Math.abs((double) x[a + d] - y[b + d]);
    }
    return sum;
  }
}
