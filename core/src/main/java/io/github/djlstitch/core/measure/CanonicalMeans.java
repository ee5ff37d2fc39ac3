// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Locale;
import java.util.Optional;

/**
 * Means of canonical correlations, from {@link Moments#CANONICAL}. Directions whose standard
 * deviation is a millionth of the largest one are rounding errors of float32 data.
 */
final class CanonicalMeans {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "canonical-correlation",
          Moments.CANONICAL
              + """
              def principal(self: __torch__.M, x: Tensor, share: Tensor) -> Tuple[Tensor, Tensor]:
                return (self).basis(x, torch.zeros_like(share), share, 1e-12)
              def loadings(self: __torch__.M, x: Tensor, share: Tensor) -> Tensor:
                v, s = (self).principal(x, share)
                return torch.to(torch.t(torch.mul(v, s)), 6)
              def variates(self: __torch__.M, x: Tensor, share: Tensor) -> Tensor:
                v, s = (self).principal(x, share)
                c = torch.sub(torch.to(x, 7), (self).center(x))
                return torch.to(torch.matmul(c, torch.div(v, s)), 6)
              def average(self: __torch__.M, m: Tensor) -> Tensor:
                return torch.mean(torch.clamp_max(torch.linalg_svdvals(m), 1.0))
              def weighted(self: __torch__.M, m: Tensor, p: Tensor, q: Tensor) -> Tensor:
                load = p
                if torch.size(m, 0) > torch.size(m, 1):
                  m = torch.t(m)
                  load = q
                u, s, vh = torch.linalg_svd(m, False)
                a = torch.sum(torch.abs(torch.matmul(torch.t(u), load)), [1])
                return torch.div(torch.dot(a, torch.clamp_max(s, 1.0)), torch.sum(a))
              def canonical(self: __torch__.M, x: Tensor, y: Tensor, share: Tensor, weigh: Tensor) -> Tensor:
                v, s = (self).principal(x, share)
                w, t = (self).principal(y, share)
                m = (self).whitened(x, torch.div(v, s), y, torch.div(w, t))
                if bool(weigh):
                  return (self).weighted(m, torch.t(torch.mul(v, s)), torch.t(torch.mul(w, t)))
                return (self).average(m)
              def again(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                return (self).average(torch.matmul(torch.t(torch.to(x, 7)), torch.to(y, 7)))
              def weigh_again(self: __torch__.M, x: Tensor, y: Tensor, p: Tensor, q: Tensor) -> Tensor:
                m = torch.matmul(torch.t(torch.to(x, 7)), torch.to(y, 7))
                return (self).weighted(m, torch.to(p, 7), torch.to(q, 7))
              """);

  private CanonicalMeans() {}

  static double of(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray weigh = manager.create(measure.kind() == MeasureKind.PWCCA); // ()
      NDArray a = TensorBridge.toTensor(manager, x); // (N, D)
      NDArray b = TensorBridge.toTensor(manager, y); // (N, E)
      NDArray share = manager.create(share(measure)); // ()
      return PROGRAM.call("canonical", a, b, share, weigh).toDoubleArray()[0];
    }
  }

  /**
   * Says why PWCCA has no unique value: N samples of R and S dimensions that vary have at least R +
   * S - N + 1 canonical correlations of 1; if there are several, their directions can be turned
   * into each other, and the weights with them. Empty if N is at least R + S.
   */
  static Optional<String> ambiguity(FloatMatrix x, FloatMatrix y) {
    if (x.rows() >= x.columns() + y.columns()) {
      return Optional.empty();
    }
    int r = matrix("loadings", Moments.EVERYTHING, x).rows();
    int s = matrix("loadings", Moments.EVERYTHING, y).rows();
    boolean full = Math.max(r, s) >= x.rows() - 1;
    String outcome =
        full
            ? "is 1 whatever the spaces"
            : "has no unique value, as directions of correlation 1 can be turned into each other";
    return x.rows() >= r + s
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %d samples are fewer than %d + %d dimensions; take more samples, or a measure"
                    + " such as cka-unbiased",
                outcome,
                x.rows(),
                r,
                s));
  }

  private static double share(SpaceMeasure measure) {
    return measure.kind() == MeasureKind.SVCCA ? measure.option() : Moments.EVERYTHING;
  }

  /** Whitens both spaces once; another pairing only needs their cross product again. */
  static Comparison compare(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    double share = share(measure);
    FloatMatrix a = matrix("variates", share, x);
    FloatMatrix b = matrix("variates", share, y);
    if (measure.kind() != MeasureKind.PWCCA) {
      return order -> number("again", a, b.select(order));
    }
    FloatMatrix p = matrix("loadings", share, x);
    FloatMatrix q = matrix("loadings", share, y);
    return order -> number("weigh_again", a, b.select(order), p, q);
  }

  private static FloatMatrix matrix(String method, double share, FloatMatrix x) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, x); // (N, D)
      return TensorBridge.toMatrix(PROGRAM.call(method, a, manager.create(share)));
    }
  }

  private static double number(String method, FloatMatrix... matrices) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray[] arguments = new NDArray[matrices.length]; // (rows, columns) each
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = TensorBridge.toTensor(manager, matrices[i]);
      }
      return PROGRAM.call(method, arguments).toDoubleArray()[0];
    }
  }
}
