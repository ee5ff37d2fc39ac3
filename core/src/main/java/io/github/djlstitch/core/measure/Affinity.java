// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;

/**
 * A comparison of the samples within one space.
 *
 * @param code the number of the comparison in {@link #PROGRAM}
 * @param bandwidth of a Gaussian kernel, as a fraction of the median distance
 */
record Affinity(int code, double bandwidth) {
  static final Affinity LINEAR = new Affinity(0, 0);
  static final Affinity DISTANCE = new Affinity(2, 0);
  static final Affinity DISSIMILARITY = new Affinity(3, 0);

  private static final int GAUSSIAN = 1;
  private static final int MEDIAN_ROWS = 1000;

  /**
   * {@code affinity(a, b, s)} of framed rows, (A, D) and (B, D) to (A, B), and {@code pair}, for
   * {@link PairSums}. A specification s holds the code and the bandwidth.
   */
  static final TorchProgram PROGRAM =
      TorchProgram.of(
          "affinity",
          """
          def number(self: __torch__.M, s: Tensor, i: int) -> float:
            return float(torch.select(s, 0, i))
          def frame(self: __torch__.M, x: Tensor, s: Tensor) -> Tensor:
            a = torch.to(x, 7)
            if (self).number(s, 0) == 3.0:
              return torch.div(a, torch.clamp_min(torch.norm(a, 2, [1], True), 1e-300))
            return torch.sub(a, torch.mean(a, [0], True))
          def affinity(self: __torch__.M, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
            code = (self).number(s, 0)
            g = torch.matmul(a, torch.t(b))
            if code == 0.0:
              return g
            if code == 3.0:
              return torch.rsub(g, 1.0)
            n = torch.sum(torch.mul(a, a), [1], True)
            m = torch.t(torch.sum(torch.mul(b, b), [1], True))
            d = torch.clamp_min_(torch.add_(torch.add_(torch.mul_(g, -2.0), n), m), 0.0)
            if code == 2.0:
              return torch.sqrt_(d)
            width = (self).number(s, 1)
            return torch.exp_(torch.mul_(d, -0.5 / (width * width)))
          def matrix(self: __torch__.M, x: Tensor, s: Tensor) -> Tensor:
            a = (self).frame(x, s)
            return (self).affinity(a, a, s)
          def pair(self: __torch__.M, a: Tensor, b: Tensor, at: Tensor, s: Tensor, t: Tensor) -> Tensor:
            i = int(torch.select(at, 0, 0))
            j = int(torch.select(at, 0, 1))
            size = int(torch.select(at, 0, 2))
            k = (self).affinity(torch.slice(a, 0, i, i + size, 1), torch.slice(a, 0, j, j + size, 1), s)
            l = (self).affinity(torch.slice(b, 0, i, i + size, 1), torch.slice(b, 0, j, j + size, 1), t)
            if i == j:
              k = torch.fill_diagonal_(k, 0.0)
              l = torch.fill_diagonal_(l, 0.0)
            kf = torch.flatten(k)
            lf = torch.flatten(l)
            out = torch.stack([torch.dot(kf, lf), torch.dot(kf, kf), torch.dot(lf, lf)])
            return torch.cat([out, torch.sum(k, [1]), torch.sum(l, [1]), torch.sum(k, [0]), torch.sum(l, [0])])
          """);

  /** The comparison that a measure makes within each space. */
  static Affinity of(SpaceMeasure measure) {
    return switch (measure.kind()) {
      case CKA_RBF -> new Affinity(GAUSSIAN, measure.option());
      case DCOR, DCOR_UNBIASED -> DISTANCE;
      case RSA, RSA_SPEARMAN, RSA_KENDALL -> DISSIMILARITY;
      default -> LINEAR;
    };
  }

  boolean isGaussian() {
    return code == GAUSSIAN;
  }

  /** The specification for a space, owned by the manager. */
  NDArray specification(NDManager manager, FloatMatrix x) {
    return manager.create(new double[] {code, isGaussian() ? bandwidth * medianDistance(x) : 0});
  }

  private static double medianDistance(FloatMatrix x) {
    int step = (x.rows() + MEDIAN_ROWS - 1) / MEDIAN_ROWS;
    int[] rows = new int[(x.rows() + step - 1) / step];
    Arrays.setAll(rows, i -> i * step);
    double[] distances = DISTANCE.matrix(step == 1 ? x : x.select(rows)).condensed();
    Arrays.sort(distances);
    int half = distances.length / 2;
    double median =
        distances.length % 2 == 1 ? distances[half] : (distances[half - 1] + distances[half]) / 2;
    if (median <= 0) {
      throw StitchException.badInput(
          "at least half of the %d vectors' distances are 0, so a Gaussian kernel has no"
              + " bandwidth; drop the duplicates",
          x.rows());
    }
    return median;
  }

  /** All comparisons of a space's samples, for few of them. */
  PairMatrix matrix(FloatMatrix x) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray s = specification(manager, x); // (2)
      double[] values =
          PROGRAM.call("matrix", TensorBridge.toTensor(manager, x), s).toDoubleArray();
      return PairMatrix.of(x.rows(), values, this);
    }
  }
}
