// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;

/**
 * An {@link InvarianceProduct} fitted to one space. Immutable and thread-safe.
 *
 * @param product what was fitted
 * @param projections one for each similarity, with the parameter that was chosen
 */
public record FittedProduct(InvarianceProduct product, List<RelativeProjection> projections) {
  /** Takes a copy of the projections. */
  public FittedProduct {
    projections = List.copyOf(projections);
  }

  /** Width of the result: K M side by side, else M. */
  public int outputWidth() {
    return product.width(projections.get(0).anchorCount());
  }

  /**
   * The merged representation of vectors as the encoder gave them: (N, D) to (N, K M) side by side
   * or (N, M) summed.
   *
   * @throws StitchException (usage) if the merge is learned; (bad input) if the width is another or
   *     a value is not finite
   */
  public FloatMatrix apply(FloatMatrix vectors) {
    if (product.merge().learned()) {
      throw StitchException.usage(
          "the merge '%s' is learned; train an InvarianceBlock, or use CONCAT or SUM",
          product.merge());
    }
    FittedPipeline.requireFinite(vectors);
    int width = outputWidth();
    float[] out = new float[Math.multiplyExact(vectors.rows(), width)];
    int offset = 0;
    for (RelativeProjection projection : projections) {
      FloatMatrix r = OutputNorm.LAYER.apply(projection.apply(vectors)); // (N, M)
      for (int i = 0; i < r.rows(); i++) {
        add(r.row(i), out, i * width + offset);
      }
      offset += product.merge() == InvarianceProduct.Merge.CONCAT ? r.columns() : 0;
    }
    return FloatMatrix.wrap(vectors.rows(), width, out);
  }

  private static void add(float[] row, float[] to, int at) {
    for (int j = 0; j < row.length; j++) {
      to[at + j] += row[j];
    }
  }
}
