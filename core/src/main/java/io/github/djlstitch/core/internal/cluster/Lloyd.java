// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One run of Lloyd's iterations; the sums follow the rows that change their cluster. */
final class Lloyd {
  private static final int ITERATIONS = 300; // this and the next: scikit-learn's defaults
  private static final double TOLERANCE = 1e-4;

  private final FloatMatrix rows;
  private final NDArray x; // (N, D)
  private final int width;
  private final double[][] centers; // (k, D)
  private final double[][] sums; // (k, D)
  private final int[] sizes;
  private final int[] clusters;
  private float[] scores = new float[0];

  Lloyd(FloatMatrix rows, NDArray x, FloatMatrix start) {
    this.rows = rows;
    this.x = x;
    width = rows.columns();
    centers = new double[start.rows()][width];
    sums = new double[start.rows()][width];
    sizes = new int[start.rows()];
    clusters = new int[rows.rows()];
    Arrays.fill(clusters, -1);
    for (int c = 0; c < centers.length; c++) {
      move(start.row(c), c);
    }
  }

  KMeans.Clustering run() {
    double tolerance = TOLERANCE * variance();
    int iteration = 0;
    boolean moving = true;
    while (moving && iteration < ITERATIONS) {
      iteration++;
      boolean changed = assign();
      fillEmpty();
      moving = update() > tolerance && changed;
    }
    assign();
    return new KMeans.Clustering(floats(), clusters, inertia(), iteration);
  }

  private boolean assign() {
    int[] nearest = nearest();
    float[] row = new float[width];
    boolean changed = false;
    for (int i = 0; i < nearest.length; i++) {
      if (nearest[i] != clusters[i]) {
        rows.copyRow(i, row, 0);
        put(i, row, nearest[i]);
        changed = true;
      }
    }
    return changed;
  }

  private int[] nearest() {
    try (NDManager scope = x.getManager().newSubManager()) {
      FloatMatrix c = floats();
      float[] bias = new float[centers.length];
      for (int i = 0; i < bias.length; i++) {
        bias[i] = (float) (-squares(centers[i]) / 2);
      }
      NDList w = new NDList(TensorBridge.toTensor(scope, c), scope.create(bias)); // (k, D), (k)
      try (NDList found = KMeans.PROGRAM.run("nearest", false, new NDList(x), w)) {
        scores = found.get(1).toFloatArray();
        return Arrays.stream(found.get(0).toLongArray()).mapToInt(i -> (int) i).toArray();
      }
    }
  }

  private void put(int i, float[] row, int cluster) {
    int old = clusters[i];
    for (int j = 0; j < width; j++) {
      sums[cluster][j] += row[j];
    }
    sizes[cluster]++;
    if (old >= 0) {
      for (int j = 0; j < width; j++) {
        sums[old][j] -= row[j];
      }
      sizes[old]--;
    }
    clusters[i] = cluster;
  }

  private void fillEmpty() {
    int[] empty = IntStream.range(0, sizes.length).filter(c -> sizes[c] == 0).toArray();
    if (empty.length == 0) {
      return;
    }
    double[] distances = new double[clusters.length];
    Arrays.setAll(distances, i -> squares(rows.row(i)) - 2.0 * scores[i]);
    int[] farthest =
        IntStream.range(0, distances.length)
            .boxed()
            .sorted((a, b) -> Double.compare(distances[b], distances[a]))
            .mapToInt(i -> i)
            .filter(i -> sizes[clusters[i]] > 1)
            .limit(empty.length)
            .toArray();
    for (int e = 0; e < farthest.length; e++) {
      if (sizes[clusters[farthest[e]]] > 1) {
        put(farthest[e], rows.row(farthest[e]), empty[e]);
      }
    }
  }

  // The sum of the squared moves of the centers.
  private double update() {
    double moved = 0;
    for (int c = 0; c < centers.length; c++) {
      for (int j = 0; sizes[c] > 0 && j < width; j++) {
        double next = sums[c][j] / sizes[c];
        moved += (next - centers[c][j]) * (next - centers[c][j]);
        centers[c][j] = next;
      }
    }
    return moved;
  }

  private double inertia() {
    double sum = 0;
    for (int i = 0; i < clusters.length; i++) {
      sum += distance(rows.row(i), centers[clusters[i]]);
    }
    return sum;
  }

  private double variance() {
    double[] sum = new double[width];
    double squares = 0;
    for (int i = 0; i < clusters.length; i++) {
      float[] row = rows.row(i);
      squares += squares(row);
      for (int j = 0; j < width; j++) {
        sum[j] += row[j];
      }
    }
    double n = clusters.length;
    // Of equal rows the difference may round to less than 0, which no move would fall below.
    return Math.max(0, squares / n - squares(sum) / (n * n)) / width;
  }

  private FloatMatrix floats() {
    float[] values = new float[centers.length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) centers[i / width][i % width];
    }
    return FloatMatrix.wrap(centers.length, width, values);
  }

  private void move(float[] row, int c) {
    for (int j = 0; j < width; j++) {
      centers[c][j] = row[j];
    }
  }

  private static double distance(float[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < b.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  private static double squares(double[] a) {
    double sum = 0;
    for (double v : a) {
      sum += v * v;
    }
    return sum;
  }

  private static double squares(float[] a) {
    double sum = 0;
    for (float v : a) {
      sum += (double) v * v;
    }
    return sum;
  }
}
