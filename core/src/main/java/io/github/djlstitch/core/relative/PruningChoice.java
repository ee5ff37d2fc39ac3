// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.engine.LinearAlgebra;

/**
 * Chooses delta and omega for inverse relative projection from one space alone.
 *
 * <p>Pruning trades two errors. A vector's part outside the span of the kept anchors is lost; and
 * what differs between the codes of two spaces, which looks like noise to the decoder, is amplified
 * by small singular values. Neither needs another space to be seen: encode and decode the space's
 * own data x to y, let the decoder D (K, D) read codes with independent noise of {@link #NOISE}
 * times their own size, and the expected cosine of what comes back is close to
 *
 * <pre>mean(x y) / sqrt(mean(y y) + noise² ||D||² / K)    noise² = NOISE² mean(c c)</pre>
 *
 * with c the codes. The delta and omega that make it largest are taken, the smaller omega and delta
 * within a tolerance. The condition number alone would always ask for more pruning.
 */
final class PruningChoice {
  // Codes of the same sentences differ by 0.5 to 0.9 of their size between the text encoders here.
  static final double NOISE = 0.7;

  private static final double[] DELTAS = {0, .4, .5, .6, .65, .7, .75, .8, .85, .9, .95};
  private static final int[] OMEGAS = {1, 2, 4, 8};
  private static final double TOLERANCE = 0.002;
  private static final int SAMPLES = 1000;

  private PruningChoice() {}

  static Subspaces best(AnchoredSpace space, Centering centering, long seed) {
    Standardization frame = space.frame(centering, true);
    FloatMatrix anchors = frame.apply(space.anchors()); // (M, D)
    FloatMatrix x = frame.apply(sample(space.data())); // (S, D)
    Subspaces best = Subspaces.whole(anchors.rows());
    double highest = Double.NEGATIVE_INFINITY;
    for (double delta : DELTAS) {
      var most = Subspaces.prune(space, centering, delta, OMEGAS[OMEGAS.length - 1], seed);
      for (int omega : OMEGAS) {
        if (omega > 1 && most.isWhole()) {
          break;
        }
        Subspaces candidate = most.first(Math.min(omega, most.omega()));
        double cosine = expectedCosine(x, anchors, candidate);
        if (cosine > highest + TOLERANCE) {
          highest = cosine;
          best = candidate;
        }
      }
    }
    return best;
  }

  /** The expected cosine of standardised vectors (S, D) that come back from disturbed codes. */
  static double expectedCosine(FloatMatrix x, FloatMatrix anchors, Subspaces subspaces) {
    var options = IrpOptions.plain(Centering.NONE);
    CodecHalves halves = CodecHalves.averaged(anchors, options, subspaces);
    FloatMatrix codes = LinearAlgebra.product(x, halves.encode()); // (S, M)
    FloatMatrix y = LinearAlgebra.product(codes, halves.decode()); // (S, D)
    int n = x.rows();
    double noise = NOISE * NOISE * inner(codes, codes) / n / codes.columns();
    double size = inner(y, y) / n + noise * inner(halves.decode(), halves.decode());
    return size == 0 ? 0 : inner(x, y) / n / Math.sqrt(size);
  }

  private static double inner(FloatMatrix x, FloatMatrix y) {
    double sum = 0;
    float[] a = new float[x.columns()];
    float[] b = new float[y.columns()];
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, a, 0);
      y.copyRow(i, b, 0);
      for (int j = 0; j < a.length; j++) {
        sum += (double) a[j] * b[j];
      }
    }
    return sum;
  }

  // Evenly spread, so that data in order of their classes are all seen.
  private static FloatMatrix sample(FloatMatrix data) {
    int count = Math.min(SAMPLES, data.rows());
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = (int) ((long) i * data.rows() / count);
    }
    return data.select(rows);
  }
}
