// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A similarity or distance of two spaces X (N, D) and Y (N, E) whose rows are the same samples in
 * the same order. A value; immutable and thread-safe. Everything is computed in float64.
 *
 * <ul>
 *   <li>Neighbors, by cosine, of equal ones the first row: Jaccard@k and MRR@k search Y alone, with
 *       a sample's vector in X and in Y; the sample itself counts, and beyond rank k the reciprocal
 *       rank is 0 (Moschella et al. 2023, Table 1). Mutual kNN and CKNNA search each space by
 *       itself without the sample itself (Huh et al. 2024, arXiv:2405.07987).
 *   <li>Kernels: CKA, biased (Kornblith et al. 2019, arXiv:1905.00414), from HSIC_1 (Song et al.
 *       2012, eq. 5) and over minibatches (Nguyen et al. 2021, arXiv:2010.15327, eq. 3; batch c of
 *       C is the rows c, c + C, c + 2C...); RBF with a fraction of the median distance of at most
 *       1,000 evenly spaced rows as bandwidth; distance correlation (Székely et al. 2007; the
 *       unbiased one is its square, Székely and Rizzo 2013).
 *   <li>Dissimilarities: RSA (Kriegeskorte et al. 2008) over the pairs of samples; a dissimilarity
 *       is 1 - cosine, which unlike 1 - correlation does not depend on the axes.
 *   <li>Canonical correlations: the mean of all; of the principal components that hold a share of
 *       the variance (SVCCA, Raghu et al. 2017, arXiv:1706.05806); weighted (PWCCA, Morcos et al.
 *       2018, arXiv:1806.05759, eq. 5) by the space of lower rank, X of equal ones. All are 1 when
 *       there are no more samples than dimensions, and PWCCA has no unique value when there are
 *       fewer than the dimensions of both spaces together.
 *   <li>Shapes: Procrustes distances of the centered spaces (Williams et al. 2021,
 *       arXiv:2110.14739) with sizes as they are, at unit size, and as an angle.
 *   <li>Linear maps: R² of least squares from X to Y and back, as one share of the variance of all
 *       coordinates (Kornblith et al. 2019, eq. 7), 1 when there are no more samples than
 *       dimensions; eigenspace overlap (May et al. 2019, arXiv:1909.01264), {@code ‖UᵀV‖² / max(R,
 *       S)} of orthonormal bases U (N, R) and V (N, S) of what the columns span, not centered; GULP
 *       (Boix-Adserà et al. 2022, arXiv:2210.06545), {@code √(‖P‖² + ‖Q‖² - 2 tr PQ)} of the hat
 *       matrices (N, N) of ridge regressions, P of X centered and scaled to mean squared norm 1.
 *   <li>Axes: correlations of X's with Y's axes (Li et al. 2016, arXiv:1511.07543), averaged over
 *       the pairs of the best assignment (hard) or over each axis' best (soft, mean of both
 *       directions). Those of a constant axis are 0.
 *   <li>Topology: RTD (Barannikov et al. 2022, arXiv:2201.00058), the mean of both ways of the sum
 *       of the lengths of the R-cross-barcode's bars of dimension 1, exact, with distances in units
 *       of their .9 quantile; the authors average 10 parts of 500 samples.
 *   <li>Shapes without a pairing: IMD (Tsitsulin et al. 2020, arXiv:1905.11141), {@code 1e6 max
 *       exp(-2(t + 1/t)) |h_X(t) - h_Y(t)|} over 256 times t from .1 to 10; h is the mean of {@code
 *       exp(-λt)} over all eigenvalues of the normalized Laplacian of the graph of 5 nearest
 *       neighbors, exactly, where the paper estimates them. Geometry score (Khrulkov and Oseledets
 *       2018, arXiv:1802.02664), the squared difference of the mean relative living times of 0 to
 *       99 loops over 10 draws of 32 landmarks, the same samples in both spaces, until an eighth of
 *       the largest distance.
 *   <li>Paired: mean cosine, Manhattan and Euclidean distance of the two vectors of a sample; of
 *       class scores, agreement and the Jensen-Shannon divergence of their softmaxes (Lin 1991; of
 *       probabilities take the logarithms). Of relative vectors, agreement counts equal nearest
 *       anchors.
 * </ul>
 *
 * <p>The cosine of a zero vector with anything is 0.
 *
 * @param kind the computation
 * @param option neighbors k; batch of minibatch CKA; fraction of the median distance of RBF CKA;
 *     share of the variance of SVCCA; regularization λ of GULP; 0 for all others
 */
public record SpaceMeasure(MeasureKind kind, double option) {
  /** The k of the papers. */
  public static final int DEFAULT_NEIGHBORS = 10;

