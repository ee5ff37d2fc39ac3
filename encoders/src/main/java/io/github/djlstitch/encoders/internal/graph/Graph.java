// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import io.github.djlstitch.core.StitchException;
import java.util.Arrays;

/**
 * An undirected graph whose N nodes have sparse features. Immutable and safe for use by several
 * threads. No node is its own neighbor, and none is a neighbor twice.
 */
public final class Graph {
  private final SparseMatrix features;
  private final SparseMatrix neighbors; // (N, N), ones

  private Graph(SparseMatrix features, SparseMatrix neighbors) {
    this.features = features;
    this.neighbors = neighbors;
  }

  /**
   * A graph from its edges. Loops and repeated edges, in either direction, are left out.
   *
   * @param features shape (N, F)
   * @param sources one end of each edge, from 0
   * @param targets the other end
   * @throws StitchException (bad input) if an end is no node
   */
  public static Graph of(SparseMatrix features, int[] sources, int[] targets) {
    int nodes = features.rows();
    if (sources.length != targets.length) {
      throw StitchException.badInput(
          "a graph has %d sources but %d targets of edges", sources.length, targets.length);
    }
    long[] pairs = new long[2 * sources.length];
    for (int e = 0; e < sources.length; e++) {
      requireNode(sources[e], nodes);
      requireNode(targets[e], nodes);
      pairs[2 * e] = (long) sources[e] * nodes + targets[e];
      pairs[2 * e + 1] = (long) targets[e] * nodes + sources[e];
    }
    long[] kept = Arrays.stream(pairs).filter(p -> p / nodes != p % nodes).toArray();
    return new Graph(features, ones(nodes, Arrays.stream(kept).sorted().distinct().toArray()));
  }

  private static void requireNode(int node, int nodes) {
    if (node < 0 || node >= nodes) {
      throw StitchException.badInput(
          "an edge ends at node %d but the nodes are 0 to %d", node, nodes - 1);
    }
  }

  private static SparseMatrix ones(int nodes, long[] sortedPairs) {
    int[] starts = new int[nodes + 1];
    int[] columns = new int[sortedPairs.length];
    for (int k = 0; k < columns.length; k++) {
      starts[(int) (sortedPairs[k] / nodes) + 1]++;
      columns[k] = (int) (sortedPairs[k] % nodes);
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    float[] values = new float[columns.length];
    Arrays.fill(values, 1);
    return SparseMatrix.of(nodes, starts, columns, values);
  }

  /** The number of nodes N. */
  public int nodes() {
    return features.rows();
  }

  /** The number of edges, each counted once. */
  public int edges() {
    return neighbors.entries() / 2;
  }

  /** The features, shape (N, F). */
  public SparseMatrix features() {
    return features;
  }

  /** The neighbors of a node, ascending. */
  public int[] neighbors(int node) {
    return neighbors.indices(node);
  }

  /**
   * {@code D^-1/2 A D^-1/2}, shape (N, N), with {@code A + I} for A if each node counts as its own
   * neighbor (Kipf and Welling 2017, eq. 2); a node of degree 0 has an empty row.
   */
  public SparseMatrix normalizedAdjacency(boolean selfLoops) {
    SparseMatrix adjacency = selfLoops ? withLoops() : neighbors;
    int[] degrees = new int[nodes()];
    for (int i = 0; i < degrees.length; i++) {
      degrees[i] = adjacency.indices(i).length;
    }
    return weighted(adjacency, degrees);
  }

  private static SparseMatrix weighted(SparseMatrix adjacency, int[] degrees) {
    int[] starts = new int[degrees.length + 1];
    int[] columns = new int[adjacency.entries()];
    float[] values = new float[columns.length];
    int at = 0;
    for (int i = 0; i < degrees.length; i++) {
      for (int j : adjacency.indices(i)) {
        columns[at] = j;
        values[at++] = (float) (1 / Math.sqrt((double) degrees[i] * degrees[j]));
      }
      starts[i + 1] = at;
    }
    return SparseMatrix.of(degrees.length, starts, columns, values);
  }

  /**
   * {@code A + I}, shape (N, N), the matrix that GIN sums with (Xu et al. 2019, eq. 4.1 with
   * epsilon 0).
   */
  public SparseMatrix withLoops() {
    int nodes = nodes();
    long[] pairs = new long[neighbors.entries() + nodes];
    int at = 0;
    for (int i = 0; i < nodes; i++) {
      pairs[at++] = (long) i * nodes + i;
      for (int j : neighbors.indices(i)) {
        pairs[at++] = (long) i * nodes + j;
      }
    }
    Arrays.sort(pairs);
    return ones(nodes, pairs);
  }
}
