// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The R-cross-barcode of dimension 1 of one space with another (Barannikov et al. 2022): the loops
 * of the flag complex over the smaller distances of the two, {@code min(d, e)}, that the complex
 * over the distances d of the first has not closed.
 *
 * <p>The authors double the samples, with distances 0 among the doubles, so that each loop passes
 * through them; a single apex O whose triangle with samples i and j appears at {@code d(i, j)} has
 * the same barcode. It is computed over the field of two elements by cohomology (de Silva, Morozov
 * and Vejdemo-Johansson 2011; Bauer 2021, arXiv:1908.02518): edges from the longest on, each
 * reduced until its earliest triangle is no other edge's. An edge that is no longer in the first
 * space than in the second is closed by its triangle with O at once, and is left out.
 */
final class CrossBarcode {
  private static final double SCALE = .9; // distances are measured in this quantile of all

  private final int n;
  private final double[][] own;
  private final double[][] least;
  private final Map<Integer, Set<Integer>> chains = new HashMap<>();

  private record Triangle(double time, int id) {}

  private static final Comparator<Triangle> ORDER =
      Comparator.comparingDouble(Triangle::time).thenComparingInt(Triangle::id);

  private CrossBarcode(double[][] own, double[][] other) {
    this.n = own.length;
    this.own = own;
    this.least = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        least[i][j] = Math.min(own[i][j], other[i][j]);
      }
    }
  }

  /** The mean length of all bars both ways (RTD); NaN if most vectors of a space are equal. */
  static Comparison compare(FloatMatrix x, FloatMatrix y) {
    double[][] d = distances(x);
    double[][] e = distances(y);
    return order -> divergence(d, reordered(e, order));
  }

  private static double divergence(double[][] x, double[][] y) {
    return (new CrossBarcode(x, y).length() + new CrossBarcode(y, x).length()) / 2;
  }

  private static double[][] reordered(double[][] distances, int[] order) {
    double[][] out = new double[order.length][order.length];
    for (int i = 0; i < order.length; i++) {
      for (int j = 0; j < order.length; j++) {
        out[i][j] = distances[order[i]][order[j]];
      }
    }
    return out;
  }

  /** The distances within a space in units of their .9 quantile, diagonal included, or NaN. */
  private static double[][] distances(FloatMatrix x) {
    int size = x.rows();
    double[][] out = symmetric(Affinity.DISTANCE.matrix(x));
    double[] all = Arrays.stream(out).flatMapToDouble(Arrays::stream).sorted().toArray();
    double place = SCALE * (all.length - 1);
    int below = (int) place;
    double next = all[Math.min(below + 1, all.length - 1)];
    double unit = all[below] + (place - below) * (next - all[below]);
    double scale = unit > 0 ? 1 / unit : Double.NaN;
    for (int k = 0; k < size * size; k++) {
      out[k / size][k % size] *= scale;
    }
    return out;
  }

  // Products of matrices need not be symmetric in the last bit, and the order of times must be one.
  private static double[][] symmetric(PairMatrix pairs) {
    double[][] out = new double[pairs.size()][pairs.size()];
    for (int i = 0; i < out.length; i++) {
      for (int j = i + 1; j < out.length; j++) {
        out[i][j] = pairs.at(i, j);
        out[j][i] = pairs.at(i, j);
      }
    }
    return out;
  }

  private double length() {
    if (Double.isNaN(least[0][1])) {
      return Double.NaN;
    }
    List<Integer> open =
        IntStream.range(0, n * n)
            .filter(e -> e / n < e % n && least[e / n][e % n] < own[e / n][e % n])
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(this::time).thenComparing(e -> e).reversed())
            .toList();
    double sum = 0;
    for (int edge : open) {
      Triangle closed = close(edge);
      sum += closed.time() - time(edge);
    }
    return sum;
  }

  private double time(int edge) {
    return least[edge / n][edge % n];
  }

  // The triangle that closes an edge's loop. Adding the chain of an edge before, whose earliest
  // triangle is the same, takes that triangle away.
  private Triangle close(int edge) {
    Triangle alone = triangles(edge).min(ORDER).orElseThrow();
    if (chains.putIfAbsent(alone.id(), Set.of(edge)) == null) {
      return alone; // as for most
    }
    var column = new PriorityQueue<>(ORDER);
    Set<Integer> chain = new HashSet<>(Set.of(edge));
    triangles(edge).forEach(column::add);
    while (true) {
      Triangle first = first(column);
      Set<Integer> other = chains.putIfAbsent(first.id(), chain);
      if (other == null) {
        return first;
      }
      for (int e : other) {
        if (!chain.remove(e)) {
          chain.add(e);
        }
        triangles(e).forEach(column::add);
      }
    }
  }

  // The earliest that is there an odd number of times; it stays.
  private static Triangle first(PriorityQueue<Triangle> column) {
    while (true) {
      Triangle first = column.remove();
      if (!first.equals(column.peek())) {
        column.add(first);
        return first;
      }
      column.remove();
    }
  }

  // Those with O, numbered by their edge, come before others of the same time.
  private Stream<Triangle> triangles(int edge) {
    int i = edge / n;
    int j = edge % n;
    return Stream.concat(
        Stream.of(new Triangle(own[i][j], edge)),
        IntStream.range(0, n).filter(k -> k != i && k != j).mapToObj(k -> triangle(i, j, k)));
  }

  private Triangle triangle(int i, int j, int k) {
    double time = Math.max(least[i][j], Math.max(least[i][k], least[j][k]));
    int low = Math.min(i, k);
    int high = Math.max(j, k);
    int middle = i + j + k - low - high;
    return new Triangle(time, n * n + (low * n + middle) * n + high);
  }
}
