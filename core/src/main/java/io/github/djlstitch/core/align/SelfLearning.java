// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import java.util.Map;

/**
 * A Procrustes map learned from few pairs and many unpaired vectors of both spaces (self-learning,
 * Artetxe et al. 2017, "Learning bilingual word embeddings with (almost) no bilingual data", ACL).
 *
 * <p>The unpaired source vectors are carried over by a first map that the few pairs give. Each is
 * matched with the target vectors that it attends to, {@code softmax(b y Kᵀ) K} for unit vectors y
 * and targets K, where b is as sharp as makes a target attend to about 20 others. The matches, with
 * the true pairs weighing as much as all of them together, give the next map, some rounds long.
 * Nothing says which of the unpaired vectors belong together; both spaces must hold samples of the
 * same kind. All vectors are standardized: centered and of unit length. Immutable and thread-safe.
 *
 * @param rounds how often vectors are matched, at least 1
 */
public record SelfLearning(int rounds) {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "self-learning",
          """
          def map(self: __torch__.M, x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
            free = torch.div(torch.matmul(torch.t(x), y), float(torch.size(x, 0)))
            paired = torch.div(torch.matmul(torch.t(a), b), float(torch.size(a, 0)))
            u, s, vh = torch.linalg_svd(torch.to(torch.add(free, paired), 7), False)
            return torch.to(torch.matmul(u, vh), 6)
          """);

  /** Checks the ranges. */
  public SelfLearning {
    if (rounds < 1) {
      throw StitchException.usage("self-learning needs 1 or more rounds but got %d", rounds);
    }
  }

  /** 6 rounds; chosen on WordNet's glosses and SIB-200, see docs/findings.md. */
  public static SelfLearning defaults() {
    return new SelfLearning(6);
  }

  /**
   * Learns the map.
   *
   * @param from pairs in the source space, shape (M, D)
   * @param to the same pairs in the target space, in the same order, shape (M, E)
   * @param source unpaired vectors of the source space, shape (N, D)
   * @param carried the same carried over by a first map, shape (N, E)
   * @param target unpaired vectors of the target space, in any order, shape (L, E); of more than
   *     8,192 as many, evenly spread
   * @throws StitchException (bad input) if the pairs are not equally many or none, a value is not
   *     finite, or there are no unpaired vectors
   */
  public Alignment fit(
      FloatMatrix from,
      FloatMatrix to,
      FloatMatrix source,
      FloatMatrix carried,
      FloatMatrix target) {
    Pairs.require(from, to, 1);
    Pairs.require(source, carried, 1);
    Pairs.requireRows(target, "target", 1);
    SpaceMemory memory = SpaceMemory.of(target);
    FloatMatrix matches = memory.attended(carried);
    FloatMatrix map = map(source, matches, from, to);
    for (int i = 1; i < rounds; i++) {
      matches = memory.attended(LinearAlgebra.product(source, map));
      map = map(source, matches, from, to);
    }
    double cosine = RowCosines.mean(LinearAlgebra.product(source, map), matches);
    return new Alignment(
        FloatMatrix.wrap(1, map.rows(), new float[map.rows()]),
        false,
        map,
        FloatMatrix.wrap(1, map.columns(), new float[map.columns()]),
        Math.min(map.rows(), map.columns()),
        Map.of(Diagnostics.MATCHED_COSINE, cosine));
  }

  // Procrustes, with the pairs weighing as much as all matches.
  private static FloatMatrix map(FloatMatrix x, FloatMatrix y, FloatMatrix from, FloatMatrix to) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray source = TensorBridge.toTensor(manager, x); // (N, D)
      NDArray matches = TensorBridge.toTensor(manager, y); // (N, E)
      NDArray a = TensorBridge.toTensor(manager, from); // (M, D)
      NDArray b = TensorBridge.toTensor(manager, to); // (M, E)
      return TensorBridge.toMatrix(PROGRAM.call("map", source, matches, a, b));
    }
  }
}
