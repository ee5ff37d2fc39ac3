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
    ToDoubleBiFunction<double[], double[]> compare = comparison(similarity.kind());
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

  private static ToDoubleBiFunction<double[], double[]> comparison(Similarity.Kind kind) {
    return switch (kind) {
      case COSINE, INNER -> Matrices::dot;
      case EUCLIDEAN -> (x, a) -> -Math.sqrt(dot(minus(x, a), minus(x, a)));
      case MANHATTAN -> (x, a) -> -java.util.Arrays.stream(minus(x, a)).map(Math::abs).sum();
      case CHEBYSHEV ->
          (x, a) -> -java.util.Arrays.stream(minus(x, a)).map(Math::abs).max().orElseThrow();
      case COORDINATES -> throw new IllegalArgumentException("not a comparison of two vectors");
    };
  }

  private static double[] minus(double[] x, double[] y) {
    double[] out = new double[x.length];
    java.util.Arrays.setAll(out, j -> x[j] - y[j]);
    return out;
  }
}
