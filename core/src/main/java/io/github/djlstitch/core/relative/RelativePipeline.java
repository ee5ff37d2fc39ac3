// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.StitchException;
import java.util.Optional;

/**
 * Everything between vectors (N, D) and what a head reads, in the order of the relative attention
 * of Moschella et al. 2023 (arXiv:2209.15430): draw anchors, standardise, quantise vectors and
 * anchors, compare, average by class, quantise similarities, normalise. With more than one subspace
 * all but the last happens in each and the results stand side by side. Immutable and thread-safe.
 *
 * @param similarity how vectors are compared with anchors
 * @param centering of each subspace
 * @param subspaces how many equal parts vectors are cut into, at least 1
 * @param absolute quantisation of standardised vectors and anchors; clusters are formed of both
 * @param aggregation averaging over anchors
 * @param relative quantisation of the similarities
 * @param norm of the result
 * @param draw which anchors a training step sees; without averaging by class, inference sees those
 *     of step 0, so that the width stays the same, with it all
 */
public record RelativePipeline(
    Similarity similarity,
    Centering centering,
    int subspaces,
    Quantization absolute,
    Aggregation aggregation,
    Quantization relative,
    OutputNorm norm,
    Optional<AnchorDraw> draw) {

  /** Checks what cannot go together. */
  public RelativePipeline {
    if (subspaces < 1) {
      throw StitchException.usage("%d subspaces; expected at least 1", subspaces);
    }
    if (draw.isPresent() && similarity.kind().joint()) {
      throw StitchException.usage(
          "similarity '%s' depends on all anchors together and cannot be drawn from",
          similarity.kind().id());
    }
    draw.ifPresent(anchors -> requireEveryGroup(anchors, aggregation));
    if (absolute.transductive() && similarity.kind() == Similarity.Kind.MAHALANOBIS) {
      throw StitchException.usage(
          "clusters of vectors move the anchors with every batch; 'mahalanobis' needs them fixed");
    }
  }

  private static void requireEveryGroup(AnchorDraw draw, Aggregation aggregation) {
    boolean fits =
        draw.classes().equals(aggregation.classes()) && draw.count() >= aggregation.groups();
    if (aggregation.active() && !fits) {
      throw StitchException.usage(
          "means of classes need a draw from each class, at least as many anchors as there are"
              + " groups (%d)",
          aggregation.groups());
    }
  }

  /** A plain relative projection, to which more is added with the methods below. */
  public static RelativePipeline of(Similarity similarity, Centering centering) {
    return new RelativePipeline(
        similarity,
        centering,
        1,
        Quantization.none(),
        Aggregation.none(),
        Quantization.none(),
        OutputNorm.NONE,
        Optional.empty());
  }

  /** With vectors cut into equal parts. */
  public RelativePipeline withSubspaces(int count) {
    return new RelativePipeline(
        similarity, centering, count, absolute, aggregation, relative, norm, draw);
  }

  /** With standardised vectors and anchors quantised. */
  public RelativePipeline withAbsolute(Quantization quantization) {
    return new RelativePipeline(
        similarity, centering, subspaces, quantization, aggregation, relative, norm, draw);
  }

  /** With similarities averaged. */
  public RelativePipeline withAggregation(Aggregation means) {
    return new RelativePipeline(
        similarity, centering, subspaces, absolute, means, relative, norm, draw);
  }

  /** With similarities quantised. */
  public RelativePipeline withRelative(Quantization quantization) {
    return new RelativePipeline(
        similarity, centering, subspaces, absolute, aggregation, quantization, norm, draw);
  }

  /** With the result normalised. */
  public RelativePipeline withNorm(OutputNorm last) {
    return new RelativePipeline(
        similarity, centering, subspaces, absolute, aggregation, relative, last, draw);
  }

  /** With other anchors at each training step. */
  public RelativePipeline withDraw(AnchorDraw anchors) {
    return new RelativePipeline(
        similarity,
        centering,
        subspaces,
        absolute,
        aggregation,
        relative,
        norm,
        Optional.of(anchors));
  }

  /**
   * Fits the pipeline to a space.
   *
   * @throws StitchException (bad input) if the width is no multiple of the subspaces, a class or a
   *     draw does not go with the number of anchors, or the anchors are refused by the similarity
   */
  public FittedPipeline over(AnchoredSpace space) {
    return FittedPipeline.of(this, space);
  }

  boolean transductive() {
    return absolute.transductive() || relative.transductive() || norm == OutputNorm.INSTANCE;
  }
}
