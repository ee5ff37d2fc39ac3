// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.Scripted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One latent space seen from its own anchors: (N, D) to (N, M) (Moschella et al. 2023, eq. 3).
 *
 * <p>Vectors are standardized first ({@link Standardization}): directions count for {@link
 * Similarity#directional} similarities. Immutable and thread-safe.
 */
public final class RelativeProjection implements Scripted {
  private final Standardization frame;
  private final FloatMatrix anchors;
  private final Comparison comparison;

  private RelativeProjection(Standardization frame, FloatMatrix anchors, Comparison comparison) {
    this.frame = frame;
    this.anchors = anchors;
    this.comparison = comparison;
  }

  /**
   * The projection onto these anchors, centered on them or not at all.
   *
   * @param anchors the anchors' vectors as the encoder gave them, shape (M, D)
   * @throws StitchException (bad input) if a value is not finite or there is no anchor
   */
  public static RelativeProjection onto(
      FloatMatrix anchors, Similarity similarity, Centering centering) {
    requireAnchors(anchors);
    return onto(anchors, similarity, centering.frame(anchors, similarity.directional()));
  }

  /**
   * The projection onto these anchors in a given frame.
   *
   * @param anchors the anchors' vectors as the encoder gave them, shape (M, D)
   * @param frame how vectors are standardized; directional as the similarity is
   * @throws StitchException (bad input) if a value is not finite, there is no anchor or the frame
   *     does not fit
   */
  public static RelativeProjection onto(
      FloatMatrix anchors, Similarity similarity, Standardization frame) {
    return onto(anchors, anchors, similarity, frame);
  }

  /** The same; what a similarity asks of the space it takes from {@code data} (N, D). */
  static RelativeProjection onto(
      FloatMatrix anchors, FloatMatrix data, Similarity similarity, Standardization frame) {
    requireAnchors(anchors);
    if (frame.directional() != similarity.directional()) {
      throw StitchException.badInput(
          "similarity '%s' and its frame disagree on whether lengths count",
          similarity.kind().id());
    }
    FloatMatrix standard = frame.apply(anchors);
    return new RelativeProjection(
        frame, standard, Comparison.fit(similarity, standard, data, frame::apply));
  }

  private static void requireAnchors(FloatMatrix anchors) {
    if (anchors.rows() == 0) {
      throw StitchException.badInput("a relative space needs at least 1 anchor but got 0");
    }
    anchors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "anchor %d has a value that is not finite; encode the anchors again", row);
            });
  }

  /** Returns the similarity to the anchors, with the parameter that was chosen. */
  public Similarity similarity() {
    return comparison.similarity();
  }

  /** Returns the step that standardizes vectors before they are compared. */
  public Standardization frame() {
    return frame;
  }

  /** Width D of the vectors this projection reads. */
  public int width() {
    return anchors.columns();
  }

  /** Number of anchors M, the width of the relative space. */
  public int anchorCount() {
    return anchors.rows();
  }

  /** The standardized anchors, shape (M, D). */
  public FloatMatrix anchors() {
    return anchors;
  }

  /** Returns numbers that were found on the way, by their names in diagnostics. */
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new HashMap<>(comparison.numbers());
    String parameter = similarity().kind().parameterName();
    if (!parameter.isEmpty()) {
      numbers.put(parameter, similarity().parameter());
    }
    return numbers;
  }

  /** The arrays that {@link #project} takes: the center (1, D), and those of the comparison. */
  List<FloatMatrix> tensors() {
    List<FloatMatrix> tensors = new ArrayList<>(List.of(frame.center()));
    tensors.addAll(comparison.tensors());
    return tensors;
  }

  /** The vectors in the frame in which they are compared: (N, D) to (N, D). */
  public FloatMatrix standardize(FloatMatrix vectors) {
    return frame.apply(vectors);
  }

  /**
   * The relative representation of the vectors: (N, D) to (N, M). A vector with a value that is not
   * finite gives such a row; {@link io.github.djlstitch.core.space.LatentSpace} refuses them.
   */
  public FloatMatrix apply(FloatMatrix vectors) {
    frame.requireWidth(vectors.columns());
    try (NDManager manager = TensorBridge.newManager()) {
      var fitted = new NDList();
      tensors().forEach(t -> fitted.add(TensorBridge.toTensor(manager, t)));
      return RowBlocks.map(
          vectors, anchorCount(), x -> project(x, fitted, similarity(), false)); // (N, M)
    }
  }

  @Override
  public ScriptPart script() {
    return ScriptPart.sequence("Relative", List.of(frame.script(), comparison.script()));
  }

  /**
   * The projection on native arrays; the result belongs to the manager of {@code x}.
   *
   * @param x vectors, shape (B, D)
   * @param fitted as {@link #tensors}
   */
  static NDArray project(NDArray x, NDList fitted, Similarity similarity, boolean training) {
    NDArray standard =
        Standardization.apply(x, fitted.head(), similarity.directional(), training); // (B, D)
    return Comparison.compare(similarity, standard, fitted.subNDList(1), training); // (B, M)
  }
}
