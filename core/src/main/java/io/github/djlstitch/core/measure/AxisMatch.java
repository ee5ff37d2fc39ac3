// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Means of the correlations (D, E) of two spaces' axes over pairs of them. */
final class AxisMatch {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "axis-match",
          Moments.COVARIANCE
              + """
              def scale(self: __torch__.M, x: Tensor) -> Tensor:
                c = (self).center(x)
                own = torch.zeros_like(c)
                n = torch.size(x, 0)
                for i in range((n + 2047) // 2048):
                  a = (self).centered(x, c, i * 2048)
                  own = torch.add(own, torch.sum(torch.mul(a, a), [0], True))
                raw = torch.add(own, torch.mul(torch.mul(c, c), float(n)))
                varied = torch.gt(own, torch.mul(raw, 1e-20))
                root = torch.sqrt(torch.where(varied, own, torch.ones_like(own)))
                return torch.div(torch.to(varied, 7), root)
              def correlations(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                c = torch.mul((self).covariance(x, y), torch.t((self).scale(x)))
                return torch.mul(c, (self).scale(y))
              def standard(self: __torch__.M, x: Tensor) -> Tensor:
                c = torch.sub(torch.to(x, 7), (self).center(x))
                return torch.to(torch.mul(c, (self).scale(x)), 6)
              def again(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:
                return torch.matmul(torch.t(torch.to(a, 7)), torch.to(b, 7))
              """);

  private AxisMatch() {}

  static double of(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    return mean(kind, correlations("correlations", x, y));
  }

  /** Standardizes the axes once; another pairing only needs their product again. */
  static Comparison compare(MeasureKind kind, FloatMatrix x, FloatMatrix y) {
    FloatMatrix a = standard(x);
    FloatMatrix b = standard(y);
    return order -> mean(kind, correlations("again", a, b.select(order)));
  }

  private static FloatMatrix standard(FloatMatrix x) {
    try (NDManager manager = TensorBridge.newManager()) {
      return TensorBridge.toMatrix(PROGRAM.call("standard", TensorBridge.toTensor(manager, x)));
    }
  }

  // With no more rows than columns.
  private static double[][] correlations(String method, FloatMatrix x, FloatMatrix y) {
    boolean turned = x.columns() > y.columns();
    FloatMatrix few = turned ? y : x;
    FloatMatrix many = turned ? x : y;
    double[] values;
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, few); // (N, D)
      values = PROGRAM.call(method, a, TensorBridge.toTensor(manager, many)).toDoubleArray();
    }
    double[][] rows = new double[few.columns()][];
    Arrays.setAll(
        rows, i -> Arrays.copyOfRange(values, i * many.columns(), (i + 1) * many.columns()));
    return rows;
  }

  private static double mean(MeasureKind kind, double[][] correlations) {
    return kind == MeasureKind.HARD_MATCH ? hard(correlations) : soft(correlations);
  }

  private static double hard(double[][] correlations) {
    int[] partner = Assignment.best(correlations);
    double sum = 0;
    for (int i = 0; i < partner.length; i++) {
      sum += correlations[i][partner[i]];
    }
    return sum / partner.length;
  }

  private static double soft(double[][] correlations) {
    double[] byColumn = new double[correlations[0].length];
    Arrays.fill(byColumn, Double.NEGATIVE_INFINITY);
    double byRow = 0;
    for (double[] row : correlations) {
      byRow += DoubleStream.of(row).max().orElseThrow();
      for (int j = 0; j < row.length; j++) {
        byColumn[j] = Math.max(byColumn[j], row[j]);
      }
    }
    return (byRow / correlations.length + Comparison.mean(byColumn)) / 2;
  }
}
