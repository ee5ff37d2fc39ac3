// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The first left singular vectors of a sparse matrix, each times its singular value, by subspace
 * iteration (Halko, Martinsson, Tropp, Finding structure with randomness, SIAM Review 2011). Exact
 * if as many are asked for as the matrix has; else the last ones are approximate.
 */
final class LeadingDirections {
  private static final String TASK = "train word vectors (PMI and SVD)";
  private static final int ROUNDS = 12;
  private static final int SPARE = 16; // directions beside the wanted ones
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "leading-directions",
          """
          def basis(self: __torch__.M, y: Tensor) -> Tensor:
            q, r = torch.linalg_qr(torch.to(y, 7), "reduced")
            return torch.to(q, 6)
          def scaled(self: __torch__.M, y: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(torch.to(y, 7), False)
            return torch.to(torch.mul(u, s), 6)
          """);

  private LeadingDirections() {}

  /**
   * Scaled left singular vectors.
   *
   * @param width D, at most the rows and columns of the matrix
   * @return shape (N, D); the sign of a column is arbitrary
   */
  static FloatMatrix of(SparseRows matrix, int width, long seed, Progress progress) {
    int subspace = Math.min(width + SPARE, Math.min(matrix.columns(), matrix.places().length));
    float[][] right = basis(noise(matrix.columns(), subspace, seed)); // (L, S)
    for (int i = 0; i < ROUNDS; i++) {
      right = basis(matrix.transposedTimes(matrix.times(right)));
      progress.at(TASK, i + 1, ROUNDS + 1);
    }
    FloatMatrix scaled = call("scaled", matrix.times(right));
    progress.at(TASK, ROUNDS + 1, ROUNDS + 1);
    return FloatMatrix.of(first(scaled, width));
  }

  private static float[][] noise(int rows, int columns, long seed) {
    var random = new SplittableRandom(seed);
    float[][] out = new float[rows][columns];
    for (float[] row : out) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (random.nextDouble() - .5);
      }
    }
    return out;
  }

  private static float[][] basis(float[][] rows) {
    return first(call("basis", rows), rows[0].length);
  }

  private static FloatMatrix call(String method, float[][] rows) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray y = TensorBridge.toTensor(manager, FloatMatrix.of(rows)); // (N, S)
      return TensorBridge.toMatrix(PROGRAM.call(method, y));
    }
  }

  private static float[][] first(FloatMatrix matrix, int width) {
    float[][] out = new float[matrix.rows()][];
    Arrays.setAll(out, i -> Arrays.copyOf(matrix.row(i), width));
    return out;
  }
}
