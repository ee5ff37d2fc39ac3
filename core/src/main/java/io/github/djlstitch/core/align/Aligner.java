// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Preparation.DimensionMatching;
import io.github.djlstitch.core.internal.engine.TensorBridge;

/**
 * A pairwise method: an affine map fitted on the same anchors in two spaces at once, which
 * zero-shot stitching does without (Maiorca et al. 2023, arXiv:2311.00664).
 *
 * <p>An aligner reads the anchors as they are given; {@link #with(Preparation)} and {@link
 * #with(DimensionMatching)} put their steps before and after it. Anchors that are fewer than the
 * dimensions, dependent or repeated are no error: least squares gives the minimum-norm map.
 * Computed in float64. Immutable and thread-safe.
 */
public final class Aligner {
  /** Ridge weights that {@link #ridgeLeaveOneOut()} tries: half decades from 0.001 to 1,000. */
  private static final double[] LAMBDAS = {
    .001, .00316, .01, .0316, .1, .316, 1, 3.16, 10, 31.6, 100, 316, 1000
  };

  private final String id;
  private final Solver solver;
  private final boolean equalWidths;
  private final Preparation preparation;
  private final DimensionMatching matching;

  private Aligner(
      String id,
      Solver solver,
      boolean equalWidths,
      Preparation preparation,
      DimensionMatching matching) {
    this.id = id;
    this.solver = solver;
    this.equalWidths = equalWidths;
    this.preparation = preparation;
    this.matching = matching;
  }

  private static Aligner of(String id, boolean equalWidths, Solver solver) {
    return new Aligner(id, solver, equalWidths, Preparation.NONE, DimensionMatching.NONE);
  }

  /**
   * Orthogonal Procrustes: {@code R = UVᵀ} of {@code XᵀY = USVᵀ}, the orthogonal map that moves the
   * anchors the least (Schoenemann 1966). Needs equal widths. Directions that the anchors do not
   * span are mapped orthogonally too, but arbitrarily.
   */
  public static Aligner procrustes() {
    return of("procrustes", true, Solver.method("orthogonal"));
  }

  /** Orthogonal Procrustes times the scale {@code tr(S) / |X|²} that fits best. */
  public static Aligner scaledProcrustes() {
    return of("procrustes-scaled", true, Solver::scaled);
  }

  /**
   * Orthogonal Procrustes between the directions that the anchors span and zero outside of them:
   * the one to take with fewer anchors than dimensions (TREC, 100 anchors, 384 dimensions: mean
   * cosine .43 on the test set against .30). Widths may differ.
   */
  public static Aligner spannedProcrustes() {
    return of("procrustes-spanned", false, Solver.method("spanned"));
  }

  /**
   * Least squares, {@code R = X⁺Y}, of minimum norm. Singular values of X at most {@code rcond =
   * 2⁻²³ max(M, D)} times the largest count as zero: float32 anchors hold no more.
   */
  public static Aligner leastSquares() {
    return of("linear", false, Solver.method("least_squares"));
  }

  /**
   * The orthogonal map nearest to that of least squares: its {@code UVᵀ}. Needs equal widths.
   * Directions that the anchors do not span are mapped orthogonally too, but arbitrarily.
   */
  public static Aligner leastSquaresOrthogonal() {
    return of("l-ortho", true, Solver.method("least_squares_orthogonal"));
  }

  /**
   * {@link #leastSquaresOrthogonal} between the directions that the anchors span and zero outside
   * of them. Widths may differ.
   */
  public static Aligner spannedLeastSquaresOrthogonal() {
    return of("l-ortho-spanned", false, Solver.method("least_squares_spanned"));
  }

  /**
   * Ridge regression {@code (XᵀX + lambda I)⁻¹ XᵀY}.
   *
   * @param lambda above 0
   */
  public static Aligner ridge(double lambda) {
    requirePositive("lambda", lambda);
    return of("ridge", false, (x, y) -> Solver.ridge(x, y, lambda));
  }

  /**
   * Ridge regression with the weight among these whose mean squared error on left-out anchors is
   * least; the first of equals. Exact, by the hat matrix of one SVD. Needs 2 anchors or more.
   *
   * <p>Not for anchors that were centered on their own mean: the one left out is then minus the sum
   * of the others, in both spaces, and too small a weight looks right. {@link
   * #affineRidgeLeaveOneOut} leaves each anchor out of the mean too.
   */
  public static Aligner ridgeLeaveOneOut(double... lambdas) {
    double[] tried = checked(lambdas);
    return of("ridge-loo", false, (x, y) -> Solver.leaveOneOut(x, y, tried, false));
  }

  /** {@link #ridgeLeaveOneOut(double...)} over half decades from 0.001 to 1,000. */
  public static Aligner ridgeLeaveOneOut() {
    return ridgeLeaveOneOut(LAMBDAS);
  }

  /** Least squares with an offset. */
  public static Aligner affine() {
    return of("affine", false, offset(Solver.method("least_squares")));
  }

  /** Ridge regression with an offset that is not penalized; lambda above 0. */
  public static Aligner affineRidge(double lambda) {
    requirePositive("lambda", lambda);
    return of("affine-ridge", false, offset((x, y) -> Solver.ridge(x, y, lambda)));
  }

