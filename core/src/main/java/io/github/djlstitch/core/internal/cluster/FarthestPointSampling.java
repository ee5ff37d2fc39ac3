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
import java.util.stream.IntStream;

/**
 * Farthest-point sampling of directions: from a random start, again and again the row whose
 * smallest distance to the rows chosen so far is the largest (Gonzalez 1985, "Clustering to
 * minimize the maximum intercluster distance"; with {@link Metric#ABSOLUTE_COSINE} and a stopping
 * distance, the anchor pruning of inverse relative projection: Maiorca et al. 2024,
 * arXiv:2406.15057). Distances are float64; the first row wins a tie. Thread-safe.
 *
 * <p>Exact, but not each row is looked at for each choice. Distances to the chosen rows only
 * shrink, so an old distance bounds the present one from above: while the best of the few thousand
 * rows that were farthest at the last full pass is still at least as far as any other row was then,
 * it is the farthest of all.
 */
public final class FarthestPointSampling {
  /** Distances of two directions, from 0 to at most 1 or 2. */
  public enum Metric {
    /** {@code 1 - |cos|}, 0 to 1: opposite directions are the same (the dcos of IRP). */
    ABSOLUTE_COSINE,
    /** {@code sqrt(2 - 2 cos)}, 0 to 2: the Euclidean distance of unit vectors. */
    EUCLIDEAN
  }

  // Block and front stay in the cache; a front of 2,048 of 100,000 lasts for about 2.5 times as
  // many choices as were made before, so that the number of full passes is logarithmic.
  private static final int FRONT = 2048;