  private static final double VARIANCE = .99; // Raghu et al. 2017
  private static final double BANDWIDTH = .8; // the best of Kornblith et al. 2019, Table 2
  private static final double RIDGE = .01; // the middle of those of Boix-Adserà et al. 2022
  private static final int BATCH = 256;

  /** Checks that the option goes with the kind. */
  public SpaceMeasure {
    boolean fits =
        switch (kind) {
          case JACCARD, MRR, MUTUAL_KNN -> option >= 1 && isWhole(option);
          case CKNNA -> option >= 2 && isWhole(option);
          case CKA_MINIBATCH -> option >= kind.fewestRows() && isWhole(option);
          case CKA_RBF -> option > 0 && Double.isFinite(option);
          case SVCCA -> option > 0 && option <= 1;
          case GULP -> option >= 0 && Double.isFinite(option);
          default -> option == 0;
        };
    if (!fits) {
      throw StitchException.usage(
          "measure '%s' with option %s; jaccard, mrr and mutual-knn take k from 1, cknna k from 2,"
              + " cka-minibatch a batch from 4, cka-rbf a factor above 0, svcca a share up to 1, gulp"
              + " a lambda from 0",
          kind.id(), option);
    }
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && value <= Integer.MAX_VALUE;
  }

  /** The measure of that kind with its default option. */
  public static SpaceMeasure of(MeasureKind kind) {
    return of(kind, DEFAULT_NEIGHBORS);
  }

  /** The measure of that kind, with k if it counts neighbors. */
  public static SpaceMeasure of(MeasureKind kind, int neighbors) {
    return switch (kind) {
      case JACCARD, MRR, MUTUAL_KNN, CKNNA -> new SpaceMeasure(kind, neighbors);
      case CKA_MINIBATCH -> new SpaceMeasure(kind, BATCH);
      case CKA_RBF -> new SpaceMeasure(kind, BANDWIDTH);
      case SVCCA -> new SpaceMeasure(kind, VARIANCE);
      case GULP -> new SpaceMeasure(kind, RIDGE);
      default -> new SpaceMeasure(kind, 0);
    };
  }

