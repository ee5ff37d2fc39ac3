// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;
import java.util.Random;

/**
 * k-means by Lloyd's iterations from a greedy k-means++ start (Arthur and Vassilvitskii 2007), as
 * scikit-learn does it: of {@code 2 + ln k} candidates for each new center the one that lowers the
 * sum of squares most; an empty cluster takes the row that is farthest from its center; the end is
 * when no row changes its cluster, or the centers move by less than {@code 1e-4} of the mean
 * variance of the columns, or after 300 iterations. Nearest centers are found in float32, centers
 * and sums are float64. Thread-safe.
 */
public final class KMeans {
  // The nearest center is the one with the largest x.c - |c|²/2, which is one fused product.
  // w of seeds: first row, uniform numbers (k - 1, candidates); of nearest: centers (k, D), bias.
  static final TorchProgram PROGRAM =
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

  /** A clustering. Immutable. */
  public static final class Clustering {
    private final FloatMatrix centers;
    private final int[] clusters;
    private final double inertia;
    private final int iterations;

    Clustering(FloatMatrix centers, int[] clusters, double inertia, int iterations) {
      this.centers = centers;
      this.clusters = clusters.clone();
      this.inertia = inertia;
      this.iterations = iterations;
    }

    /**
     * The mean of each cluster, shape (k, D); where rows are so often the same that a cluster is
     * empty, the last center it had.
     */
    public FloatMatrix centers() {
      return centers;
    }

    /** A copy of the cluster of each row, as many as rows. */
    public int[] clusters() {
      return clusters.clone();
    }

    /** Sum of the squared distances of rows to their centers. */
    public double inertia() {
      return inertia;
    }

    /** The number of iterations. */
    public int iterations() {
      return iterations;
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
    NDArray first = manager.create(new long[] {random.nextInt(n)}); // (1)
    if (k == 1) {
      return new int[] {(int) first.getLong(0)};
    }
    double[] uniform = random.doubles((long) (k - 1) * candidates).toArray();
    NDArray u = manager.create(uniform).reshape(k - 1, candidates); // (k - 1, candidates)
    NDArray chosen =
        PROGRAM.run("seeds", false, new NDList(x), new NDList(first, u)).singletonOrThrow(); // (k)
    return Arrays.stream(chosen.toLongArray()).mapToInt(i -> (int) i).toArray();
  }
}
