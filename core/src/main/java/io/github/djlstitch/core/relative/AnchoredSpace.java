// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;

/**
 * All that one space may know when it is made relative: its own anchors and its own unlabeled data,
 * never anything of another space.
 *
 * @param anchors the parallel anchors' vectors as the encoder gave them, shape (M, D)
 * @param data any vectors of the same encoder, shape (N, D); no pairing, no labels
 */
public record AnchoredSpace(FloatMatrix anchors, FloatMatrix data) {
  /** Checks that the widths agree. */
  public AnchoredSpace {
    if (anchors.columns() != data.columns()) {
      throw StitchException.badInput(
          "anchors are %d wide but the data of their space are %d wide;"
              + " take both from the same encoder",
          anchors.columns(), data.columns());
    }
  }

  /** The anchors among the samples of a latent space, with all its samples as data. */
  public static AnchoredSpace of(LatentSpace space, Anchors anchors) {
    return new AnchoredSpace(space.anchors(anchors), space.vectors());
  }

  /** Returns the step that standardizes vectors of this space. */
  public Standardization frame(Centering centering, boolean directional) {
    return centering == Centering.DATA
        ? Standardization.centeredOn(data, directional)
        : centering.frame(anchors, directional);
  }

  /** The projection onto the anchors. */
  public RelativeProjection projection(Similarity similarity, Centering centering) {
    return RelativeProjection.onto(
        anchors, data, similarity, frame(centering, similarity.directional()));
  }
}
