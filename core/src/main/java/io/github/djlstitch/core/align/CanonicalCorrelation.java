// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Canonical correlation analysis of two spaces (Hotelling 1936): both are whitened, and the SVD of
 * their cross-covariance gives directions whose coordinates correlate the most. Directions without
 * spread are left out. Immutable and thread-safe.
 *
 * @param correlations canonical correlations in [0, 1], in descending order
 * @param source into the canonical space of the source: (N, D) to (N, K)
 * @param target into the canonical space of the target: (N, E) to (N, K)
 * @param translation out of the source and, by the pseudo-inverse of {@code target}, into the
 *     target: (N, D) to (N, E)
 */
public record CanonicalCorrelation(
    List<Double> correlations, Alignment source, Alignment target, Alignment translation) {
  // Whiteners have all D or E columns, zero where there is no spread: min(D, E) correlations. The
  // moments are sums, so that variances of 1 take the root of one less than the number of anchors.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "cca",
          Moments.CANONICAL
              + """
              def whitener(self: __torch__.M, x: Tensor, shrink: Tensor, share: Tensor) -> Tensor:
                v, s = (self).basis(x, shrink, share, 1e-10)
                none = torch.size(v, 0) - torch.size(v, 1)
                return torch.constant_pad_nd(torch.div(v, s), [0, none], 0)
              def cca(self: __torch__.M, x: Tensor, y: Tensor, components: Tensor, shrink: Tensor, share: Tensor) -> List[Tensor]:
                p = (self).whitener(x, shrink, share)                        # (D, D)
                q = (self).whitener(y, shrink, share)                        # (E, E)
                u, s, vh = torch.linalg_svd((self).whitened(x, p, y, q), False)
                k = int(components)
                root = torch.sqrt(float(torch.size(x, 0) - 1))
                a = torch.mul(torch.matmul(p, torch.slice(u, 1, 0, k)), root)
                b = torch.mul(torch.matmul(q, torch.slice(torch.t(vh), 1, 0, k)), root)
                r = torch.clamp_max(torch.slice(s, 0, 0, k), 1.0)
                map = torch.matmul(a, torch.linalg_pinv(b, 1e-10, False))
                mx = (self).center(x)
                my = (self).center(y)
                ox = torch.neg(torch.matmul(mx, a))
                oy = torch.neg(torch.matmul(my, b))
                return [r, a, ox, b, oy, map, torch.sub(my, torch.matmul(mx, map))]
              """);

  /** Takes a copy of the correlations. */
  public CanonicalCorrelation {
    correlations = List.copyOf(correlations);
  }

  /**
   * Analyses anchors.
   *
   * @param from anchors of the source space, shape (M, D)
   * @param to the same anchors in the target space, shape (M, E)
   * @param components K, at most; never more than min(D, E, M - 1)
   * @param shrinkage at least 0; this share of the mean variance is added to every variance. With 0
   *     and fewer anchors than dimensions every correlation is 1
   * @throws StitchException (bad input) if there are fewer than 2 anchors, not equally many, or a
   *     value is not finite
   */
  public static CanonicalCorrelation of(
      FloatMatrix from, FloatMatrix to, int components, double shrinkage) {
    check(components, shrinkage);
    Pairs.require(from, to, 2);
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = Affine.toFloat64(manager, from); // (M, D)
      NDArray y = Affine.toFloat64(manager, to); // (M, E)
      NDList found = run(x, y, components, shrinkage); // (K), maps (D, K) and offsets (1, K)
      int k = (int) found.get(0).size();
      return new CanonicalCorrelation(
          Arrays.stream(found.get(0).toDoubleArray()).boxed().toList(),
          alignment(found.get(1), found.get(2), k),
          alignment(found.get(3), found.get(4), k),
          alignment(found.get(5), found.get(6), k));
    }
  }

  static Solver.Solution solve(NDArray x, NDArray y, int components, double shrinkage) {
    NDList found = run(x, y, components, shrinkage); // (K), maps (D, K) and offsets (1, K)
    double[] correlations = found.get(0).toDoubleArray();
    return new Solver.Solution(
        new Affine(found.get(5), found.get(6)),
        correlations.length,
        Map.of(
            Diagnostics.COMPONENTS,
            (double) correlations.length,
            Diagnostics.FIRST_CORRELATION,
            correlations[0]));
  }

  static void check(int components, double shrinkage) {
    if (components < 1 || !(shrinkage >= 0 && Double.isFinite(shrinkage))) {
      throw StitchException.usage(
          "canonical correlations need 1 or more components and a shrinkage of 0 or more"
              + " but got %d and %s",
          components, shrinkage);
    }
  }

  private static NDList run(NDArray x, NDArray y, int components, double shrinkage) {
    long anchors = x.getShape().get(0);
    if (anchors < 2) {
      throw StitchException.badInput(
          "canonical correlations need at least 2 anchors but got %d", anchors);
    }
    NDManager manager = x.getManager();
    NDArray k = manager.create((double) Math.min(components, anchors - 1)); // ()
    NDArray shrink = manager.create(shrinkage); // ()
    NDArray share = manager.create(Moments.EVERYTHING); // ()
    return PROGRAM.run("cca", false, new NDList(x, y, k, shrink, share), new NDList());
  }

  private static Alignment alignment(NDArray map, NDArray offset, int rank) {
    FloatMatrix matrix = Affine.toMatrix(map);
    return new Alignment(matrix, Affine.toMatrix(offset), rank);
  }
}
