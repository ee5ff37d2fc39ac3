// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Measures that depend on {@code ‖AᵀB‖²} alone, of each space in a frame of its own: A (N, R) is X,
 * less an origin, times directions over scales. With orthonormal columns it is a basis of what X
 * spans; with ridge it is the half of the hat matrix {@code AAᵀ} of a regression. Directions whose
 * standard deviation is a millionth of the largest one are rounding errors of float32 data.
 */
final class SpectralOverlap {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "spectral-overlap",
          Moments.COVARIANCE
              + """
              def number(self: __torch__.M, how: Tensor, i: int) -> float:
                return float(torch.select(how, 0, i))
              def origin(self: __torch__.M, x: Tensor, how: Tensor) -> Tensor:
                return torch.mul((self).center(x), (self).number(how, 0))
              def moments(self: __torch__.M, x: Tensor, y: Tensor, how: Tensor) -> Tensor:
                kept = float(torch.size(x, 0)) * (1.0 - (self).number(how, 0))
                means = torch.matmul(torch.t((self).center(x)), (self).center(y))
                return torch.add((self).covariance(x, y), torch.mul(means, kept))
              def frame(self: __torch__.M, x: Tensor, how: Tensor) -> List[Tensor]:
                w, v = torch.linalg_eigh((self).moments(x, x, how), "L")
                r = int(torch.sum(torch.gt(w, torch.mul(torch.amax(w), 1e-12))))
                n = torch.size(w, 0)
                w = torch.slice(w, 0, n - r, n, 1)
                total = torch.sum(w)
                scale = torch.add(w, torch.mul(total, (self).number(how, 1)))
                if (self).number(how, 2) == 1.0:
                  scale = torch.add(torch.zeros_like(w), total)
                own = torch.div(w, scale)
                p = torch.div(torch.slice(v, 1, n - r, n, 1), torch.sqrt(scale))
                return [p, torch.sum(torch.mul(own, own))]
              def squares(self: __torch__.M, m: Tensor) -> Tensor:
                return torch.sum(torch.mul(m, m))
              def overlap(self: __torch__.M, x: Tensor, p: Tensor, y: Tensor, q: Tensor, how: Tensor) -> Tensor:
                m = torch.matmul(torch.t(p), (self).moments(x, y, how))
                return (self).squares(torch.matmul(m, q))
              def framed(self: __torch__.M, x: Tensor, p: Tensor, how: Tensor) -> Tensor:
                return torch.to(torch.matmul(torch.sub(torch.to(x, 7), (self).origin(x, how)), p), 6)
              def again(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:
                return (self).squares(torch.matmul(torch.t(torch.to(a, 7)), torch.to(b, 7)))
              """);

  private final SpaceMeasure measure;
  private final double ownX;
  private final double ownY;

  private SpectralOverlap(SpaceMeasure measure, NDList framedX, NDList framedY) {
    this.measure = measure;
    this.ownX = framedX.get(1).getDouble();
    this.ownY = framedY.get(1).getDouble();
  }

  static double of(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, x); // (N, D)
      NDArray b = TensorBridge.toTensor(manager, y); // (N, E)
      NDArray how = how(manager, measure, true); // (3)
      NDList p = frame(a, how); // (D, R), ()
      NDList q = frame(b, how(manager, measure, false)); // (E, S), ()
      NDArray overlap = PROGRAM.call("overlap", a, p.get(0), b, q.get(0), how); // ()
      return new SpectralOverlap(measure, p, q).value(overlap.getDouble());
    }
  }

  /** Puts both spaces into their frames once; another pairing only needs their product again. */
  static Comparison compare(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, x); // (N, D)
      NDArray b = TensorBridge.toTensor(manager, y); // (N, E)
      NDArray how = how(manager, measure, true); // (3)
      NDList p = frame(a, how); // (D, R), ()
      NDList q = frame(b, how(manager, measure, false)); // (E, S), ()
      FloatMatrix framedX = TensorBridge.toMatrix(PROGRAM.call("framed", a, p.get(0), how));
      FloatMatrix framedY = TensorBridge.toMatrix(PROGRAM.call("framed", b, q.get(0), how));
      var overlap = new SpectralOverlap(measure, p, q);
      return order -> overlap.value(again(framedX, framedY.select(order)));
    }
  }

  // Centered, ridge as a share of the total variance, and if the space is only scaled.
  private static NDArray how(NDManager manager, SpaceMeasure measure, boolean first) {
    return manager.create(
        switch (measure.kind()) {
          case LINEAR_R2 -> new double[] {1, 0, first ? 0 : 1};
          case LINEAR_R2_BACK -> new double[] {1, 0, first ? 1 : 0};
          case EIGENSPACE_OVERLAP -> new double[] {0, 0, 0};
          default -> new double[] {1, measure.option(), 0};
        });
  }

  private static NDList frame(NDArray x, NDArray how) {
    return PROGRAM.run("frame", false, new NDList(x, how), new NDList());
  }

  private static double again(FloatMatrix x, FloatMatrix y) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, x); // (N, R)
      return PROGRAM.call("again", a, TensorBridge.toTensor(manager, y)).getDouble();
    }
  }

  private double value(double overlap) {
    return switch (measure.kind()) {
      case EIGENSPACE_OVERLAP -> Math.min(1, overlap / Math.max(ownX, ownY));
      case GULP -> Math.sqrt(Math.max(0, ownX + ownY - 2 * overlap));
      default -> Math.min(1, overlap);
    };
  }
}
