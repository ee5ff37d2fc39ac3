// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.meanRow;
import static io.github.djlstitch.core.Matrices.plusIdentity;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.solve;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Matrices.unitRows;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Relative representations by double loops, straight from the definitions. */
final class NaiveRelative {
  private NaiveRelative() {}

  static FloatMatrix apply(FloatMatrix x, FloatMatrix anchors, Similarity similarity, Centering c) {
    FloatMatrix a = standardize(anchors, anchors, similarity, c);
    FloatMatrix v = standardize(x, anchors, similarity, c);
    if (similarity.kind() == Similarity.Kind.COORDINATES) {
      FloatMatrix gram = plusIdentity(times(transposed(a), a), similarity.lambda());
      return transposed(times(a, solve(gram, transposed(v))));
    }
    if (similarity.kind() == Similarity.Kind.BASIS_CHANGE) {
      return leastSquares(v, a);
    }
    if (similarity.kind() == Similarity.Kind.MAHALANOBIS) {
      return mahalanobis(v, a, anchors, similarity.parameter());
    }
    if (similarity.kind() == Similarity.Kind.GEODESIC) {
      return geodesics(v, a, (int) similarity.parameter());
    }
    ToDoubleBiFunction<double[], double[]> compare = comparison(similarity);
    return Matrices.of(
        x.rows(), anchors.rows(), (i, j) -> compare.applyAsDouble(doubles(v, i), doubles(a, j)));
  }

  /** What is centred without a look at data. */
  static final List<Centering> CENTERINGS = List.of(Centering.ANCHORS, Centering.NONE);

  static FloatMatrix standardize(
      FloatMatrix x, FloatMatrix anchors, Similarity similarity, Centering c) {
    double scale = c == Centering.ANCHORS ? -1 : 0;
    return similarity.directional()
        ? unitRows(shift(unitRows(x), meanRow(unitRows(anchors)), scale))
        : shift(x, meanRow(anchors), scale);
  }

  // The normal equations of the side that has full rank.
  private static FloatMatrix leastSquares(FloatMatrix x, FloatMatrix a) {
    if (a.rows() == 1) {
      double square = dot(doubles(a, 0), doubles(a, 0));
      return Matrices.of(
          x.rows(), 1, (i, j) -> square == 0 ? 0 : dot(doubles(x, i), doubles(a, 0)) / square);
    }
    return a.rows() >= a.columns()
        ? transposed(times(a, solve(times(transposed(a), a), transposed(x))))
        : transposed(solve(times(a, transposed(a)), times(a, transposed(x))));
  }

  // A single anchor has no covariance; distances are then to be refused, not computed.
  private static FloatMatrix mahalanobis(
      FloatMatrix x, FloatMatrix a, FloatMatrix data, double shrinkage) {
    int width = data.columns();
    FloatMatrix d = shift(data, meanRow(data), -1);
    FloatMatrix s = Matrices.map(times(transposed(d), d), v -> v / data.rows());
    double trace = 0;
    for (int j = 0; j < width; j++) {
      trace += s.get(j, j);
    }
    FloatMatrix shrunk =
        plusIdentity(Matrices.map(s, v -> v * (1 - shrinkage)), shrinkage * trace / width);
    return Matrices.of(
        x.rows(),
        a.rows(),
        (i, j) -> {
          double[] apart = minus(doubles(x, i), doubles(a, j));
          FloatMatrix column = Matrices.of(width, 1, (k, one) -> apart[k]);
          return -Math.sqrt(times(transposed(column), solve(shrunk, column)).get(0, 0));
        });
  }

