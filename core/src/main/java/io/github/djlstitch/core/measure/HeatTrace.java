// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * The share of heat that is left on the graph of nearest neighbors, at each of some times: the mean
 * of {@code exp(-λt)} over the eigenvalues λ of the normalized Laplacian. Two samples are connected
 * if one is among the 5 nearest of the other.
 */
final class HeatTrace {
  // All of these numbers are those of the authors' code, scale too.
  private static final int NEIGHBORS = 5;
  private static final int TIMES = 256;
  private static final double SCALE = 1e6;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "heat-trace",
          """
          def trace(self: __torch__.M, graph: Tensor, times: Tensor) -> Tensor:
            roots = torch.rsqrt(torch.sum(graph, [1], True))
            flow = torch.mul(torch.mul(graph, roots), torch.t(roots))
            eye = torch.diag_embed(torch.ones_like(torch.sum(graph, [1])))
            values = torch.linalg_eigvalsh(torch.sub(eye, flow), "L")
            return torch.mean(torch.exp(torch.mul(torch.neg(times), values)), [1])
          """);

  private HeatTrace() {}

  /** The trace at each time; (N, D) to 256 values. */
  static double[] of(FloatMatrix x) {
    int n = x.rows();
    double[] graph = new double[n * n];
    int[][] nearest = Affinity.DISTANCE.matrix(x).least(NEIGHBORS);
    for (int i = 0; i < n; i++) {
      for (int j : nearest[i]) {
        graph[i * n + j] = 1;
        graph[j * n + i] = 1;
      }
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray edges = manager.create(graph, new Shape(n, n)); // (N, N)
      NDArray times = manager.create(times(), new Shape(TIMES, 1)); // (T, 1)
      return PROGRAM.call("trace", edges, times).toDoubleArray();
    }
  }

  // From .1 to 10, evenly on a logarithmic scale.
  private static double[] times() {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      times[i] = Math.pow(10, -1 + 2.0 * i / (TIMES - 1));
    }
    return times;
  }

  /** The largest difference of two traces, weighted by time. */
  static double distance(double[] a, double[] b) {
    double[] times = times();
    double most = 0;
    for (int i = 0; i < TIMES; i++) {
      double weight = Math.exp(-2 * (times[i] + 1 / times[i]));
      most = Math.max(most, weight * Math.abs(a[i] - b[i]));
    }
    return SCALE * most;
  }
}
