// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Any number of spaces rotated onto their common mean shape (Gower 1975): S orthogonal maps serve
 * all S (S - 1) translations. Each space is centered on its anchors; narrower ones get dimensions
 * that are zero. The maps keep lengths; scale first if the spaces differ in it. Immutable and
 * thread-safe.
 *
 * <p>Library-only: no command fits one. For example, without imports:
 *
 * <pre>{@code
 * var random = new Random(0);
 * float[] first = new float[50 * 4];
 * float[] second = new float[50 * 4];
 * float[] third = new float[50 * 4];
 * for (int i = 0; i < first.length; i++) {
 *   first[i] = (float) random.nextGaussian();
 *   second[i] = -first[i]; // turned over
 *   third[i ^ 1] = first[i]; // columns swapped
 * }
 * var anchors =
 *     List.of(
 *         FloatMatrix.wrap(50, 4, first),
 *         FloatMatrix.wrap(50, 4, second),
 *         FloatMatrix.wrap(50, 4, third));
 * var common = GeneralizedProcrustes.fit(anchors, 1e-9, 100);
 * var translation = common.translation(1, 2);
 * FloatMatrix translated = translation.apply(anchors.get(1)); // anchors.get(2)
 * }</pre>
 *
 * @param toConsensus maps of each space into the consensus: (N, D_i) to (N, K), K the largest width
 * @param consensus the mean shape of the anchors, shape (M, K)
 * @param iterations how many were made
 * @param residual {@code Σ |X_i R_i - consensus|² / Σ |X_i|²} over the centered anchors: 0 if all
 *     spaces have the same shape, below 1
 * @param converged whether the residual changed by no more than the tolerance at the end
 */
public record GeneralizedProcrustes(
    List<Alignment> toConsensus,
    FloatMatrix consensus,
    int iterations,
    double residual,
    boolean converged) {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "generalized-procrustes",
          """
          def centered(self: __torch__.M, x: Tensor, width: Tensor) -> List[Tensor]:
            mean = torch.mean(x, [0], True)
            more = torch.sub(int(width), torch.size(x, 1))
            return [torch.constant_pad_nd(torch.sub(x, mean), [0, more], 0), mean]
          def rotation(self: __torch__.M, x: Tensor, shape: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(torch.matmul(torch.t(x), shape), False)
            return torch.matmul(u, vh)
          def fit(self: __torch__.M, tolerance: Tensor, most: Tensor, spaces: List[Tensor]) -> List[Tensor]:
            total = torch.zeros_like(tolerance)
            for i in range(torch.len(spaces)):
              total = torch.add(total, torch.sum(torch.mul(spaces[i], spaces[i])))
            total = torch.clamp_min(total, 1e-300)
            shape = spaces[0]
            rotations = annotate(List[Tensor], [])
            residual = torch.ones_like(tolerance)
            change = torch.ones_like(tolerance)
            done = torch.zeros_like(tolerance)
            going = True
            while going:
              rotations = annotate(List[Tensor], [])
              moved = annotate(List[Tensor], [])
              for i in range(torch.len(spaces)):
                r = (self).rotation(spaces[i], shape)
                rotations = torch.append(rotations, r)
                moved = torch.append(moved, torch.matmul(spaces[i], r))
              all = torch.stack(moved)
              shape = torch.mean(all, [0])
              apart = torch.sub(all, shape)
              now = torch.div(torch.sum(torch.mul(apart, apart)), total)
              change = torch.abs(torch.sub(residual, now))
              residual = now
              done = torch.add(done, 1.0)
              going = bool(torch.logical_and(torch.gt(change, tolerance), torch.lt(done, most)))
            head = [shape, done, residual, change]
            return torch.add(head, rotations)
          """);

  private static final int HEAD = 4;

  /** Takes a copy of the list. */
  public GeneralizedProcrustes {
    toConsensus = List.copyOf(toConsensus);
  }

  /**
   * Fits the maps.
   *
   * @param spaces the same anchors in each space, shapes (M, D_i), at least 2 spaces
   * @param tolerance stop when the residual changes by no more, at least 0; 1e-9 is a good one
   * @param maxIterations stop then at the latest, at least 1
   * @throws StitchException (bad input) if the numbers of anchors differ or a value is not finite
   */
  public static GeneralizedProcrustes fit(
      List<FloatMatrix> spaces, double tolerance, int maxIterations) {
    requireSpaces(spaces, tolerance, maxIterations);
    try (NDManager manager = TensorBridge.newManager()) {
      double width = spaces.stream().mapToInt(FloatMatrix::columns).max().orElseThrow();
      NDArray columns = manager.create(width); // ()
      NDList means = new NDList(); // (1, D_i) each
      NDList padded = new NDList(); // (M, K) each
      for (FloatMatrix space : spaces) {
        NDArray x = Affine.toFloat64(manager, space); // (M, D_i)
        NDList pair =
            PROGRAM.run(
                "centered", false, new NDList(x, columns), new NDList()); // (M, K), (1, D_i)
        padded.add(pair.get(0)); // (M, K)
        means.add(pair.get(1)); // (1, D_i)
      }
      NDList stop =
          new NDList(manager.create(tolerance), manager.create((double) maxIterations)); // (), ()
      return result(PROGRAM.run("fit", false, stop, padded), means, tolerance);
    }
  }

  private static GeneralizedProcrustes result(NDList found, NDList means, double tolerance) {
    List<Alignment> maps = new ArrayList<>();
    for (int i = 0; i < means.size(); i++) {
      NDArray mean = means.get(i); // (1, D_i)
      NDArray rotation = found.get(HEAD + i).get("0:" + mean.size()); // (D_i, K)
      NDArray offset = mean.matMul(rotation).neg(); // (1, K)
      int rank = (int) mean.size();
      maps.add(new Alignment(Affine.toMatrix(rotation), Affine.toMatrix(offset), rank));
    }
    return new GeneralizedProcrustes(
        maps,
        Affine.toMatrix(found.get(0)),
        (int) found.get(1).getDouble(),
        found.get(2).getDouble(),
        found.get(3).getDouble() <= tolerance);
  }

  /**
   * From one space into another, over the consensus.
   *
   * @param from index of the source space
   * @param to index of the target space
   */
  public Alignment translation(int from, int to) {
    Alignment in = toConsensus.get(from);
    Alignment out = toConsensus.get(to);
    FloatMatrix inverse = LinearAlgebra.transpose(out.map()); // (K, E)
    // The target is y = c Rᵀ + mean, and -mean R is the offset into the consensus.
    FloatMatrix offset = difference(in.offset(), out.offset()); // (1, K)
    FloatMatrix map = LinearAlgebra.product(in.map(), inverse);
    return new Alignment(
        map, LinearAlgebra.product(offset, inverse), Math.min(map.rows(), map.columns()));
  }

  private static FloatMatrix difference(FloatMatrix a, FloatMatrix b) {
    float[] out = a.toArray();
    for (int j = 0; j < out.length; j++) {
      out[j] -= b.get(0, j);
    }
    return FloatMatrix.wrap(1, out.length, out);
  }

  private static void requireSpaces(List<FloatMatrix> spaces, double tolerance, int most) {
    if (spaces.size() < 2 || !(tolerance >= 0) || most < 1) {
      throw StitchException.usage(
          "generalized Procrustes needs 2 or more spaces, a tolerance of 0 or more and 1 or more"
              + " iterations but got %d, %s and %d",
          spaces.size(), tolerance, most);
    }
    for (FloatMatrix space : spaces) {
      Pairs.require(spaces.get(0), space, 1);
    }
  }
}
