// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.Named;

/** Kinds of {@link SpaceMeasure}; see there for the definitions. */
public enum MeasureKind implements Named {
  /** Overlap of neighborhoods in Y, intersection over union, in [0, 1]. */
  JACCARD(Axes.SHARED, 1, Integer.MAX_VALUE, 0, 1),
  /** Mean reciprocal rank of a sample's own vector among its neighbors in Y, in [0, 1]. */
  MRR(Axes.SHARED, 1, Integer.MAX_VALUE, 0, 1),
  /** Mean cosine of a sample's two vectors, in [-1, 1]. */
  COSINE(Axes.SHARED, 1, Integer.MAX_VALUE, -1, 1),
  /** Mean Manhattan distance of a sample's two vectors, at least 0. */
  L1(Axes.SHARED, 1, Integer.MAX_VALUE, 0, Double.POSITIVE_INFINITY),
  /** Mean Euclidean distance of a sample's two vectors, at least 0. */
  L2(Axes.SHARED, 1, Integer.MAX_VALUE, 0, Double.POSITIVE_INFINITY),
  /** Overlap of the k nearest neighbors in X with those in Y, in [0, 1]. */
  MUTUAL_KNN(Axes.OWN, 2, Integer.MAX_VALUE, 0, 1),
  /** Kernel alignment over the pairs that are neighbors in both spaces. */
  CKNNA(Axes.OWN, 4, Integer.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
  /** Linear centered kernel alignment, biased, in [0, 1]. */
  CKA(Axes.OWN, 2, 1000, 0, 1),
  /** Linear centered kernel alignment from unbiased HSIC, in [-1, 1]. */
  CKA_UNBIASED(Axes.OWN, 4, 1000, -1, 1),
  /** Linear centered kernel alignment from means over minibatches, in [-1, 1]. */
  CKA_MINIBATCH(Axes.OWN, 4, 1000, -1, 1),
  /** Centered kernel alignment of Gaussian kernels, biased, in [0, 1]. */
  CKA_RBF(Axes.OWN, 2, 1000, 0, 1),
  /** Distance correlation, biased, in [0, 1]. */
  DCOR(Axes.OWN, 2, 1000, 0, 1),
  /** Squared distance correlation, bias-corrected, in [-1, 1]. */
  DCOR_UNBIASED(Axes.OWN, 4, 1000, -1, 1),
  /** Pearson correlation of the two spaces' dissimilarities, in [-1, 1]. */
  RSA(Axes.OWN, 3, 1000, -1, 1),
  /** Spearman correlation of the two spaces' dissimilarities, in [-1, 1]. */
  RSA_SPEARMAN(Axes.OWN, 3, 1000, -1, 1),
  /** Kendall's tau-b of the two spaces' dissimilarities, in [-1, 1]. */
  RSA_KENDALL(Axes.OWN, 3, 200, -1, 1),
  /** Mean canonical correlation of the leading principal components, in [0, 1]. */
  SVCCA(Axes.OWN, 3, 4000, 0, 1),
  /** Canonical correlations weighted by their share of the space, in [0, 1]. */
  PWCCA(Axes.OWN, 3, 4000, 0, 1),
  /** Mean canonical correlation, in [0, 1]. */
  MEAN_CCA(Axes.OWN, 3, 4000, 0, 1),
  /** Procrustes distance of the spaces scaled to unit size, in [0, √2]. */
  PROCRUSTES(Axes.OWN, 2, 4000, 0, Math.sqrt(2)),
  /** Procrustes distance with sizes as they are, at least 0. */
  PROCRUSTES_SIZE(Axes.OWN, 2, 4000, 0, Double.POSITIVE_INFINITY),
  /** Angle of the spaces after the best rotation, in [0, π/2]. */
  PROCRUSTES_ANGULAR(Axes.OWN, 2, 4000, 0, Math.PI / 2),
  /** Share of Y's variance that a linear map of X explains, in [0, 1]. */
  LINEAR_R2(Axes.OWN, 3, 4000, 0, 1),
  /** Share of X's variance that a linear map of Y explains, in [0, 1]. */
  LINEAR_R2_BACK(Axes.OWN, 3, 4000, 0, 1),
  /** Mean correlation of the axes, each paired with another one, in [-1, 1]. */
  HARD_MATCH(Axes.OWN, 3, 4000, -1, 1),
  /** Mean correlation of each axis with the best of the other space, in [-1, 1]. */
  SOFT_MATCH(Axes.OWN, 3, 4000, -1, 1),
  /** Overlap of what the columns of the two spaces span, in [0, 1]. */
  EIGENSPACE_OVERLAP(Axes.OWN, 2, 4000, 0, 1),
  /** Distance of the ridge regressions from the two spaces, at least 0. */
  GULP(Axes.OWN, 3, 4000, 0, Double.POSITIVE_INFINITY),
  /** Distance of the two neighborhood graphs' heat traces, at least 0. */
  IMD(Axes.OWN, 6, 200, 0, Double.POSITIVE_INFINITY),
  /** Loops that one space closes sooner than the other, summed lengths, at least 0. */
  RTD(Axes.OWN, 3, 100, 0, Double.POSITIVE_INFINITY),
  /** Difference of how long each number of loops lives in the two spaces, in [0, 2]. */
  GEOMETRY_SCORE(Axes.OWN, 4, 100, 0, 2),
  /** Share of the samples whose largest coordinate is the same, in [0, 1]. */
  AGREEMENT(Axes.SHARED, 1, Integer.MAX_VALUE, 0, 1),
  /** Mean Jensen-Shannon divergence of a sample's two softmaxes, in bits, in [0, 1]. */
  JENSEN_SHANNON(Axes.SHARED, 1, Integer.MAX_VALUE, 0, 1);

  /** The coordinates of the two spaces: shared axes, or axes of their own. */
  private enum Axes {
    SHARED,
    OWN
  }

  private final Axes axes;
  private final int fewestRows;
  private final int resampledRows;
  private final double least;
  private final double most;

  MeasureKind(Axes axes, int fewestRows, int resampledRows, double least, double most) {
    this.axes = axes;
    this.fewestRows = fewestRows;
    this.resampledRows = resampledRows;
    this.least = least;
    this.most = most;
  }

  /** Returns true for distances: smaller means closer. */
  public boolean isDistance() {
    return switch (this) {
      case L1, L2, PROCRUSTES, PROCRUSTES_SIZE, PROCRUSTES_ANGULAR -> true;
      case GULP, IMD, RTD, GEOMETRY_SCORE, JENSEN_SHANNON -> true;
      default -> false;
    };
  }

  /** Returns true if exchanging the spaces leaves the value unchanged. */
  public boolean isSymmetric() {
    return switch (this) {
      case JACCARD, MRR, CKNNA, PWCCA, LINEAR_R2, LINEAR_R2_BACK -> false;
      default -> true;
    };
  }

  /**
   * Returns true if it compares coordinates, and so needs equal widths and one frame, as two
   * relative spaces have. The others compare each space's own geometry.
   */
  public boolean needsSharedFrame() {
    return axes == Axes.SHARED;
  }

  /** Returns true if it compares nearest neighbors; its option is their number. */
  public boolean countsNeighbors() {
    return this == JACCARD || this == MRR || this == MUTUAL_KNN || this == CKNNA;
  }

  /**
   * Returns false if it describes each space by itself, so that another pairing of the samples
   * changes nothing. Chance is then a space without structure: Y with the values of each axis in an
   * order of its own.
   */
  public boolean comparesPairs() {
    return this != IMD && this != GEOMETRY_SCORE;
  }

  /** The fewest samples with which it is defined. */
  public int fewestRows() {
    return fewestRows;
  }

  /** The most samples it compares at once: more do not fit into time or memory. */
  public int mostRows() {
    return switch (this) {
      case RSA_SPEARMAN, IMD -> 2000;
      case RSA_KENDALL, GEOMETRY_SCORE -> 1000;
      case RTD -> 400;
      default -> Integer.MAX_VALUE;
    };
  }

  /** The widest spaces that it compares: wider ones do not fit into time. */
  public int mostColumns() {
    return this == HARD_MATCH ? 2048 : Integer.MAX_VALUE;
  }

  /** The most samples of one permutation or subsample. */
  int resampledRows() {
    return resampledRows;
  }

  double clip(double value) {
    return Math.min(Math.max(value, least), most);
  }
}
