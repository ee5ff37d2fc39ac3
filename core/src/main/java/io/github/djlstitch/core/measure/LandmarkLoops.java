// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Relative living times of loops (Khrulkov and Oseledets 2018, algorithm 1): the share of the time
 * from 0 to α during which the witness complex of random landmarks has i independent loops, for i
 * from 0 to 99, mean over draws of landmarks.
 *
 * <p>A set of landmarks appears at the least time at which, for some sample, the farthest of the
 * set is at most that time farther than the nearest landmark outside of it, and all its subsets
 * have appeared (the relaxed witness complex of GUDHI, which the authors call). α is a share of the
 * largest distance of a sample to a landmark.
 */
final class LandmarkLoops {
  // The authors take 64 landmarks, 1,000 draws and a share of 1/128 for 5,000 samples or more.
  private static final int LANDMARKS = 32;
  private static final int DRAWS = 10;
  private static final double SHARE = 1 / 8.0;
  private static final int COUNTS = 100;
  private static final int SEED = 0;
  private static final int NEAREST = 4; // one of them is outside of any triangle

  private final double[][] far;
  private final int[][] nearest;
  private final int size;
  private final double end;

  /** A set of two or three landmarks, in ascending order. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Simplex(double time, int[] landmarks) {}

  private LandmarkLoops(double[][] far) {
    this.far = far;
    this.size = far[0].length;
    this.nearest = new int[far.length][];
    double most = 0;
    for (int w = 0; w < far.length; w++) {
      nearest[w] = nearest(far[w]);
      most = Math.max(most, Arrays.stream(far[w]).max().orElseThrow());
    }
    this.end = SHARE * most;
  }

  /** The living time of each number of loops; (N, D) to 100 shares. */
  static double[] of(FloatMatrix x) {
    PairMatrix distances = Affinity.DISTANCE.matrix(x);
    int draws = x.rows() > LANDMARKS ? DRAWS : 1;
    var random = new Random(SEED);
    double[] mean = new double[COUNTS];
    for (int d = 0; d < draws; d++) {
      int[] landmarks = RowDraws.without(x.rows(), LANDMARKS, random);
      double[][] far = new double[x.rows()][landmarks.length];
      for (int w = 0; w < far.length; w++) {
        for (int l = 0; l < landmarks.length; l++) {
          far[w][l] = distances.at(w, landmarks[l]);
        }
      }
      double[] times = new LandmarkLoops(far).livingTimes();
      Arrays.setAll(mean, i -> mean[i] + times[i] / draws);
    }
    return mean;
  }

  /** The squared difference of two such means. */
  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static int[] nearest(double[] far) {
    return IntStream.range(0, far.length)
        .boxed()
        .sorted(Comparator.comparingDouble(l -> far[l]))
        .limit(NEAREST)
        .mapToInt(l -> l)
        .toArray();
  }

  // When a sample first sees the set: by how much its farthest is beyond the nearest other.
  private double seen(int... set) {
    double earliest = Double.POSITIVE_INFINITY;
    for (int w = 0; w < far.length; w++) {
      double beyond = far[w][set[0]];
      for (int l : set) {
        beyond = Math.max(beyond, far[w][l]);
      }
      earliest = Math.min(earliest, beyond - outside(w, set));
    }
    return Math.max(0, earliest);
  }

  private double outside(int witness, int[] set) {
    for (int l : nearest[witness]) {
      if (l != set[0] && l != set[1] && l != set[set.length - 1]) {
        return far[witness][l];
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private double[] livingTimes() {
    double[][] edges = new double[size][size];
    List<Simplex> sides = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        edges[i][j] = seen(i, j);
        add(sides, edges[i][j], i, j);
      }
    }
    List<Simplex> triangles = new ArrayList<>();
    for (Simplex side : sides) {
      int i = side.landmarks()[0];
      int j = side.landmarks()[1];
      for (int k = j + 1; k < size; k++) {
        double time = Math.max(side.time(), Math.max(edges[i][k], edges[j][k]));
        if (time <= end) {
          add(triangles, Math.max(time, seen(i, j, k)), i, j, k);
        }
      }
    }
    sides.sort(Comparator.comparingDouble(Simplex::time));
    triangles.sort(Comparator.comparingDouble(Simplex::time));
    return shares(loops(sides, triangles));
  }

  private void add(List<Simplex> simplices, double time, int... landmarks) {
    if (time <= end) {
      simplices.add(new Simplex(time, landmarks));
    }
  }

  // When the number of loops changes: a side that connects nothing new begins one; the boundary of
  // a triangle, less those before it, ends that of its last side.
  private List<double[]> loops(List<Simplex> sides, List<Simplex> triangles) {
    int[][] number = new int[size][size];
    int[] root = RowDraws.identity(size);
    List<double[]> changes = new ArrayList<>();
    for (int e = 0; e < sides.size(); e++) {
      int[] ends = sides.get(e).landmarks();
      number[ends[0]][ends[1]] = e;
      if (find(root, ends[0]) == find(root, ends[1])) {
        changes.add(new double[] {sides.get(e).time(), 1});
      }
      root[find(root, ends[0])] = find(root, ends[1]);
    }
    BitSet[] boundaries = new BitSet[sides.size()];
    for (Simplex triangle : triangles) {
      int[] c = triangle.landmarks();
      var boundary = new BitSet(sides.size());
      boundary.set(number[c[0]][c[1]]);
      boundary.set(number[c[0]][c[2]]);
      boundary.set(number[c[1]][c[2]]);
      while (!boundary.isEmpty() && boundaries[boundary.length() - 1] != null) {
        boundary.xor(boundaries[boundary.length() - 1]);
      }
      if (!boundary.isEmpty()) {
        boundaries[boundary.length() - 1] = boundary;
        changes.add(new double[] {triangle.time(), -1});
      }
    }
    return changes;
  }

  private static int find(int[] root, int landmark) {
    int at = landmark;
    while (root[at] != at) {
      at = root[at];
    }
    return at;
  }

  private double[] shares(List<double[]> changes) {
    changes.add(new double[] {end, 0});
    changes.sort(Comparator.comparingDouble(change -> change[0]));
    double[] shares = new double[COUNTS];
    double before = 0;
    int loops = 0;
    for (double[] change : changes) {
      if (loops < COUNTS) {
        shares[loops] += (change[0] - before) / end;
      }
      before = change[0];
      loops += (int) change[1];
    }
    return shares;
  }
}
