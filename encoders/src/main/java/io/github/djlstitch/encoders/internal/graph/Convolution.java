// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Arrays;

/** Graph convolutions, over the adjacency matrix A and the diagonal degree matrix D. */
public enum Convolution implements Named {
  /**
   * {@code D̂^-1/2 (A + I) D̂^-1/2 H W + b} (Kipf and Welling 2017, Semi-Supervised Classification
   * with Graph Convolutional Networks, arXiv:1609.02907, eq. 2).
   */
  GCN,
  /**
   * {@code ((1 - a) P H + a H0) ((1 - b) I + b W)} with {@code P = D^-1/2 A D^-1/2}, a = .1 and
   * {@code b = log(.5 / l + 1)} at layer l from 1 (Chen et al. 2020, Simple and Deep Graph
   * Convolutional Networks, arXiv:2007.02133, eq. 5). P has no self-loops, as in the relative
   * representations' official code.
   */
  GCNII,
  /**
   * {@code (A + I) H W + b} (Xu et al. 2019, How Powerful are Graph Neural Networks?,
   * arXiv:1810.00826, eq. 4.1 with epsilon 0 and a linear layer).
   */
  GIN;

  static final double ALPHA = 0.1;
  private static final double THETA = 0.5;

  /** The convolution of that name. */
  public static Convolution named(String id) {
    return Arrays.stream(values())
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  private static StitchException unknown(String id) {
    var known = Arrays.stream(values()).map(Convolution::id).toList();
    return StitchException.usage(
        "no graph convolution '%s'; %sknown: %s",
        id, NearestName.hint(id, known), String.join(", ", known));
  }

  /**
   * Returns the propagation matrix, which multiplies the nodes' features: symmetric, shape (N, N).
   */
  SparseMatrix propagation(Graph graph) {
    return switch (this) {
      case GCN -> graph.normalizedAdjacency(true);
      case GCNII -> graph.normalizedAdjacency(false).times((float) (1 - ALPHA));
      case GIN -> graph.withLoops();
    };
  }

  /**
   * Returns the share of the initial features added to each layer; 0 where layers have biases
   * instead.
   */
  double alpha() {
    return this == GCNII ? ALPHA : 0;
  }

  /** Weight of the layer's matrix against the identity. */
  double beta(int layer) {
    return this == GCNII ? Math.log(THETA / (layer + 1) + 1) : 1;
  }
}
