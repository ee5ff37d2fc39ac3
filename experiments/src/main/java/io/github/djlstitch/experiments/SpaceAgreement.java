// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.measure.Spread;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Extrinsic and intrinsic similarity of spaces of the same samples, over their pairs.
 *
 * @param cosines of a sample's two vectors after centering, mean over samples: extrinsic
 * @param distances Pearson correlation of the distances between samples: intrinsic
 */
record SpaceAgreement(Spread cosines, Spread distances) {
  static SpaceAgreement of(List<FloatMatrix> spaces) {
    var cosines = DoubleStream.builder();
    var distances = DoubleStream.builder();
    for (int i = 0; i < spaces.size(); i++) {
      for (int j = i + 1; j < spaces.size(); j++) {
        cosines.add(RowCosines.mean(centered(spaces.get(i)), centered(spaces.get(j))));
        distances.add(correlation(spaces.get(i), spaces.get(j)));
      }
    }
    return new SpaceAgreement(
        Spread.of(cosines.build().toArray()), Spread.of(distances.build().toArray()));
  }

  private static double correlation(FloatMatrix x, FloatMatrix y) {
    return PearsonCorrelation.of(distances(x), distances(y)).orElse(Double.NaN);
  }

  private static FloatMatrix centered(FloatMatrix x) {
    double[] mean = new double[x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += x.get(i, d) / (double) x.rows();
      }
    }
    float[][] rows = new float[x.rows()][mean.length];
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < mean.length; d++) {
        rows[i][d] = (float) (x.get(i, d) - mean[d]);
      }
    }
    return FloatMatrix.of(rows);
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
}
