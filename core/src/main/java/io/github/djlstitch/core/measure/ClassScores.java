// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;

/** Compares what two models answer to each sample, from their scores of the classes. */
final class ClassScores implements RowScores {
  private static final double BITS = 1 / Math.log(2);

  private final MeasureKind kind;
  private final double[][] x;
  private final double[][] y;
  private final int[] answersX;
  private final int[] answersY;

  private ClassScores(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    this.kind = kind;
    this.x = new double[x.rows()][];
    this.y = new double[y.rows()][];
    this.answersX = new int[x.rows()];
    this.answersY = new int[y.rows()];
    read(x, this.x, answersX);
    read(y, this.y, answersY);
  }

  static ClassScores of(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    return new ClassScores(kind, x, y);
  }

  private static void read(FloatMatrix scores, double[][] probabilities, int[] answers) {
    for (int i = 0; i < answers.length; i++) {
      float[] row = scores.row(i);
      for (int c = 1; c < row.length; c++) {
        answers[i] = row[c] > row[answers[i]] ? c : answers[i];
      }
      probabilities[i] = softmax(row, row[answers[i]]);
    }
  }

  private static double[] softmax(float[] row, double most) {
    double[] out = new double[row.length];
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      out[c] = Math.exp(row[c] - most);
      sum += out[c];
    }
    for (int c = 0; c < row.length; c++) {
      out[c] /= sum;
    }
    return out;
  }

  @Override
  public int rows() {
    return answersX.length;
  }

  @Override
  public double score(int i, int j) {
    if (kind == MeasureKind.AGREEMENT) {
      return answersX[i] == answersY[j] ? 1 : 0;
    }
    return kind.clip(divergence(x[i], y[j]));
  }

  // The mean relative entropy to the mean distribution.
  private static double divergence(double[] p, double[] q) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      double mean = (p[c] + q[c]) / 2;
      sum += p[c] > 0 ? p[c] * Math.log(p[c] / mean) : 0;
      sum += q[c] > 0 ? q[c] * Math.log(q[c] / mean) : 0;
    }
    return sum / 2 * BITS;
  }
}
