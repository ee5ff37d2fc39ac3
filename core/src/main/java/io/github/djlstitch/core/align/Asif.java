// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;

/**
 * Two spaces made comparable by coupled anchors and no training (ASIF, Norelli et al. 2023,
 * arXiv:2210.01738). A vector of either space becomes the sparse vector of its k largest cosines
 * with that space's anchors, raised to a power and brought to unit length; two vectors compare by
 * the inner product of theirs, a number in [-1, 1].
 *
 * <p>Both directions are the same computation: images to texts by {@link #scores(FloatMatrix,
 * FloatMatrix)}, texts to images by {@link #reversed()}. The widths of the spaces are free. Powers
 * keep the sign of a cosine, so that an even one does not turn dissimilar into similar; among the k
 * largest of many anchors none is negative, and then the formula is the paper's. A zero vector
 * compares as 0 with everything. Anchors are read block by block, so they may be mapped files
 * larger than memory. Immutable and thread-safe.
 */
public final class Asif {
  private final FloatMatrix anchors;
  private final FloatMatrix counterparts;
  private final Options options;

  private Asif(FloatMatrix anchors, FloatMatrix counterparts, Options options) {
    this.anchors = anchors;
    this.counterparts = counterparts;
    this.options = options;
  }

  /**
   * Sparsity of the relative vectors.
   *
   * @param nonZeros k, how many anchors a vector keeps, at least 1; all of them if there are fewer
   * @param power p, above 0
   */
  public record Options(int nonZeros, double power) {
    /** Checks the ranges. */
    public Options {
      if (nonZeros < 1 || !(power > 0 && Double.isFinite(power))) {
        throw StitchException.usage(
            "ASIF keeps 1 or more anchors at a power above 0 but got %d and %s", nonZeros, power);
      }
    }

    /** The paper's: k 800, p 8. */
    public static Options defaults() {
      return new Options(800, 8);
    }
  }

  /**
   * One anchor's contribution to the score of two vectors.
   *
   * @param anchor its row
   * @param share its part of the score; the shares of all anchors add up to the score
   */
  public record Contribution(int anchor, double share) {}

  /**
   * Couples two spaces.
   *
   * @param anchors as the first space embeds them, shape (M, D)
   * @param counterparts the same, in the same order, as the second space embeds them, shape (M, E)
   * @throws StitchException (bad input) if there are none, not equally many, or a value is not
   *     finite
   */
  public static Asif of(FloatMatrix anchors, FloatMatrix counterparts, Options options) {
    Pairs.require(anchors, counterparts, 1);
    return new Asif(anchors, counterparts, options);
  }

  /** The other direction: queries of the second space, candidates of the first. */
  public Asif reversed() {
    return new Asif(counterparts, anchors, options);
  }

  /**
   * The scores of every query with every candidate.
   *
   * @param queries vectors of the first space, shape (N, D)
   * @param candidates vectors of the second space, shape (C, E)
   * @return shape (N, C), in [-1, 1]
   */
  public FloatMatrix scores(FloatMatrix queries, FloatMatrix candidates) {
    var index = SparseRows.of(candidates, counterparts, options).inverted(anchors.rows());
    float[] out = new float[Math.multiplyExact(queries.rows(), candidates.rows())];
    for (int from = 0; from < queries.rows(); from += SparseRows.QUERIES) {
      int to = Math.min(from + SparseRows.QUERIES, queries.rows());
      var rows = SparseRows.of(queries.rowRange(from, to), anchors, options);
      rows.scores(index, candidates.rows(), out, from);
    }
    return FloatMatrix.wrap(queries.rows(), candidates.rows(), out);
  }

  /**
   * Vectors of the first space in the second: the means of the counterparts, weighted by the sparse
   * vectors. Not in the paper, which compares and does not translate; it lets a decoder of the
   * second space read them.
   *
   * @param queries shape (N, D)
   * @return shape (N, E); only directions mean something
   */
  public FloatMatrix translate(FloatMatrix queries) {
    return SparseRows.of(queries, anchors, options).weighted(counterparts);
  }

  /**
   * Classes by captions: that of the caption with the highest score. Templates are not averaged;
   * the best one decides.
   *
   * @param queries vectors of the first space, shape (N, D)
   * @param captions of the second space, shape (C templates, E), the templates of a class together
   * @param templates captions of each class
   * @return class indices, N of them; the first one wins a tie
   * @throws StitchException (bad input) if the captions do not divide into classes
   */
  public int[] classify(FloatMatrix queries, FloatMatrix captions, int templates) {
    if (templates < 1 || captions.rows() == 0 || captions.rows() % templates != 0) {
      throw StitchException.badInput(
          "%d captions do not make classes of %d templates each; give every class as many",
          captions.rows(), templates);
    }
    int[] best = scores(queries, captions).argMaxRows();
    for (int i = 0; i < best.length; i++) {
      best[i] /= templates;
    }
    return best;
  }

  /**
   * Explains a score by the anchors that contribute the most to it.
   *
   * @param query one vector of the first space, shape (1, D)
   * @param candidate one vector of the second space, shape (1, E)
   * @param most how many to list, at most
   * @return in descending order; only anchors that both keep
   */
  public List<Contribution> topAnchors(FloatMatrix query, FloatMatrix candidate, int most) {
    if (query.rows() != 1 || candidate.rows() != 1) {
      throw StitchException.badInput(
          "anchors are listed for 1 query and 1 candidate but got %d and %d",
          query.rows(), candidate.rows());
    }
    var left = SparseRows.of(query, anchors, options);
    var right = SparseRows.of(candidate, counterparts, options);
    return left.shared(right).stream()
        .sorted((a, b) -> Double.compare(b.share(), a.share()))
        .limit(most)
        .toList();
  }
}
