// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;

/**
 * Measures that are the correlation of two standardized matrices over the pairs of samples. Another
 * pairing only reorders one of them (Mantel 1967), so all the rest is computed once.
 */
record MatrixCorrelation(MeasureKind kind, PairMatrix x, PairMatrix y) implements Comparison {

  static MatrixCorrelation of(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    Affinity affinity = Affinity.of(measure);
    return new MatrixCorrelation(
        measure.kind(),
        standard(measure.kind(), affinity.matrix(x)).unit(),
        standard(measure.kind(), affinity.matrix(y)).unit());
  }

  private static PairMatrix standard(MeasureKind kind, PairMatrix matrix) {
    return switch (kind) {
      case CKA_UNBIASED, DCOR_UNBIASED -> matrix.unbiasedCentered();
      case RSA -> matrix.mapCondensed(MatrixCorrelation::centered);
      case RSA_SPEARMAN -> matrix.mapCondensed(v -> centered(RankCorrelation.ranks(v)));
      default -> matrix.doubleCentered();
    };
  }

  private static double[] centered(double[] values) {
    double mean = Comparison.mean(values);
    return Arrays.stream(values).map(v -> v - mean).toArray();
  }

  @Override
  public double permuted(int[] order) {
    double correlation = x.dot(y, order);
    return kind == MeasureKind.DCOR ? Math.sqrt(Math.max(0, correlation)) : correlation;
  }
}
