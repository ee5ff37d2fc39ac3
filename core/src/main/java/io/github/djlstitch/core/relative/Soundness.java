// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.CodecProgram.Spectrum;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.List;
import java.util.function.UnaryOperator;

/** The arrays that a codec's diagnostics are computed from. */
final class Soundness {
  private static final int BLOCK = 2048; // rows whose codes are there at a time

  private Soundness() {}

  /**
   * The diagnostics of a codec.
   *
   * @param spectra what became of the singular values of each subspace
   */
  static CodecDiagnostics of(AnchoredSpace space, CodecSpec spec, List<Spectrum> spectra) {
    int anchors = space.anchors().rows();
    List<Integer> kept =
        spec.subspaces()
            .map(s -> s.kept().stream().map(List::size).toList())
            .orElse(List.of(anchors));
    NormStatistics norms = NormStatistics.of(space.data());
    return new CodecDiagnostics(
        anchors,
        kept,
        spectra.stream().mapToDouble(Spectrum::conditionNumber).max().orElse(0),
        spectra.stream().mapToInt(Spectrum::rank).min().orElse(0),
        spectra.stream().mapToDouble(Spectrum::effectiveRank).average().orElse(0),
        norms);
  }

  static double square(float[] row) {
    double square = 0;
    for (float value : row) {
      square += (double) value * value;
    }
    return square;
  }

  /**
   * {@code ||f(x) - g(y)|| / ||g(y)||}; 0 if both are zero. The maps work on rows, and are given a
   * block of them at a time.
   */
  static double mismatch(
      FloatMatrix x, UnaryOperator<FloatMatrix> f, FloatMatrix y, UnaryOperator<FloatMatrix> g) {
    double difference = 0;
    double size = 0;
    for (int from = 0; from < x.rows(); from += BLOCK) {
      int to = Math.min(from + BLOCK, x.rows());
      FloatMatrix a = f.apply(x.rowRange(from, to));
      FloatMatrix b = g.apply(y.rowRange(from, to));
      for (int i = 0; i < a.rows(); i++) {
        float[] own = b.row(i);
        size += square(own);
        difference += squareDistance(a.row(i), own);
      }
    }
    return difference == 0 ? 0 : Math.sqrt(difference / size);
  }

  private static double squareDistance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double d = (double) a[j] - b[j];
      sum += d * d;
    }
    return sum;
  }
}
