// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of a pipeline's vectors, from column {@code from} on, with all anchors of that part.
 *
 * @param pipeline what is done
 * @param from first column
 * @param frame of this part
 * @param anchors standardized, not quantized, shape (M, D)
 * @param comparison fitted to the quantized anchors
 */
record Subspace(
    RelativePipeline pipeline,
    int from,
    Standardization frame,
    FloatMatrix anchors,
    Comparison comparison) {

  /** Columns {@code from} to {@code to} of the space. */
  static Subspace of(RelativePipeline pipeline, AnchoredSpace space, int from, int to) {
    var part =
        new AnchoredSpace(columns(space.anchors(), from, to), columns(space.data(), from, to));
    var similarity = pipeline.similarity();
    Standardization frame = part.frame(pipeline.centering(), similarity.directional());
    FloatMatrix anchors =
        RelativeProjection.onto(part.anchors(), plain(similarity), frame).anchors();
    boolean fixed = !pipeline.absolute().transductive();
    FloatMatrix quantized = fixed ? pipeline.absolute().apply(anchors) : anchors;
    var comparison =
        Comparison.fit(
            similarity, quantized, part.data(), x -> pipeline.absolute().apply(frame.apply(x)));
    return new Subspace(pipeline, from, frame, anchors, comparison);
  }

  // Checks the anchors and standardizes them, without a fit.
  private static Similarity plain(Similarity similarity) {
    return Similarity.of(similarity.directional() ? Similarity.Kind.COSINE : Similarity.Kind.INNER);
  }

  private static FloatMatrix columns(FloatMatrix x, int from, int to) {
    if (to - from == x.columns()) {
      return x;
    }
    float[] out = new float[Math.multiplyExact(x.rows(), to - from)];
    for (int i = 0; i < x.rows(); i++) {
      System.arraycopy(x.row(i), from, out, i * (to - from), to - from);
    }
    return FloatMatrix.wrap(x.rows(), to - from, out);
  }

  /**
   * The arrays that {@link #forward} takes: center, anchors if they move with the batch, keys and
   * so on.
   */
  List<FloatMatrix> tensors() {
    List<FloatMatrix> tensors = new ArrayList<>(List.of(frame.center()));
    if (pipeline.absolute().transductive()) {
      tensors.add(anchors);
    } else {
      tensors.addAll(comparison.tensors());
    }
    return tensors;
  }

  /**
   * Similarities of all vectors: (B, D of all parts) to (B, K).
   *
   * @param fitted as {@link #tensors}
   * @param drawn indices of the anchors that count
   */
  NDArray forward(NDArray x, NDList fitted, int[] drawn, boolean training) {
    boolean whole = x.getShape().get(1) == frame.width();
    NDArray part = whole ? x : x.get(":, " + from + ":" + (from + frame.width())); // (B, D)
    NDArray v =
        Standardization.apply(
            part, fitted.head(), pipeline.similarity().directional(), training); // (B, D)
    NDList keys = fitted.subNDList(1); // (M, D) first
    if (pipeline.absolute().transductive()) {
      NDArray joint = pipeline.absolute().apply(v.concat(keys.head()), training); // (B + M, D)
      v = joint.get(":" + v.getShape().get(0));
      keys = moved(joint.get(v.getShape().get(0) + ":"));
    } else {
      v = pipeline.absolute().apply(v, training);
    }
    NDArray r =
        Comparison.compare(comparison.similarity(), v, chosen(keys, drawn), training); // (B, M)
    NDArray means = pipeline.aggregation().apply(r, drawn); // (B, K)
    return pipeline.relative().apply(means, training);
  }

  // Anchors are constants of a step, as in the paper.
  private NDList moved(NDArray anchors) {
    NDManager manager = anchors.getManager();
    FloatMatrix heap = TensorBridge.toMatrix(anchors);
    var keys = new NDList();
    Comparison.fit(comparison.similarity(), heap, heap, x -> x)
        .tensors()
        .forEach(t -> keys.add(TensorBridge.toTensor(manager, t)));
    return keys;
  }

  private NDList chosen(NDList keys, int[] drawn) {
    if (drawn.length == anchors.rows() && pipeline.draw().isEmpty()) {
      return keys;
    }
    NDArray indices = keys.head().getManager().create(drawn); // (K)
    return new NDList(keys.head().get(indices)).addAll(keys.subNDList(1));
  }
}
