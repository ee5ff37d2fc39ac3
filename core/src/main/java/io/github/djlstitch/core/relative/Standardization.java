// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowStep;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.UnitDirections;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.ScriptTensor;
import io.github.djlstitch.core.internal.script.Scripted;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.List;

/**
 * The frame in which a space's vectors are compared: (N, D) to (N, D).
 *
 * <p>For similarities of directions that means: to unit length, minus the center, to unit length
 * again; without a center just to unit length. Where lengths count, only the center is subtracted.
 * A zero vector stays zero. Immutable and thread-safe.
 */
public final class Standardization implements Scripted {
  private final boolean directional;
  private final FloatMatrix center;

  private Standardization(boolean directional, FloatMatrix center) {
    this.directional = directional;
    this.center = center;
  }

  /** Without a center, for vectors D wide. */
  public static Standardization plain(int width, boolean directional) {
    return new Standardization(directional, FloatMatrix.wrap(1, width, new float[width]));
  }

  /** Vectors as directions, seen from the origin: (N, D) to (N, D). Zero rows stay zero. */
  public static FloatMatrix unit(FloatMatrix vectors) {
    return plain(vectors.columns(), true).apply(vectors);
  }

  /** With that center, shape (1, D). */
  static Standardization at(FloatMatrix center, boolean directional) {
    return new Standardization(directional, center);
  }

  /**
   * Centered on the mean of some vectors of the space; of their directions, if directions count.
   *
   * @param vectors shape (N, D), at least one, as the encoder gave them
   */
  public static Standardization centeredOn(FloatMatrix vectors, boolean directional) {
    if (vectors.rows() == 0) {
      throw StitchException.badInput("a centre needs at least 1 vector but got 0");
    }
    return new Standardization(directional, UnitDirections.mean(vectors, directional));
  }

  /** Returns true if only directions count, so that vectors are brought to unit length. */
  public boolean directional() {
    return directional;
  }

  /** Width D of the vectors. */
  public int width() {
    return center.columns();
  }

  /** Returns the center that is subtracted, shape (1, D); zero without centering. */
  public FloatMatrix center() {
    return center;
  }

  /** The vectors in this frame: (N, D) to (N, D). */
  public FloatMatrix apply(FloatMatrix vectors) {
    requireWidth(vectors.columns());
    return step().over(vectors, width());
  }

  /** The same on blocks of rows. */
  RowStep step() {
    return manager -> {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      return x -> apply(x, c, directional, false);
    };
  }

  /**
   * The way back, for directions: standardized vectors (N, D) as the encoder would have given them.
   * The direction is taken back to before centering, exactly; the length, which is lost, is the
   * mean length of the space's vectors. A zero vector becomes the center, or stays zero without
   * one.
   */
  public FloatMatrix rescaled(FloatMatrix standardized, NormStatistics norms) {
    requireWidth(standardized.columns());
    return Rescaling.apply(standardized, center, norms.mean());
  }

  @Override
  public ScriptPart script() {
    return directional
        ? UnitDirections.script(center)
        : ScriptPart.of(
            "Centered", "torch.sub(x, w[0])", "", List.of(ScriptTensor.of(center))); // (B, D)
  }

  /** The way back as a part of a TorchScript file: {@link #rescaled}. */
  ScriptPart rescaling(NormStatistics norms) {
    return Rescaling.script(center, norms.mean());
  }

  /** On native arrays: (B, D) and (1, D) to (B, D), owned by the manager of {@code x}. */
  static NDArray apply(NDArray x, NDArray center, boolean directional, boolean training) {
    return directional ? UnitDirections.from(x, center, training) : x.sub(center); // (B, D)
  }

  /** Refuses vectors of another width. */
  void requireWidth(long found) {
    requireWidth(found, width());
  }

  /** Refuses vectors that are not as wide as the anchors. */
  static void requireWidth(long found, int expected) {
    if (found != expected) {
      throw StitchException.badInput(
          "vectors are %d wide but the anchors of this space are %d wide;"
              + " take vectors and anchors from the same encoder",
          found, expected);
    }
  }
}
