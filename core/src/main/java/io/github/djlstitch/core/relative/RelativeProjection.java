// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.RowBlocks;
import io.github.djlstitch.core.engine.TensorBridge;
import io.github.djlstitch.core.engine.TorchProgram;

/**
 * One latent space seen from its own anchors: (N, D) to (N, M) (Moschella et al. 2023, eq. 3).
 *
 * <p>Vectors are <em>standardised</em> first. For similarities of directions that means: to unit
 * length, minus the mean of the unit anchors, to unit length again; without centring just to unit
 * length. Similarities that keep lengths only subtract the mean of the anchors. A zero vector stays
 * zero. Immutable and thread-safe.
 */
public final class RelativeProjection {
  // The floor keeps a zero row at zero and its gradient finite. Squares of values above 1e19
  // overflow; directions do not depend on the scale, so to autograd it is a constant.
  private static final TorchProgram DIRECTION =
      TorchProgram.of(
          "direction",
          """
          def norm(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12)
          def bounded(self: __torch__.M, x: Tensor) -> Tensor:
            if bool(torch.any(torch.isinf(torch.norm(x, 2, [1], True)))):
              most = torch.clamp_min(torch.amax(torch.abs(x), [1], True), 1.0)
              x = torch.div(x, torch.detach(most))
            return x
          def unit(self: __torch__.M, x: Tensor) -> Tensor:
            b = (self).bounded(x)
            return torch.div(b, (self).norm(b))
          def between(self: __torch__.M, x: Tensor, center: Tensor) -> Tensor:
            b = (self).bounded(x)
            return (self).unit(torch.addcdiv(torch.neg(center), b, (self).norm(b)))
          """);

  private final Similarity similarity;
  private final Centering centering;
  private final FloatMatrix center;
  private final FloatMatrix anchors;
  private final FloatMatrix keys;

  private RelativeProjection(
      Similarity similarity, Centering centering, FloatMatrix center, FloatMatrix anchors) {
    this.similarity = similarity;
    this.centering = centering;
    this.center = center;
    this.anchors = anchors;
    this.keys = similarity.keys(anchors);
  }

  /**
   * The projection onto these anchors.
   *
   * @param anchors the anchors' vectors as the encoder gave them, shape (M, D)
   * @throws StitchException (bad input) if a value is not finite or there is no anchor
   */
  public static RelativeProjection onto(
      FloatMatrix anchors, Similarity similarity, Centering centering) {
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
    boolean unit = similarity.directional();
    FloatMatrix center = centering == Centering.ANCHORS ? mean(anchors, unit) : zero(anchors);
    return new RelativeProjection(
        similarity, centering, center, standardize(anchors, center, unit));
  }

  /** How vectors are compared with the anchors. */
  public Similarity similarity() {
    return similarity;
  }

  /** Whether vectors are centred. */
  public Centering centering() {
    return centering;
  }

  /** Width D of the vectors this projection reads. */
  public int width() {
    return anchors.columns();
  }

  /** Number of anchors M, the width of the relative space. */
  public int anchorCount() {
    return anchors.rows();
  }

  /** The standardised anchors, shape (M, D). */
  public FloatMatrix anchors() {
    return anchors;
  }

  FloatMatrix center() {
    return center;
  }

  FloatMatrix keys() {
    return keys;
  }

  /** The vectors in the frame in which they are compared: (N, D) to (N, D). */
  public FloatMatrix standardize(FloatMatrix vectors) {
    requireWidth(vectors.columns());
    return standardize(vectors, center, similarity.directional());
  }

  /** The relative representation of the vectors: (N, D) to (N, M). */
  public FloatMatrix apply(FloatMatrix vectors) {
    requireWidth(vectors.columns());
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      NDArray k = TensorBridge.toTensor(manager, keys); // (M, D)
      return RowBlocks.map(
          vectors, anchorCount(), x -> project(x, c, k, similarity, false)); // (N, M)
    }
  }

  /**
   * The projection on native arrays; the result belongs to the manager of {@code x}.
   *
   * @param x vectors, shape (B, D)
   * @param center shape (1, D)
   * @param keys shape (M, D)
   */
  static NDArray project(
      NDArray x, NDArray center, NDArray keys, Similarity similarity, boolean training) {
    NDArray standard = standardize(x, center, similarity.directional(), training); // (B, D)
    return similarity.compare(standard, keys, training); // (B, M)
  }

  private static NDArray standardize(NDArray x, NDArray center, boolean unit, boolean training) {
    return unit
        ? DIRECTION.run("between", training, new NDList(x, center), new NDList()).head()
        : x.sub(center); // (B, D)
  }

  private static FloatMatrix standardize(FloatMatrix x, FloatMatrix center, boolean unit) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      return RowBlocks.map(x, x.columns(), block -> standardize(block, c, unit, false));
    }
  }

  private static FloatMatrix mean(FloatMatrix anchors, boolean unit) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, anchors); // (M, D)
      return TensorBridge.toMatrix(
          (unit ? DIRECTION.call("unit", a) : a).mean(new int[] {0}, true)); // (1, D)
    }
  }

  private static FloatMatrix zero(FloatMatrix anchors) {
    return FloatMatrix.wrap(1, anchors.columns(), new float[anchors.columns()]);
  }

  /** Refuses vectors of another width than the anchors'. */
  void requireWidth(long found) {
    if (found != width()) {
      throw StitchException.badInput(
          "vectors are %d wide but the anchors of this space are %d wide;"
              + " take vectors and anchors from the same encoder",
          found, width());
    }
  }
}
