// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.memory.EvenRows;
import java.util.List;

/**
 * Chooses delta and omega for inverse relative projection from one space alone.
 *
 * <p>Pruning trades two errors. A vector's part outside the span of the kept anchors is lost; and
 * what differs between the codes of two spaces, which looks like noise to the decoder, is amplified
 * by small singular values. Neither needs another space to be seen: encode and decode the space's
 * own data x to y, let the decoder D (K, D) read codes with independent noise of {@link #NOISE}
 * times their own size, and the expected cosine of what comes back is close to
 *
 * <pre>mean(x y) / sqrt(mean(x x) (mean(y y) + n ||D||² / K))    n = NOISE² mean(c c)</pre>
 *
 * with c the codes and x without its mean, because what all vectors share tells none apart. The
 * delta and omega that make it largest are taken, the smaller omega and delta within a tolerance.
 * The condition number alone would always ask for more pruning.
 */
final class PruningChoice {
  // Codes of the same TREC questions differ by 0.64 to 0.89 between MiniLM, BGE and E5.
  static final double NOISE = 0.75;

  // The small ones are for spaces that are not centered, where all cosines are high.
  private static final double[] DELTAS = {0, .05, .1, .2, .3, .5, .6, .7, .75, .8, .85, .9};
  private static final List<Integer> OMEGAS = List.of(1, 2, 4, Subspaces.PUBLISHED_OMEGA);
  private static final int LARGEST = Subspaces.PUBLISHED_OMEGA;
  private static final double TOLERANCE = 0.002;
  private static final int SAMPLES = 1000;

  private final FloatMatrix anchors; // (M, D)
  private final FloatMatrix x; // (S, D)
  private final FloatMatrix codes; // (S, M)
  private Subspaces best;
  private double highest = Double.NEGATIVE_INFINITY;

  private PruningChoice(FloatMatrix anchors, FloatMatrix x) {
    this.anchors = anchors;
    this.x = x;
    this.codes = LinearAlgebra.product(x, LinearAlgebra.transpose(anchors));
    this.best = Subspaces.whole(anchors.rows());
  }

  static Subspaces best(AnchoredSpace space, Centering centering, long seed) {
    Standardization frame = space.frame(centering, true);
    var choice =
        new PruningChoice(
            frame.apply(space.anchors()), centred(frame.apply(EvenRows.of(space.data(), SAMPLES))));
    for (double delta : DELTAS) {
      choice.consider(Subspaces.prune(space, centering, delta, LARGEST, seed));
    }
    return choice.best;
  }

  // Smaller numbers of subspaces are the first few of the same.
  private void consider(Subspaces most) {
    int all = most.isWhole() ? 1 : most.omega();
    double[] sum = new double[anchors.rows() * anchors.columns()];
    for (int omega = 1; omega <= all; omega++) {
      float[] part = decoder(most.only(omega - 1)).toArray();
      for (int k = 0; k < sum.length; k++) {
        sum[k] += part[k];
      }
      if (OMEGAS.contains(omega)) {
        compare(most.first(omega), expectedCosine(mean(sum, omega)));
      }
    }
  }

  private void compare(Subspaces candidate, double cosine) {
    if (cosine > highest + TOLERANCE) {
      highest = cosine;
      best = candidate;
    }
  }

  private FloatMatrix decoder(Subspaces subspace) {
    return CodecHalves.averaged(anchors, Irp.plain(Centering.NONE), subspace).decode();
  }

  private FloatMatrix mean(double[] sum, int count) {
    float[] mean = new float[sum.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = (float) (sum[k] / count);
    }
    return FloatMatrix.wrap(anchors.rows(), anchors.columns(), mean);
  }

  /** The expected cosine of the data that come back from disturbed codes by a decoder (M, D). */
  private double expectedCosine(FloatMatrix decoder) {
    FloatMatrix y = LinearAlgebra.product(codes, decoder); // (S, D)
    double n = x.rows();
    double noise = NOISE * NOISE * inner(codes, codes) / n / codes.columns();
    double size = inner(y, y) / n + noise * inner(decoder, decoder);
    return size == 0 ? 0 : inner(x, y) / Math.sqrt(n * inner(x, x) * size);
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

  private static FloatMatrix centred(FloatMatrix x) {
    int width = x.columns();
    float[] out = x.toArray();
    for (int j = 0; j < width; j++) {
      double sum = 0;
      for (int k = j; k < out.length; k += width) {
        sum += out[k];
      }
      for (int k = j; k < out.length; k += width) {
        out[k] -= (float) (sum / x.rows());
      }
    }
    return FloatMatrix.wrap(x.rows(), width, out);
  }
}
