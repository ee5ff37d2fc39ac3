// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.CodecProgram.Spectrum;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.List;

/** The arrays that a codec's diagnostics are computed from. */
final class Soundness {
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

  /** {@code ||x - y|| / ||y||}; 0 if both are zero. */
  static double mismatch(FloatMatrix x, FloatMatrix y) {
    double difference = 0;
    double size = 0;
    float[] a = new float[x.columns()];
    float[] b = new float[y.columns()];
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, a, 0);
      y.copyRow(i, b, 0);
      size += square(b);
      for (int j = 0; j < a.length; j++) {
        double d = (double) a[j] - b[j];
        difference += d * d;
      }
    }
    return difference == 0 ? 0 : Math.sqrt(difference / size);
  }
}
