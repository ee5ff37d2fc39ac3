// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.Scripted;
import java.util.Map;

/**
 * A fitted map between two spaces: {@code y = (x - center) map + offset}, with {@code x - center}
 * brought to unit length first if {@code unit}. It includes the method's standardization. Immutable
 * and thread-safe.
 *
 * @param center shape (1, D)
 * @param unit true if {@code x - center} is divided by its length; a zero vector stays zero
 * @param map shape (D, E)
 * @param offset shape (1, E)
 * @param rank an upper bound of the map's rank; min(D, E) unless the method sets one
 * @param diagnostics named numbers about the fit, for reports
 */
public record Alignment(
    FloatMatrix center,
    boolean unit,
    FloatMatrix map,
    FloatMatrix offset,
    int rank,
    Map<String, Double> diagnostics)
    implements Scripted {

  /** Takes a copy of the diagnostics. */
  public Alignment {
    diagnostics = Map.copyOf(diagnostics);
  }

  /** A linear map of shape (D, E). */
  public Alignment(FloatMatrix map) {
    this(map, zeros(map.columns()), Math.min(map.rows(), map.columns()));
  }

  /** An affine map (D, E) with an offset (1, E). */
  public Alignment(FloatMatrix map, FloatMatrix offset, int rank) {
    this(zeros(map.rows()), false, map, offset, rank, Map.of());
  }

  /**
   * Carries vectors over: (N, D) to (N, E).
   *
   * @throws StitchException (bad input) if the vectors are not D wide
   */
  public FloatMatrix apply(FloatMatrix vectors) {
    if (vectors.columns() != map.rows()) {
      throw StitchException.badInput(
          "vectors are %d wide but the alignment reads %d; take them from its source space",
          vectors.columns(), map.rows());
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      NDArray w = TensorBridge.toTensor(manager, map); // (D, E)
      NDArray b = TensorBridge.toTensor(manager, offset); // (1, E)
      return RowBlocks.map(
          vectors, map.columns(), x -> entered(x.sub(c)).matMul(w).add(b)); // (N, E)
    }
  }

  @Override
  public ScriptPart script() {
    FloatMatrix[] tensors = {center, map, offset};
    String entered = unit ? "(self).direction(torch.sub(x, w[0]))" : "torch.sub(x, w[0])";
    return Preparation.part(
        "Aligned", "torch.add(torch.matmul(" + entered + ", w[1]), w[2])", tensors);
  }

  /**
   * The number of parameters: the smaller of dense {@code D E} and factored {@code rank (D + E)},
   * and one per dimension of a center and of an offset that is not zero.
   */
  public long parameters() {
    long dense = (long) map.rows() * map.columns();
    long factored = (long) rank * (map.rows() + map.columns());
    return Math.min(dense, factored) + counted(center) + counted(offset);
  }

  private NDArray entered(NDArray x) {
    return unit ? Preparation.unit(x) : x;
  }

  private static int counted(FloatMatrix row) {
    for (float value : row.toArray()) {
      if (value != 0) {
        return row.columns();
      }
    }
    return 0;
  }

  private static FloatMatrix zeros(int width) {
    return FloatMatrix.wrap(1, width, new float[width]);
  }
}
