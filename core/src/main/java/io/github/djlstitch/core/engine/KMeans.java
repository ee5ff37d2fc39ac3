// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * k-means by Lloyd's iterations from a greedy k-means++ start (Arthur and Vassilvitskii 2007), as
 * scikit-learn does it: of {@code 2 + ln k} candidates for each new center the one that lowers the
 * sum of squares most; an empty cluster takes the row that is farthest from its center; the end is
 * when no row changes its cluster, or the centers move by less than {@code 1e-4} of the mean
 * variance of the columns, or after 300 iterations. Nearest centers are found in float32, centers
 * and sums are float64. Thread-safe.
 */
public final class KMeans {
  private static final int ITERATIONS = 300; // this and the next: scikit-learn's defaults
  private static final double TOLERANCE = 1e-4;

  // The nearest center is the one with the largest x.c - |c|²/2, which is one fused product.
  // w of seeds: first row, uniform numbers (k - 1, candidates); of nearest: centers (k, D), bias.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "k-means",
          """
          def squares(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.sum(torch.mul(x, x), [1], False)
          def distances(self: __torch__.M, x: Tensor, n: Tensor, c: Tensor) -> Tensor:
            p = torch.linear(c, x)                                            # (K, N)
            d = torch.add(torch.mul(p, -2.0), torch.unsqueeze((self).squares(c), 1))
            return torch.to(torch.clamp_min_(torch.add_(d, n), 0.0), 7)
          def seeds(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            n = (self).squares(x)                                             # (N)
            k = torch.size(w[1], 0) + 1
            chosen = torch.zeros([k], dtype=4)
            torch.copy_(torch.select(chosen, 0, 0), torch.select(w[0], 0, 0))
            least = torch.select((self).distances(x, n, torch.index_select(x, 0, w[0])), 0, 0)
            for i in range(k - 1):
              sums = torch.cumsum(least, 0)
              u = torch.mul(torch.select(w[1], 0, i), torch.select(sums, 0, -1))
              rows = torch.clamp_max(torch.searchsorted(sums, u, right=True), torch.size(x, 0) - 1)
              d = torch.minimum((self).distances(x, n, torch.index_select(x, 0, rows)), least)
              best = int(torch.argmin(torch.sum(d, [1], False)))
              torch.copy_(torch.select(chosen, 0, i + 1), torch.select(rows, 0, best))
              least = torch.select(d, 0, best)
            return chosen
          def nearest(self: __torch__.M, x: Tensor, w: List[Tensor]) -> List[Tensor]:
            c = (self).pack(w[0])
            value = annotate(List[Tensor], [])
            index = annotate(List[Tensor], [])
            for k in range((torch.size(x, 0) + 2047) // 2048):
              b = torch.narrow(x, 0, k * 2048, min(2048, torch.size(x, 0) - k * 2048))
              v, i = torch.max((self).linear(b, c, w[1]), 1)
              value = torch.append(value, v)
              index = torch.append(index, i)
            return [torch.cat(index, 0), torch.cat(value, 0)]
          """);

  /**
   * A clustering.
   *
   * @param centers the mean of each cluster, shape (k, D); where rows are so often the same that a
   *     cluster is empty, the last center it had
   * @param clusters the cluster of each row, as many as rows
   * @param inertia sum of the squared distances of rows to their centers
   * @param iterations how many it took
   */
  public record Clustering(FloatMatrix centers, int[] clusters, double inertia, int iterations) {
    /** Takes a copy of the clusters. */
    public Clustering {
      clusters = clusters.clone();
    }

    @Override
    public int[] clusters() {
      return clusters.clone();
    }
  }

  private KMeans() {}

  /**
   * Clusters rows.
   *
   * @param rows vectors, shape (N, D), all finite
   * @param k number of clusters, 1 to N
   * @param seed of the start, which is the only randomness
   * @throws StitchException (bad input) if there are fewer rows than clusters or a value is not
   *     finite
   */
  public static Clustering fit(FloatMatrix rows, int k, long seed) {
    require(rows, k);
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(manager, rows); // (N, D)
      FloatMatrix start = rows.select(seeds(x, rows.rows(), k, new Random(seed)));
      return new Lloyd(rows, x, start).run();
    }
  }

  /**
   * Clusters rows from given centers.
   *
   * @param start the first centers, shape (k, D)
   * @throws StitchException (bad input) as {@link #fit(FloatMatrix, int, long)}
   */
  public static Clustering fit(FloatMatrix rows, FloatMatrix start) {
    require(rows, start.rows());
    try (NDManager manager = TensorBridge.newManager()) {
      return new Lloyd(rows, TensorBridge.toTensor(manager, rows), start).run();
    }
  }

  private static void require(FloatMatrix rows, int k) {
    if (k < 1 || k > rows.rows()) {
      throw StitchException.badInput("%d clusters cannot be made of %d rows", k, rows.rows());
    }
    rows.firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput("row %d has a value that is not finite", row);
            });
  }

  private static int[] seeds(NDArray x, int n, int k, Random random) {
    int candidates = 2 + (int) Math.log(k);
    NDManager manager = x.getManager();
    NDArray first = manager.create(new long[] {random.nextInt(n)});
    if (k == 1) {
      return new int[] {(int) first.getLong(0)};
    }
    double[] uniform = random.doubles((long) (k - 1) * candidates).toArray();
    NDArray u = manager.create(uniform).reshape(k - 1, candidates);
    NDArray chosen =
        PROGRAM.run("seeds", false, new NDList(x), new NDList(first, u)).singletonOrThrow();
    return Arrays.stream(chosen.toLongArray()).mapToInt(i -> (int) i).toArray();
  }

  /** One run of Lloyd's iterations; the sums follow the rows that change their cluster. */
  private static final class Lloyd {
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

    Clustering run() {
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
      return new Clustering(floats(), clusters, inertia(), iteration);
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
        NDList w = new NDList(TensorBridge.toTensor(scope, c), scope.create(bias));
        try (NDList found = PROGRAM.run("nearest", false, new NDList(x), w)) {
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
      return (squares / n - squares(sum) / (n * n)) / width;
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