  /**
   * Ridge regression with an offset that is not penalized, and the weight chosen as by {@link
   * #ridgeLeaveOneOut(double...)}.
   */
  public static Aligner affineRidgeLeaveOneOut(double... lambdas) {
    double[] tried = checked(lambdas);
    Solver inner = (x, y) -> Solver.leaveOneOut(x, y, tried, true);
    return of("affine-ridge-loo", false, offset(inner));
  }

  /** {@link #affineRidgeLeaveOneOut(double...)} over half decades from 0.001 to 1,000. */
  public static Aligner affineRidgeLeaveOneOut() {
    return affineRidgeLeaveOneOut(LAMBDAS);
  }

  /**
   * An affine map by gradient: full-batch Adam (0.9, 0.999, 1e-8) on the mean squared error, from
   * PyTorch's initialization of a linear layer. The paper takes 20 steps, latentis 300, both at a
   * rate of 0.001: at those settings it stops well before the least-squares solution.
   *
   * @param steps at least 1
   * @param rate step size, above 0
   * @param seed of the initial weights
   */
  public static Aligner affineByGradient(int steps, double rate, long seed) {
    requirePositive("the number of steps", steps);
    requirePositive("the rate", rate);
    return of("affine-gradient", false, (x, y) -> Solver.adam(x, y, steps, rate, seed));
  }

  /**
   * Reduced-rank regression: the map of rank r with the least squared error, {@code R V_r V_rᵀ}
   * with R of least squares and V of {@code XR = USVᵀ} (Izenman 1975).
   *
   * @param rank r, from 1 to the smaller width; any larger one is the same as least squares
   */
  public static Aligner lowRank(int rank) {
    requirePositive("the rank", rank);
    return of("low-rank", false, (x, y) -> Solver.lowRank(x, y, rank));
  }

  /** Canonical correlations, {@link CanonicalCorrelation}, out of one space and into the other. */
  public static Aligner canonical(int components, double shrinkage) {
    CanonicalCorrelation.check(components, shrinkage);
    return of("cca", false, (x, y) -> CanonicalCorrelation.solve(x, y, components, shrinkage));
  }

  /** The same method after this preparation of both spaces. */
  public Aligner with(Preparation steps) {
    return new Aligner(id, solver, equalWidths, steps, matching);
  }

  /** The same method after this matching of widths. */
  public Aligner with(DimensionMatching steps) {
    return new Aligner(id, solver, equalWidths, preparation, steps);
  }

  /** The method's name in reports. */
  public String id() {
    return id;
  }

  /**
   * Fits the map.
   *
   * @param from anchors of the source space, shape (M, D)
   * @param to the same anchors in the target space, in the same order, shape (M, E)
   * @throws StitchException (bad input) if there are no anchors or not equally many, a value is not
   *     finite, or the method needs equal widths and none are made
   */
  public Alignment fit(FloatMatrix from, FloatMatrix to) {
    Pairs.require(from, to, 1);
    requireMatched(from, to);
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = Affine.toFloat64(manager, from); // (M, D)
      NDArray y = Affine.toFloat64(manager, to); // (M, E)
      Frame source = frame(x, to.columns());
      Frame target = frame(y, from.columns());
      var solution = solver.solve(enter(source, x), enter(target, y));
      Affine whole = source.in().then(solution.map()).then(target.out());
      return alignment(whole, solution);
    }
  }

  private Frame frame(NDArray anchors, long other) {
    Frame frame = preparation.frame(anchors);
    return frame.then(matching.frame(enter(frame, anchors), other));
  }

  private NDArray enter(Frame frame, NDArray anchors) {
    return frame.in().apply(preparation.rows(anchors));
  }

  private Alignment alignment(Affine whole, Solver.Solution solution) {
    FloatMatrix map = Affine.toMatrix(whole.map());
    return new Alignment(
        FloatMatrix.wrap(1, map.rows(), new float[map.rows()]),
        preparation == Preparation.UNIT,
        map,
        Affine.toMatrix(whole.offset()),
        Math.min(solution.rank(), Math.min(map.rows(), map.columns())),
        solution.diagnostics());
  }

  private void requireMatched(FloatMatrix from, FloatMatrix to) {
    if (equalWidths && matching == DimensionMatching.NONE && from.columns() != to.columns()) {
      throw StitchException.badInput(
          "aligner '%s' needs spaces of equal width but got %d and %d;"
              + " choose DimensionMatching ZERO_PAD or PCA",
          id, from.columns(), to.columns());
    }
  }

  private static Solver offset(Solver inner) {
    return (x, y) -> Solver.withOffset(inner, x, y);
  }

  private static double[] checked(double[] lambdas) {
    if (lambdas.length == 0) {
      throw StitchException.usage("leave-one-out needs at least 1 lambda to try but got 0");
    }
    for (double lambda : lambdas) {
      requirePositive("lambda", lambda);
    }
    return lambdas.clone();
  }

  private static void requirePositive(String what, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw StitchException.usage("%s of an aligner must be above 0 but is %s", what, value);
    }
  }
}
