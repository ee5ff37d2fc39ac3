// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.Spread;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How alike spaces of the same samples are, over their pairs.
 *
 * @param cosines of a sample's two vectors after centring, mean over samples: extrinsic
 * @param distances Pearson correlation of the distances between samples: intrinsic
 */
record Likeness(Spread cosines, Spread distances) {
  static Likeness of(List<FloatMatrix> spaces) {
    var cosines = DoubleStream.builder();
    var distances = DoubleStream.builder();
    for (int i = 0; i < spaces.size(); i++) {
      for (int j = i + 1; j < spaces.size(); j++) {
        cosines.add(cosine(spaces.get(i), spaces.get(j)));
        distances.add(correlation(distances(spaces.get(i)), distances(spaces.get(j))));
      }
    }
    return new Likeness(
        Spread.of(cosines.build().toArray()), Spread.of(distances.build().toArray()));
  }

  private static double cosine(FloatMatrix x, FloatMatrix y) {
    double[] meanX = mean(x);
    double[] meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      double product = 0;
      double squareX = 0;
      double squareY = 0;
      for (int d = 0; d < x.columns(); d++) {
        double a = x.get(i, d) - meanX[d];
        double b = y.get(i, d) - meanY[d];
        product += a * b;
        squareX += a * a;
        squareY += b * b;
      }
      sum += product / Math.max(Math.sqrt(squareX * squareY), Double.MIN_NORMAL);
    }
    return sum / x.rows();
  }

  private static double[] mean(FloatMatrix x) {
    double[] mean = new double[x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += x.get(i, d) / (double) x.rows();
      }
    }
    return mean;
  }

  private static double[] distances(FloatMatrix x) {
    double[] all = new double[x.rows() * (x.rows() - 1) / 2];
    int next = 0;
    for (int i = 0; i < x.rows(); i++) {
      float[] from = x.row(i);
      for (int j = i + 1; j < x.rows(); j++) {
        double sum = 0;
        for (int d = 0; d < from.length; d++) {
          double step = from[d] - x.get(j, d);
          sum += step * step;
        }
        all[next++] = Math.sqrt(sum);
      }
    }
    return all;
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = DoubleStream.of(x).average().orElse(0);
    double meanY = DoubleStream.of(y).average().orElse(0);
    double product = 0;
    double squareX = 0;
    double squareY = 0;
    for (int i = 0; i < x.length; i++) {
      product += (x[i] - meanX) * (y[i] - meanY);
      squareX += (x[i] - meanX) * (x[i] - meanX);
      squareY += (y[i] - meanY) * (y[i] - meanY);
    }
    return product / Math.sqrt(squareX * squareY);
  }
}