  // w: norms (N), smallest distances (N), an index, whether Euclidean; to choose also the smallest
  // distance allowed and how many at most.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "farthest-points",
          """
          def norms(self: __torch__.M, x: Tensor) -> Tensor:
            n = torch.size(x, 0)
            out = torch.zeros([n], dtype=7)                           # (N)
            for k in range((n + 2047) // 2048):
              b = (self).block(x, k)
              part = torch.narrow(out, 0, k * 2048, torch.size(b, 0))
              torch.copy_(part, torch.norm(torch.to(b, 7), 2, [1], False))
            return out
          def block(self: __torch__.M, x: Tensor, k: int) -> Tensor:
            return torch.narrow(x, 0, k * 2048, min(2048, torch.size(x, 0) - k * 2048))
          def distance(self: __torch__.M, cosines: Tensor, euclidean: bool) -> Tensor:
            if euclidean:
              d = torch.sqrt(torch.clamp_min(torch.rsub(torch.mul(cosines, 2.0), 2.0), 0.0))
            else:
              d = torch.clamp_min(torch.rsub(torch.abs(cosines), 1.0), 0.0)
            return d
          def direction(self: __torch__.M, x: Tensor, norms: Tensor) -> Tensor:
            return torch.div(torch.to(x, 7), torch.unsqueeze(norms, 1))
          def shrink(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            norms, least, index = w[0], w[1], w[2]
            chosen = torch.index_select(x, 0, index)
            p = torch.t((self).direction(chosen, torch.index_select(norms, 0, index)))  # (D, P)
            for k in range((torch.size(x, 0) + 2047) // 2048):
              b = (self).direction((self).block(x, k), (self).block(norms, k))          # (B, D)
              d = torch.amin((self).distance(torch.matmul(b, p), bool(w[3])), [1], False)
              part = (self).block(least, k)                                        # (B)
              torch.copy_(part, torch.minimum(part, d))
            return torch.index_fill(least, 0, index, -1.0)
          def choose(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            index = w[2]
            front = torch.index_select(x, 0, index)
            r = (self).direction(front, torch.index_select(w[0], 0, index))             # (K, D)
            left = torch.index_select(w[1], 0, index)                              # (K)
            chosen = torch.zeros([int(w[5])], dtype=4)
            n = 0
            searching = True
            while searching:
              best = int(torch.argmax(left))
              searching = bool(torch.ge(torch.select(left, 0, best), w[4]))
              if searching:
                torch.copy_(torch.select(chosen, 0, n), torch.select(index, 0, best))
                d = (self).distance(torch.mv(r, torch.select(r, 0, best)), bool(w[3]))
                left = torch.minimum(left, d)
                torch.fill_(torch.select(left, 0, best), -1.0)
                n = n + 1
                searching = n < int(w[5])
            return torch.narrow(chosen, 0, 0, n)
          """);

  private FarthestPointSampling() {}

  /**
   * Chooses rows.
   *
   * @param rows vectors, shape (N, D); only their directions count
   * @param count the most to choose, 1 to N
   * @param stopBelow stop when the farthest remaining row is nearer than this to the chosen ones; 0
   *     to choose {@code count} rows in any case, duplicates last
   * @param seed decides the first row, which is the only randomness
   * @return distinct row indices, at least one, in the order of the choice
   * @throws StitchException (bad input) if there are fewer rows than {@code count}, a row is zero
   *     or not finite
   */
  public static int[] choose(
      FloatMatrix rows, Metric metric, int count, double stopBelow, long seed) {
    if (count < 1 || count > rows.rows()) {
      throw StitchException.badInput(
          "%d farthest points cannot be chosen among %d rows", count, rows.rows());
    }
    try (NDManager manager = TensorBridge.newManager()) {
      var search = new Search(rows, metric, stopBelow, manager);
      return search.choose(new Random(seed).nextInt(rows.rows()), count);
    }
  }

  /** One search; its native arrays belong to the manager it is given. */
  private static final class Search {
    private final NDManager manager;
    private final NDArray x; // (N, D)
    private final NDArray norms; // (N)
    private final NDArray euclidean;
    private final double stopBelow;
    private NDArray least; // (N), the smallest distance to a chosen row; -1 of chosen rows

    Search(FloatMatrix rows, Metric metric, double stopBelow, NDManager manager) {
      this.manager = manager;
      this.stopBelow = stopBelow;
      x = TensorBridge.toTensor(manager, rows);
      norms = PROGRAM.call("norms", x);
      euclidean = manager.create(metric == Metric.EUCLIDEAN);
      least = norms.mul(0).add(Double.MAX_VALUE);
      requireDirections(norms.toDoubleArray());
    }

    int[] choose(int first, int count) {
      int[] chosen = new int[count];
      chosen[0] = first;
      int from = 0;
      int size = 1;
      while (size < count) {
        double[] distances = shrink(Arrays.copyOfRange(chosen, from, size));
        long[] found = search(distances, count - size);
        if (found.length == 0) {
          return Arrays.copyOf(chosen, size);
        }
        from = size;
        for (long row : found) {
          chosen[size++] = (int) row;
        }
      }
      return chosen;
    }

    private double[] shrink(int[] fresh) {
      try (NDArray index = manager.create(IntStream.of(fresh).asLongStream().toArray());
          NDArray before = least) { // (F), (N)
        least = run("shrink", norms, before, index, euclidean);
      }
      return least.toDoubleArray();
    }

    // The rows that are farthest now, and choices among them while no other row could be farther.
    private long[] search(double[] distances, int most) {
      double[] sorted = distances.clone();
      Arrays.sort(sorted);
      int others = Math.max(0, sorted.length - FRONT);
      double bound = others == 0 ? 0 : sorted[others - 1];
      try (NDManager scope = manager.newSubManager()) {
        NDArray index = scope.create(front(distances, sorted[others])); // (F)
        NDArray floor = scope.create(Math.max(Math.max(bound, stopBelow), 0)); // ()
        return run("choose", norms, least, index, euclidean, floor, scope.create((long) most))
            .toLongArray();
      }
    }

    private NDArray run(String method, NDArray... w) {
      return PROGRAM.run(method, false, new NDList(x), new NDList(w)).singletonOrThrow();
    }

    private static long[] front(double[] distances, double threshold) {
      int size = Math.min(FRONT, distances.length);
      long above = Arrays.stream(distances).filter(d -> d > threshold).count();
      long[] front = new long[size];
      int n = 0;
      long ties = size - above;
      for (int i = 0; i < distances.length; i++) {
        if (distances[i] > threshold || (distances[i] == threshold && ties-- > 0)) {
          front[n++] = i;
        }
      }
      return front;
    }

    private static void requireDirections(double[] norms) {
      for (int i = 0; i < norms.length; i++) {
        if (!(norms[i] > 0) || Double.isInfinite(norms[i])) {
          throw StitchException.badInput(
              "row %d has no direction (length %s); farthest points need finite vectors"
                  + " that are not zero",
              i, norms[i]);
        }
      }
    }
  }
}
