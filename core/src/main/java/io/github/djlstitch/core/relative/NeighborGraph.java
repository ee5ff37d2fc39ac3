// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A graph of the vectors of one space: each is joined to its k nearest others, in either direction,
 * and an edge is as long as their Euclidean distance. Parts without a way between them are joined
 * by the shortest edges that there are, the smallest part first: of a minimum spanning tree, what
 * the graph lacks. For one thread.
 */
final class NeighborGraph {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "neighbor-graph",
          """
          def nearest(self: __torch__.M, x: Tensor, a: Tensor, k: Tensor) -> List[Tensor]:
            apart = torch.cdist(torch.to(x, 7), torch.to(a, 7), 2.0, 1)
            near, which = torch.topk(apart, int(k), 1, False, True)
            return [near, which]
          """);

  private final FloatMatrix nodes; // (R, D)
  private final int[] from;
  private final int[] to;
  private final double[] lengths;
  private final int parts;
  private int edges;

  /** A node that a path has reached. */
  private record Reached(int node, double length) {}

  /** The nearest rows, the nearest first: (B, k) each. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Nearest(double[] lengths, long[] rows) {}

  private NeighborGraph(FloatMatrix nodes, int neighbors) {
    this.nodes = nodes;
    int k = Math.min(neighbors, nodes.rows() - 1);
    int most = nodes.rows() * (k + 1); // an edge joins two parts, so fewer than there are nodes
    this.from = new int[most];
    this.to = new int[most];
    this.lengths = new double[most];
    joinNeighbors(k);
    this.parts = joinParts();
  }

  /**
   * A graph.
   *
   * @param nodes finite vectors, shape (R, D), R at least 1
   * @param neighbors k, at least 1; of fewer other nodes all are neighbors
   */
  static NeighborGraph of(FloatMatrix nodes, int neighbors) {
    return new NeighborGraph(nodes, neighbors);
  }

  /** Parts that there were before they were joined; 1 if there was a way between all nodes. */
  int parts() {
    return parts;
  }

  private static Nearest nearest(FloatMatrix x, FloatMatrix among, int k) {
    double[] lengths = new double[Math.multiplyExact(x.rows(), k)];
    long[] rows = new long[lengths.length];
    int[] done = {0};
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray all = TensorBridge.toTensor(manager, among); // (R, D)
      RowBlocks.each(
          x,
          block -> {
            NDArray count = block.getManager().create(k); // ()
            NDList found = // (B, k) twice
                PROGRAM.run("nearest", false, new NDList(block, all, count), new NDList());
            double[] near = found.get(0).toDoubleArray();
            System.arraycopy(near, 0, lengths, done[0], near.length);
            System.arraycopy(found.get(1).toLongArray(), 0, rows, done[0], near.length);
            done[0] += near.length;
          });
    }
    return new Nearest(lengths, rows);
  }

  // A node is the nearest to itself, but for nodes at the same place, which come in any order.
  private void joinNeighbors(int k) {
    Nearest found = nearest(nodes, nodes, k + 1);
    for (int i = 0; i < nodes.rows(); i++) {
      int joined = 0;
      for (int j = i * (k + 1); joined < k; j++) {
        if (found.rows()[j] != i) {
          join(i, (int) found.rows()[j], found.lengths()[j]);
          joined++;
        }
      }
    }
  }

  private void join(int a, int b, double length) {
    from[edges] = a;
    to[edges] = b;
    lengths[edges++] = length;
  }

  private int joinParts() {
    int[] part = connected();
    int count = 1 + Arrays.stream(part).max().orElse(0);
    for (int left = count; left > 1; left--) {
      int[] sizes = new int[count];
      Arrays.stream(part).forEach(p -> sizes[p]++);
      int smallest =
          IntStream.range(0, count)
              .filter(p -> sizes[p] > 0)
              .boxed()
              .min(Comparator.comparingInt(p -> sizes[p]))
              .orElseThrow();
      int other = joinToNearest(part, smallest);
      Arrays.setAll(part, i -> part[i] == smallest ? other : part[i]);
    }
    return count;
  }

  private int joinToNearest(int[] part, int smallest) {
    int[] inside = IntStream.range(0, part.length).filter(i -> part[i] == smallest).toArray();
    int[] outside = IntStream.range(0, part.length).filter(i -> part[i] != smallest).toArray();
    Nearest found = nearest(nodes.select(inside), nodes.select(outside), 1);
    int best =
        IntStream.range(0, inside.length)
            .boxed()
            .min(Comparator.comparingDouble(i -> found.lengths()[i]))
            .orElseThrow();
    int there = outside[(int) found.rows()[best]];
    join(inside[best], there, found.lengths()[best]);
    return part[there];
  }

  /** Numbers the part of each node, from 0. */
  private int[] connected() {
    int[] root = IntStream.range(0, nodes.rows()).toArray();
    for (int e = 0; e < edges; e++) {
      root[root(root, from[e])] = root(root, to[e]);
    }
    int[] roots = IntStream.range(0, root.length).map(i -> root(root, i)).toArray();
    int[] distinct = Arrays.stream(roots).distinct().sorted().toArray();
    return Arrays.stream(roots).map(r -> Arrays.binarySearch(distinct, r)).toArray();
  }

  private static int root(int[] root, int node) {
    int at = node;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }

  /**
   * Lengths of the shortest paths from the first nodes, by Dijkstra from each, on all cores.
   *
   * @param sources how many nodes, M
   * @return shape (R, M)
   */
  FloatMatrix paths(int sources) {
    int[][] incident = incident();
    float[] paths = new float[Math.multiplyExact(nodes.rows(), sources)];
    IntStream.range(0, sources)
        .parallel()
        .forEach(
            source -> {
              double[] best = shortest(source, incident);
              for (int i = 0; i < best.length; i++) {
                paths[i * sources + source] = (float) best[i];
              }
            });
    return FloatMatrix.wrap(nodes.rows(), sources, paths);
  }

  /** Lists the edges at each node. */
  private int[][] incident() {
    int[] degrees = new int[nodes.rows()];
    for (int e = 0; e < edges; e++) {
      degrees[from[e]]++;
      degrees[to[e]]++;
    }
    int[][] incident = Arrays.stream(degrees).mapToObj(int[]::new).toArray(int[][]::new);
    for (int e = 0; e < edges; e++) {
      incident[from[e]][--degrees[from[e]]] = e;
      incident[to[e]][--degrees[to[e]]] = e;
    }
    return incident;
  }

  private double[] shortest(int source, int[][] incident) {
    double[] best = new double[incident.length];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[source] = 0;
    var queue = new PriorityQueue<>(Comparator.comparingDouble(Reached::length));
    queue.add(new Reached(source, 0));
    while (!queue.isEmpty()) {
      Reached at = queue.remove();
      if (at.length() > best[at.node()]) {
        continue;
      }
      for (int e : incident[at.node()]) {
        int next = from[e] + to[e] - at.node();
        double length = at.length() + lengths[e];
        if (length < best[next]) {
          best[next] = length;
          queue.add(new Reached(next, length));
        }
      }
    }
    return best;
  }
}
