// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.measure.RowCosines;
import java.util.List;

/**
 * Two spaces aligned without a single pair, by their geometry alone (mini-vec2vec, Dar 2025,
 * arXiv:2510.02348).
 *
 * <p>Both spaces are centered on their own mean and brought to unit length. Centroids of each are
 * paired by a quadratic assignment of their Grams, several times; the pairs are pseudo-anchors.
 * Samples whose relative representations over them agree are matched, and the Procrustes map of the
 * matches is refined by matching again in the target space. The spaces must hold samples of the
 * same distribution. It can fail: a right map shows by two seeds that lead to the same one, {@link
 * #agreement}; a low {@link #matchedCosine} is the weaker sign. The seed is the only randomness.
 * Immutable and thread-safe.
 *
 * <p>Library-only: no command fits one. For example, without imports:
 *
 * <pre>{@code
 * var random = new Random(1);
 * float[] centers = new float[20 * 12];
 * for (int i = 0; i < centers.length; i++) {
 *   centers[i] = (float) random.nextGaussian();
 * }
 * float[] one = new float[700 * 12];
 * float[] other = new float[700 * 12];
 * for (int i = 0; i < one.length; i++) {
 *   float center = centers[i % centers.length];
 *   one[i] = center + (float) (.2 * random.nextGaussian());
 *   other[i] = -center - (float) (.2 * random.nextGaussian());
 * }
 * var source = FloatMatrix.wrap(700, 12, one);
 * var target = FloatMatrix.wrap(700, 12, other); // other samples
 * var pairing = new UnpairedAlignment.Pairing(2, 30, 8, 10_000, 20);
 * var refinement = new UnpairedAlignment.Refinement(5, 30, 300);
 * var options = new UnpairedAlignment.Options(pairing, refinement, 3);
 * var fit = UnpairedAlignment.fit(source, target, options);
 * var again = new UnpairedAlignment.Options(pairing, refinement, 4);
 * var check = UnpairedAlignment.fit(source, target, again);
 * double agreement = fit.agreement(check, source); // near 1: the map is right
 * FloatMatrix translated = fit.alignment().apply(source);
 * }</pre>
 *
 * @param alignment source vectors (N, D) to directions of the target space (N, E), in the frame of
 *     {@link #standardizeTarget}
 * @param targetCenter the mean of the target vectors, shape (1, E)
 * @param history the mean cosine of the samples of each refinement step with their matches, before
 *     that step
 * @param matchedCosine the mean cosine of all source vectors, carried over, with the mean of their
 *     nearest targets: rises to a plateau when the map is right, and is what chance gives if not
 */
public record UnpairedAlignment(
    Alignment alignment, FloatMatrix targetCenter, List<Double> history, double matchedCosine) {

  /** Takes a copy of the history. */
  public UnpairedAlignment {
    history = List.copyOf(history);
  }

  /**
   * Settings of the search for pseudo-anchors.
   *
   * @param attempts how many first maps are tried; the one whose matches are nearest in the end is
   *     kept
   * @param runs pairings of centroids in an attempt, of which the half with the likest Grams counts
   * @param clusters centroids of each run of the first attempt, at least 2; one more in each next.
   *     Few are paired rightly more often than many
   * @param subsample vectors of each space in a run; all if there are fewer
   * @param restarts descents of each quadratic assignment; more make success likelier, cheaply
   */
  public record Pairing(int attempts, int runs, int clusters, int subsample, int restarts) {
    /** Checks the ranges. */
    public Pairing {
      if (Math.min(attempts, Math.min(runs, restarts)) < 1
          || clusters < 2
          || subsample < mostClusters()) {
        throw StitchException.usage(
            "pairing needs 1 or more attempts, runs and restarts, 2 or more clusters and a"
                + " subsample that holds them but got %d, %d, %d, %d and %d",
            attempts, runs, restarts, clusters, subsample);
      }
    }

    int mostClusters() {
      return clusters + attempts - 1;
    }
  }

  /**
   * Settings of the refinement of a first map.
   *
   * @param neighbors number of targets averaged into a match in the last step; ten times as many in
   *     the first
   * @param steps of matching again
   * @param sample source vectors of each step; all if there are fewer
   */
  public record Refinement(int neighbors, int steps, int sample) {
    /** Checks the ranges. */
    public Refinement {
      if (Math.min(neighbors, sample) < 1 || steps < 0) {
        throw StitchException.usage(
            "refinement needs 1 or more neighbors and samples and 0 or more steps but got %d, %d"
                + " and %d",
            neighbors, sample, steps);
      }
    }
  }

  /**
   * Settings of the alignment.
   *
   * @param seed of everything random
   */
  public record Options(Pairing pairing, Refinement refinement, long seed) {
    /**
     * Three attempts, of 60 runs of 8, 9 and 10 clusters on 10,000 vectors with 20 restarts; 30
     * steps of 2,000 vectors and at last 5 neighbors. The paper has one attempt of 30 runs of 20
     * clusters, 50 neighbors and 100 steps of 1,000.
     */
    public static Options defaults(long seed) {
      return new Options(new Pairing(3, 60, 8, 10_000, 20), new Refinement(5, 30, 2000), seed);
    }
  }

  /**
   * Aligns two spaces.
   *
   * @param source vectors of one space, shape (N, D)
   * @param target vectors of the other, in any order, shape (L, E)
   * @throws StitchException (bad input) if a value is not finite or a space has fewer vectors than
   *     the options ask for
   */
  public static UnpairedAlignment fit(FloatMatrix source, FloatMatrix target, Options options) {
    int clusters = options.pairing().mostClusters();
    Pairs.requireRows(source, "source", clusters);
    Pairs.requireRows(target, "target", Math.max(clusters, options.refinement().neighbors()));
    return new UnpairedSearch(source, target, options).run();
  }

  /**
   * The mean cosine between vectors mapped by this alignment and by one from another seed: near 1
   * if both converged, and much less if one of them did not.
   *
   * @param vectors of the source space, shape (N, D)
   */
  public double agreement(UnpairedAlignment other, FloatMatrix vectors) {
    return RowCosines.mean(alignment.apply(vectors), other.alignment.apply(vectors));
  }

  /** Target vectors in the frame that {@link #alignment} leads to: (N, E) to (N, E). */
  public FloatMatrix standardizeTarget(FloatMatrix vectors) {
    return UnpairedSearch.standardize(vectors, targetCenter);
  }
}