  /**
   * The measure with that name: {@code cka}, {@code jaccard}, {@code jaccard@5}...
   *
   * @param neighbors k where the name has none
   * @throws StitchException (usage) naming the nearest measure if there is none
   */
  public static SpaceMeasure named(String name, int neighbors) {
    String[] parts = name.split("@", 2);
    MeasureKind kind =
        Arrays.stream(MeasureKind.values())
            .filter(k -> k.id().equals(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    StitchException.usage(
                        "no measure '%s'; %sknown: %s",
                        parts[0], NearestName.hint(parts[0], ids()), String.join(", ", ids())));
    if (parts.length == 1) {
      return of(kind, neighbors);
    }
    if (!kind.countsNeighbors() || !parts[1].matches("[0-9]{1,9}")) {
      throw StitchException.usage(
          "no measure '%s'; only jaccard, mrr, mutual-knn and cknna take a k, as in jaccard@5",
          name);
    }
    return of(kind, Integer.parseInt(parts[1]));
  }

  /** The names of all kinds. */
  public static List<String> ids() {
    return Arrays.stream(MeasureKind.values()).map(MeasureKind::id).toList();
  }

  /** The name, with k if there is one: {@code cka}, {@code jaccard@10}. */
  public String id() {
    return kind.countsNeighbors() ? kind.id() + "@" + (int) option : kind.id();
  }

  /**
   * The measure of two spaces.
   *
   * @param x shape (N, D)
   * @param y shape (N, E)
   * @throws StitchException (bad input) if the rows differ in number or are too few, a value is not
   *     finite, widths differ that must be equal, a space is constant where its variation is
   *     compared, or there are more rows than {@link MeasureKind#mostRows}
   */
  public double of(FloatMatrix x, FloatMatrix y) {
    MeasureInput.require(this, x, y);
    if (x.rows() > kind.mostRows()) {
      throw StitchException.badInput(
          "%s compares at most %d samples but got %d; take a random part of them",
          id(), kind.mostRows(), x.rows());
    }
    return requireValue(compute(x, y));
  }

  double requireValue(double value) {
    if (Double.isNaN(value)) {
      throw StitchException.badInput("%s is undefined: one space shows no variation for it", id());
    }
    return value;
  }

  /** The measure of checked input; NaN if it is undefined. */
  double compute(FloatMatrix x, FloatMatrix y) {
    return switch (kind) {
      case JACCARD, MRR, MUTUAL_KNN -> NeighborOverlap.of(this, x, y).value();
      case CKNNA -> NeighborAlignment.of((int) option, x, y).value();
      case COSINE, L1, L2 -> PairedRows.of(kind, x, y).value();
      case CKA -> LinearAlignment.biased(x, y);
      case CKA_UNBIASED -> LinearAlignment.unbiased(x, y);
      case CKA_MINIBATCH -> LinearAlignment.minibatch(x, y, (int) option);
      case CKA_RBF, DCOR, DCOR_UNBIASED, RSA -> PairSums.of(Affinity.of(this), x, y).measure(kind);
      case RSA_SPEARMAN -> RankCorrelation.spearman(condensed(x), condensed(y));
      case RSA_KENDALL -> RankCorrelation.kendall(condensed(x), condensed(y));
      case SVCCA, PWCCA, MEAN_CCA -> CanonicalMeans.of(this, x, y);
      case PROCRUSTES, PROCRUSTES_SIZE, PROCRUSTES_ANGULAR -> ProcrustesShape.of(kind, x, y);
      case LINEAR_R2, LINEAR_R2_BACK, EIGENSPACE_OVERLAP, GULP -> SpectralOverlap.of(this, x, y);
      case HARD_MATCH, SOFT_MATCH -> AxisMatch.of(kind, x, y);
      case IMD, GEOMETRY_SCORE -> SpaceShape.of(kind, x, y).value();
      case RTD -> CrossBarcode.compare(x, y).permuted(RowDraws.identity(x.rows()));
      case AGREEMENT, JENSEN_SHANNON -> ClassScores.of(kind, x, y).value();
    };
  }

  private static double[] condensed(FloatMatrix x) {
    return Affinity.DISSIMILARITY.matrix(x).condensed();
  }

  /** The two spaces, ready to be compared with other pairings of their rows. */
  Comparison compare(FloatMatrix x, FloatMatrix y) {
    return switch (kind) {
      case JACCARD, MRR, MUTUAL_KNN -> NeighborOverlap.of(this, x, y);
      case CKNNA -> NeighborAlignment.of((int) option, x, y);
      case COSINE, L1, L2 -> PairedRows.of(kind, x, y);
      case CKA, CKA_UNBIASED, CKA_RBF, DCOR, DCOR_UNBIASED, RSA, RSA_SPEARMAN ->
          MatrixCorrelation.of(this, x, y);
      case SVCCA, PWCCA, MEAN_CCA -> CanonicalMeans.compare(this, x, y);
      case LINEAR_R2, LINEAR_R2_BACK, EIGENSPACE_OVERLAP, GULP ->
          SpectralOverlap.compare(this, x, y);
      case HARD_MATCH, SOFT_MATCH -> AxisMatch.compare(kind, x, y);
      case IMD, GEOMETRY_SCORE -> SpaceShape.of(kind, x, y);
      case RTD -> CrossBarcode.compare(x, y);
      case AGREEMENT, JENSEN_SHANNON -> ClassScores.of(kind, x, y);
      case CKA_MINIBATCH, RSA_KENDALL, PROCRUSTES, PROCRUSTES_SIZE, PROCRUSTES_ANGULAR ->
          order -> compute(x, y.select(order));
    };
  }

  /**
   * Retrieval of samples and their neighbors from one space in another (Moschella et al. 2023,
   * table 1, appendix A.5.1): {@link MeasureKind#JACCARD}, {@link MeasureKind#MRR} and {@link
   * MeasureKind#COSINE} for several k from one search. Thread-safe.
   *
   * @param k the number of neighbors
   * @param jaccard overlap of a sample's neighbors in Y, searched with its vector in X and in Y,
   *     over their union; 0 to 1
   * @param mrr mean of one over the sample's own rank in Y, 0 beyond rank k; 0 to 1
   * @param cosine mean cosine of a sample's two vectors
   */
  public record Retrieval(int k, double jaccard, double mrr, double cosine) {
    /**
     * Searches Y with the vectors of X.
     *
     * @param x shape (N, D)
     * @param y shape (N, D), the same samples
     * @param neighbors each k, from 1 to N
     * @return one for each k, in that order
     * @throws io.github.djlstitch.core.StitchException (bad input) as {@link SpaceMeasure#of}
     */
    public static List<Retrieval> of(FloatMatrix x, FloatMatrix y, List<Integer> neighbors) {
      int most = neighbors.stream().mapToInt(k -> k).max().orElseThrow();
      MeasureInput.require(SpaceMeasure.of(MeasureKind.JACCARD, most), x, y);
      double cosine = PairedRows.of(MeasureKind.COSINE, x, y).value();
      Neighbors queried = Neighbors.of(x, y, most);
      Neighbors own = Neighbors.of(y, y, most);
      List<Retrieval> found = new ArrayList<>();
      for (int k : neighbors) {
        Neighbors nearest = queried.first(k);
        found.add(
            new Retrieval(
                k,
                new NeighborOverlap(MeasureKind.JACCARD, nearest, own.first(k)).value(),
                new NeighborOverlap(MeasureKind.MRR, nearest, nearest).value(),
                cosine));
      }
      return found;
    }
  }
}
