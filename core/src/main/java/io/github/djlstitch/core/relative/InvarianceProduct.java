// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.Scripted;
import java.util.List;

/**
 * The product of invariances (Cannistraci et al. 2023, arXiv:2310.01211): several relative
 * representations of the same vectors over the same anchors, each invariant to other changes of the
 * space, layer-normalized and merged into one. Immutable and thread-safe.
 *
 * @param similarities K of them, at least one
 * @param centering of the space
 * @param merge how the K representations (N, M) become one
 */
public record InvarianceProduct(List<Similarity> similarities, Centering centering, Merge merge) {

  /** The ways of merging layer-normalized representations. */
  public enum Merge implements Named {
    /** Side by side, (N, K M). */
    CONCAT,
    /** Their sum, (N, M). */
    SUM,
    /** Their mean by learned weights, a softmax, (N, M). */
    WEIGHTS,
    /** Learned self-attention of one head over the K of each vector, summed, (N, M). */
    ATTENTION;

    /** Returns true if it has parameters to train and therefore exists only as a block. */
    public boolean learned() {
      return this == WEIGHTS || this == ATTENTION;
    }
  }

  /** Checks that there is a similarity. */
  public InvarianceProduct {
    similarities = List.copyOf(similarities);
    if (similarities.isEmpty()) {
      throw StitchException.usage("a product of invariances needs at least 1 similarity but got 0");
    }
  }

  /** The similarities of the paper: cosine, Euclidean, Manhattan, Chebyshev. */
  public static InvarianceProduct of(Centering centering, Merge merge) {
    return new InvarianceProduct(
        List.of(
            Similarity.cosine(),
            Similarity.of(Similarity.Kind.EUCLIDEAN),
            Similarity.of(Similarity.Kind.MANHATTAN),
            Similarity.of(Similarity.Kind.CHEBYSHEV)),
        centering,
        merge);
  }

  /** Width of the result over so many anchors: K M side by side, else M. */
  public int width(int anchors) {
    return merge == Merge.CONCAT ? anchors * similarities.size() : anchors;
  }

  /**
   * Fits the product to a space.
   *
   * @throws StitchException (bad input) if there is only one anchor, of which a layer norm leaves
   *     nothing, or a similarity refuses the anchors
   */
  public Fitted over(AnchoredSpace space) {
    if (space.anchors().rows() < 2) {
      throw StitchException.badInput(
          "a product of invariances over %d anchors; the layer norm needs at least 2",
          space.anchors().rows());
    }
    return new Fitted(
        this, similarities.stream().map(s -> space.projection(s, centering)).toList());
  }

  /**
   * An {@link InvarianceProduct} fitted to one space. Immutable and thread-safe.
   *
   * @param product what was fitted
   * @param projections one for each similarity, with the parameter that was chosen
   */
  public record Fitted(InvarianceProduct product, List<RelativeProjection> projections)
      implements Scripted {
    /** Takes a copy of the projections. */
    public Fitted {
      projections = List.copyOf(projections);
    }

    /** Width of the result: K M side by side, else M. */
    public int outputWidth() {
      return product.width(projections.get(0).anchorCount());
    }

    /**
     * The merged representation of vectors as the encoder gave them: (N, D) to (N, K M) side by
     * side or (N, M) summed.
     *
     * @throws StitchException (usage) if the merge is learned; (bad input) if the width is another
     *     or a value is not finite
     */
    public FloatMatrix apply(FloatMatrix vectors) {
      if (product.merge().learned()) {
        throw StitchException.usage(
            "the merge '%s' is learned; train an InvarianceBlock, or use CONCAT or SUM",
            product.merge());
      }
      RelativePipeline.Fitted.requireFinite(vectors);
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

    /**
     * {@inheritDoc}
     *
     * @throws StitchException (usage) if the merge is not {@code CONCAT}
     */
    @Override
    public ScriptPart script() {
      if (product.merge() != Merge.CONCAT) {
        throw StitchException.usage(
            "a product of invariances merged by '%s' cannot be exported; use concat",
            product.merge());
      }
      ScriptPart norm = OutputNorm.layerScript();
      return ScriptPart.beside(
          "Product",
          projections.stream()
              .map(p -> ScriptPart.sequence("Invariance", List.of(p.script(), norm)))
              .toList());
    }

    private static void add(float[] row, float[] to, int at) {
      for (int j = 0; j < row.length; j++) {
        to[at + j] += row[j];
      }
    }
  }
}
