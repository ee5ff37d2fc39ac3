// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.cluster.Linkage;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;

/**
 * Agglomerative clustering up to a distance, by chains of nearest neighbors (Murtagh 1983):
 * clusters closer than the threshold are merged, in any order, until none are. Time and memory grow
 * with the square of the number of vectors. One use, one thread.
 */
public final class Agglomeration {
  /** The most vectors; their distances take 256 MiB. */
  public static final int MOST = 8192;

  private static final TorchProgram DISTANCES =
      TorchProgram.of(
          "distances",
          """
          def all(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return torch.cdist(torch.to(x, 7), torch.to(y, 7), 2.0, 1)
          """);

  private final Linkage linkage;
  private final double threshold;
  private final int count;
  private final double[] distances; // of j < i at i (i - 1) / 2 + j
  private final int[] sizes; // 0 once merged into another
  private final int[] parents;

  private Agglomeration(FloatMatrix x, double threshold, Linkage linkage) {
    this.linkage = linkage;
    this.threshold = threshold;
    this.count = x.rows();
    this.distances = distances(x);
    this.sizes = new int[count];
    this.parents = new int[count];
    Arrays.fill(sizes, 1);
    Arrays.setAll(parents, i -> i);
  }

  /**
   * The cluster of each vector, numbered in the order of their first members.
   *
   * @param x shape (N, D), finite
   * @param threshold clusters at least this far apart stay apart
   * @throws StitchException (resources) if there are more than {@link #MOST}; (bad input) if a
   *     value is not finite
   */
  public static int[] labels(FloatMatrix x, double threshold, Linkage linkage) {
    if (x.rows() > MOST) {
      throw StitchException.resources(
          "clusters of %d vectors need the distances of all pairs; at most %d fit, so use fewer"
              + " vectors or rounding",
          x.rows(), MOST);
    }
    x.firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "vector %d has a value that is not finite; encode it again", row);
            });
    var agglomeration = new Agglomeration(x, threshold, linkage);
    agglomeration.merge();
    return agglomeration.numbered();
  }

  private static double[] distances(FloatMatrix x) {
    double[] distances = new double[x.rows() * (x.rows() - 1) / 2];
    int[] row = {0};
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray all = TensorBridge.toTensor(manager, x); // (N, D)
      RowBlocks.each(
          x,
          block -> {
            double[] wide = DISTANCES.call("all", block, all).toDoubleArray(); // (B, N)
            for (int b = 0; b < block.getShape().get(0); b++, row[0]++) {
              System.arraycopy(wide, b * x.rows(), distances, at(row[0], 0), row[0]);
            }
          });
    }
    return distances;
  }

  // Each step extends the chain to a nearest neighbor or merges two that are each other's.
  private void merge() {
    int[] chain = new int[count + 1];
    int length = 0;
    int next = 0;
    for (int left = count; left > 1; ) {
      if (length == 0) {
        while (sizes[next] == 0) {
          next++;
        }
        chain[length++] = next;
      }
      int last = chain[length - 1];
      int before = length > 1 ? chain[length - 2] : -1;
      int nearest = nearest(last, before);
      if (nearest == before) {
        unite(last, before);
        length -= 2;
        left--;
      } else {
        chain[length++] = nearest;
      }
    }
  }

  private int nearest(int of, int preferred) {
    int best = preferred;
    double least = preferred < 0 ? Double.POSITIVE_INFINITY : distance(of, preferred);
    for (int i = 0; i < count; i++) {
      if (i != of && sizes[i] > 0 && distance(of, i) < least) {
        least = distance(of, i);
        best = i;
      }
    }
    return best;
  }

  private void unite(int x, int y) {
    double apart = distance(x, y);
    if (apart < threshold) {
      parents[root(x)] = root(y);
    }
    for (int i = 0; i < count; i++) {
      if (i != x && i != y && sizes[i] > 0) {
        distances[at(i, y)] =
            united(distance(i, x), distance(i, y), apart, sizes[x], sizes[y], sizes[i]);
      }
    }
    sizes[y] += sizes[x];
    sizes[x] = 0;
  }

  /**
   * The distance of the union of x and y to a third cluster, from the distances of x and of y to
   * the third, that of x to y, and the three sizes (Lance and Williams 1967).
   */
  private double united(double toX, double toY, double apart, int sizeX, int sizeY, int third) {
    return switch (linkage) {
      case AVERAGE -> (sizeX * toX + sizeY * toY) / (sizeX + sizeY);
      case COMPLETE -> Math.max(toX, toY);
      case WARD -> {
        double total = (double) sizeX + sizeY + third;
        double squares =
            (third + sizeX) * toX * toX + (third + sizeY) * toY * toY - third * apart * apart;
        yield Math.sqrt(Math.max(0, squares / total));
      }
    };
  }

  private double distance(int i, int j) {
    return distances[at(i, j)];
  }

  private static int at(int i, int j) {
    int high = Math.max(i, j);
    return high * (high - 1) / 2 + Math.min(i, j);
  }

  private int root(int of) {
    int root = of;
    while (parents[root] != root) {
      root = parents[root] = parents[parents[root]];
    }
    return root;
  }

  private int[] numbered() {
    int[] number = new int[count];
    int[] labels = new int[count];
    int clusters = 0;
    for (int i = 0; i < count; i++) {
      int root = root(i);
      if (number[root] == 0) {
        number[root] = ++clusters;
      }
      labels[i] = number[root] - 1;
    }
    return labels;
  }
}