  // Floyd and Warshall over the graph of the anchors alone; of one neighbor each it may need edges.
  private static FloatMatrix geodesics(FloatMatrix x, FloatMatrix a, int neighbors) {
    int m = a.rows();
    double[][] paths = new double[m][m];
    for (int i = 0; i < m; i++) {
      java.util.Arrays.fill(paths[i], Double.POSITIVE_INFINITY);
      paths[i][i] = 0;
    }
    for (int i = 0; i < m; i++) {
      int[] near = nearest(a, doubles(a, i));
      for (int j = 1; j <= neighbors && j < m; j++) {
        paths[i][near[j]] = paths[near[j]][i] = apart(a, i, doubles(a, near[j]));
      }
    }
    shorten(paths);
    for (int[] edge = missing(a, paths); edge.length > 0; edge = missing(a, paths)) {
      paths[edge[0]][edge[1]] = paths[edge[1]][edge[0]] = apart(a, edge[0], doubles(a, edge[1]));
      shorten(paths);
    }
    double sum = java.util.Arrays.stream(paths).flatMapToDouble(java.util.Arrays::stream).sum();
    double mean = sum > 0 ? sum / m / (m - 1) : 1;
    return Matrices.of(
        x.rows(),
        m,
        (i, j) ->
            -java.util.Arrays.stream(nearest(a, doubles(x, i)))
                    .limit(neighbors)
                    .mapToDouble(n -> apart(a, n, doubles(x, i)) + paths[n][j])
                    .min()
                    .orElseThrow()
                / mean);
  }

  private static void shorten(double[][] paths) {
    for (int k = 0; k < paths.length; k++) {
      for (int i = 0; i < paths.length; i++) {
        for (int j = 0; j < paths.length; j++) {
          paths[i][j] = Math.min(paths[i][j], paths[i][k] + paths[k][j]);
        }
      }
    }
  }

  // The shortest edge between two anchors without a path.
  private static int[] missing(FloatMatrix a, double[][] paths) {
    int[] best = {};
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < paths.length; i++) {
      for (int j = 0; j < i; j++) {
        double length = apart(a, i, doubles(a, j));
        if (Double.isInfinite(paths[i][j]) && length < least) {
          least = length;
          best = new int[] {i, j};
        }
      }
    }
    return best;
  }

  private static double apart(FloatMatrix a, int i, double[] x) {
    double[] difference = minus(doubles(a, i), x);
    return Math.sqrt(dot(difference, difference));
  }

  private static int[] nearest(FloatMatrix a, double[] x) {
    return java.util.stream.IntStream.range(0, a.rows())
        .boxed()
        .sorted(java.util.Comparator.comparingDouble(i -> apart(a, i, x)))
        .mapToInt(i -> i)
        .toArray();
  }

  private static double minkowski(double[] difference, double p) {
    return Math.pow(
        java.util.Arrays.stream(difference).map(d -> Math.pow(Math.abs(d), p)).sum(), 1 / p);
  }

  private static double angle(double[] x, double[] a) {
    double cosine = dot(x, a) / Math.sqrt(dot(x, x) * dot(a, a));
    return Double.isNaN(cosine) ? Math.PI / 2 : Math.acos(Math.max(-1, Math.min(1, cosine)));
  }

  private static ToDoubleBiFunction<double[], double[]> comparison(Similarity similarity) {
    double parameter = similarity.parameter();
    return switch (similarity.kind()) {
      case COSINE, INNER -> Matrices::dot;
      case SCALED_INNER -> (x, a) -> dot(x, a) / Math.sqrt(x.length);
      case ANGULAR -> (x, a) -> 1 - angle(x, a) / Math.PI;
      case MINKOWSKI -> (x, a) -> -minkowski(minus(x, a), parameter);
      case RBF -> (x, a) -> Math.exp(-parameter * dot(minus(x, a), minus(x, a)));
      case EUCLIDEAN -> (x, a) -> -Math.sqrt(dot(minus(x, a), minus(x, a)));
      case MANHATTAN -> (x, a) -> -java.util.Arrays.stream(minus(x, a)).map(Math::abs).sum();
      case CHEBYSHEV ->
          (x, a) -> -java.util.Arrays.stream(minus(x, a)).map(Math::abs).max().orElseThrow();
      case COORDINATES, BASIS_CHANGE, MAHALANOBIS, GEODESIC ->
          throw new IllegalArgumentException("not a comparison of two vectors alone");
    };
  }

  private static double[] minus(double[] x, double[] y) {
    double[] out = new double[x.length];
    java.util.Arrays.setAll(out, j -> x[j] - y[j]);
    return out;
  }
}
