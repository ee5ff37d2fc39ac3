// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** Measures by double loops over the pairs of samples, straight from the definitions. */
final class NaiveMeasures {
  private NaiveMeasures() {}

  static double of(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    int k = (int) measure.option();
    return switch (measure.kind()) {
      case JACCARD -> jaccard(x, y, k);
      case MRR -> mrr(x, y, k);
      case MUTUAL_KNN -> mutual(x, y, k);
      case COSINE -> mean(x, y, NaiveMeasures::cosine);
      case L1 -> mean(x, y, (a, b) -> Arrays.stream(minus(a, b)).map(Math::abs).sum());
      case L2 -> mean(x, y, NaiveMeasures::distance);
      case CKA -> biased(pairs(x, (a, b) -> dot(a, b)), pairs(y, (a, b) -> dot(a, b)));
      case CKA_UNBIASED -> unbiased(pairs(x, (a, b) -> dot(a, b)), pairs(y, (a, b) -> dot(a, b)));
      case CKA_RBF -> biased(gaussian(x, measure.option()), gaussian(y, measure.option()));
      case DCOR -> Math.sqrt(biased(distances(x), distances(y)));
      case DCOR_UNBIASED -> unbiased(distances(x), distances(y));
      case RSA -> pearson(dissimilarities(x), dissimilarities(y));
      case RSA_KENDALL -> kendall(dissimilarities(x), dissimilarities(y));
      default -> throw new IllegalArgumentException("no loop for " + measure);
    };
  }

  static double[][] pairs(FloatMatrix x, ToDoubleBiFunction<double[], double[]> f) {
    double[][] rows =
        IntStream.range(0, x.rows()).mapToObj(i -> doubles(x, i)).toArray(double[][]::new);
    double[][] out = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        out[i][j] = f.applyAsDouble(rows[i], rows[j]);
      }
    }
    return out;
  }

  private static double[][] distances(FloatMatrix x) {
    return pairs(x, NaiveMeasures::distance);
  }

  private static double[][] gaussian(FloatMatrix x, double fraction) {
    int step = (x.rows() + 999) / 1000;
    int[] some = IntStream.iterate(0, i -> i < x.rows(), i -> i + step).toArray();
    double[] sorted = upper(distances(x.select(some)));
    Arrays.sort(sorted);
    int n = sorted.length;
    double width = fraction * (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return pairs(x, (a, b) -> Math.exp(-Math.pow(distance(a, b) / width, 2) / 2));
  }

  private static double[] dissimilarities(FloatMatrix x) {
    return upper(pairs(x, (a, b) -> 1 - cosine(a, b)));
  }

  private static double[] upper(double[][] m) {
    return IntStream.range(0, m.length)
        .boxed()
        .flatMapToDouble(i -> Arrays.stream(m[i], i + 1, m.length))
        .toArray();
  }

  private static double biased(double[][] k, double[][] l) {
    return product(centered(k), centered(l))
        / Math.sqrt(product(centered(k), centered(k)) * product(centered(l), centered(l)));
  }

  private static double[][] centered(double[][] k) {
    int n = k.length;
    double[] means = Arrays.stream(k).mapToDouble(row -> Arrays.stream(row).sum() / n).toArray();
    double all = Arrays.stream(means).sum() / n;
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[i][j] = k[i][j] - means[i] - means[j] + all;
      }
    }
    return out;
  }

  private static double product(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += dot(a[i], b[i]);
    }
    return sum;
  }

  private static double unbiased(double[][] k, double[][] l) {
    return hsic1(k, l) / Math.sqrt(hsic1(k, k) * hsic1(l, l));
  }

  private static double hsic1(double[][] k, double[][] l) {
    int n = k.length;
    double trace = 0;
    double rows = 0;
    double totalK = 0;
    double totalL = 0;
    for (int i = 0; i < n; i++) {
      double sumK = Arrays.stream(k[i]).sum() - k[i][i];
      double sumL = Arrays.stream(l[i]).sum() - l[i][i];
      trace += dot(k[i], l[i]) - k[i][i] * l[i][i];
      rows += sumK * sumL;
      totalK += sumK;
      totalL += sumL;
    }
    return trace + totalK * totalL / ((n - 1.0) * (n - 2)) - 2 * rows / (n - 2.0);
  }

  private static double pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double[] u = Arrays.stream(a).map(v -> v - meanA).toArray();
    double[] v = Arrays.stream(b).map(w -> w - meanB).toArray();
    return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
  }

  private static double kendall(double[] a, double[] b) {
    double both = 0;
    double untiedA = 0;
    double untiedB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        double s = Math.signum(a[i] - a[j]);
        double t = Math.signum(b[i] - b[j]);
        both += s * t;
        untiedA += s * s;
        untiedB += t * t;
      }
    }
    return both / Math.sqrt(untiedA * untiedB);
  }

  private static double jaccard(FloatMatrix x, FloatMatrix y, int k) {
    return rowMean(
        x,
        i -> {
          Set<Integer> a = new HashSet<>(nearest(doubles(x, i), y, k, -1));
          Set<Integer> b = new HashSet<>(nearest(doubles(y, i), y, k, -1));
          Set<Integer> all = new HashSet<>(a);
          all.addAll(b);
          a.retainAll(b);
          return (double) a.size() / all.size();
        });
  }

  private static double mrr(FloatMatrix x, FloatMatrix y, int k) {
    return rowMean(
        x,
        i -> {
          int place = nearest(doubles(x, i), y, k, -1).indexOf(i);
          return place < 0 ? 0 : 1.0 / (place + 1);
        });
  }

  private static double mutual(FloatMatrix x, FloatMatrix y, int k) {
    return rowMean(
        x,
        i -> {
          Set<Integer> a = new HashSet<>(nearest(doubles(x, i), x, k, i));
          a.retainAll(nearest(doubles(y, i), y, k, i));
          return (double) a.size() / k;
        });
  }

  // The sort is stable: of equally near rows the first comes first.
  private static List<Integer> nearest(double[] query, FloatMatrix base, int k, int excluded) {
    double[] cosines =
        IntStream.range(0, base.rows()).mapToDouble(j -> cosine(query, doubles(base, j))).toArray();
    return IntStream.range(0, base.rows())
        .filter(j -> j != excluded)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -Math.rint(cosines[j] * 1e9)))
        .limit(k)
        .toList();
  }

  private static double mean(
      FloatMatrix x, FloatMatrix y, ToDoubleBiFunction<double[], double[]> f) {
    return rowMean(x, i -> f.applyAsDouble(doubles(x, i), doubles(y, i)));
  }

  private static double rowMean(FloatMatrix x, java.util.function.IntToDoubleFunction f) {
    return IntStream.range(0, x.rows()).mapToDouble(f).average().orElseThrow();
  }

  private static double cosine(double[] a, double[] b) {
    double norms = Math.sqrt(dot(a, a) * dot(b, b));
    return norms == 0 ? 0 : dot(a, b) / norms;
  }

  private static double distance(double[] a, double[] b) {
    double[] d = minus(a, b);
    return Math.sqrt(dot(d, d));
  }

  private static double[] minus(double[] a, double[] b) {
    double[] out = new double[a.length];
    Arrays.setAll(out, j -> a[j] - b[j]);
    return out;
  }
}
