// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;

/**
 * All that others need to send vectors into a space and to read vectors that come from it, once its
 * encoder is gone: the codec, the anchors it speaks of, and where its vectors came from. Saved by
 * {@link SpaceCardFile}. Immutable and thread-safe.
 *
 * @param codec made on that space alone
 * @param anchors the parallel anchors; cards over other anchors do not understand each other
 * @param provenance of the space
 */
public record SpaceCard(SpaceCodec codec, Anchors anchors, Provenance provenance) {
  /** Checks that the codec is about as many anchors. */
  public SpaceCard {
    if (codec.diagnostics().anchors() != anchors.count()) {
      throw StitchException.badInput(
          "a codec over %d anchors does not go with a list of %d anchors",
          codec.diagnostics().anchors(), anchors.count());
    }
  }

  /**
   * Carries vectors of this space into another.
   *
   * @param vectors as this space's encoder gave them, shape (N, D)
   * @param to a card over the same anchors with the same kind of codec
   * @return standardised vectors of the other space, shape (N, E); only their directions mean
   *     something, see {@link SpaceCodec#rescaled}
   * @throws StitchException (bad input) if the cards do not understand each other
   */
  public FloatMatrix translate(FloatMatrix vectors, SpaceCard to) {
    requireSameCodes(to);
    return to.codec.fromRelative(codec.toRelative(vectors));
  }

  /** Checks that codes of the one card can be read by the other. */
  public void requireSameCodes(SpaceCard other) {
    if (!anchors.sha256().equals(other.anchors.sha256())) {
      throw StitchException.badInput(
          "the card of '%s' is about %d anchors (sha256 %.8s) but that of '%s' about %d (sha256"
              + " %.8s); make both with the same anchors",
          provenance.encoder(),
          anchors.count(),
          anchors.sha256(),
          other.provenance.encoder(),
          other.anchors.count(),
          other.anchors.sha256());
    }
    codec.requireSameCodes(other.codec);
  }
}
