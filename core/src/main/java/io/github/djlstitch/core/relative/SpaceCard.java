// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;
import java.nio.file.Path;

/**
 * All that others need to send vectors into a space and to read vectors that come from it, once its
 * encoder is gone: the codec, the anchors it speaks of, and where its vectors came from. Immutable
 * and thread-safe.
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

  /** Saves the card as {@code NAME.safetensors} and {@code NAME.json}, all or nothing. */
  public void save(Path file) {
    SpaceCardFile.save(this, file);
  }

  /**
   * Loads a card; its matrices stay in the file.
   *
   * @throws StitchException (verification) if a file is not the one that was written; (bad input)
   *     if either is missing or malformed
   */
  public static SpaceCard load(Path file) {
    return SpaceCardFile.load(file);
  }

  /** Tells a file that says it is a space card from any other, or one that is not there. */
  public static boolean isCard(Path file) {
    return SpaceCardFile.isCard(file);
  }

  /**
   * Carries vectors of this space into another.
   *
   * @param vectors as this space's encoder gave them, shape (N, D)
   * @param to a card over the same anchors with the same kind of codec
   * @return standardized vectors of the other space, shape (N, E); only their directions mean
   *     something, see {@link SpaceCodec#rescaled}
   * @throws StitchException (bad input) if the cards do not understand each other
   */
  public FloatMatrix translate(FloatMatrix vectors, SpaceCard to) {
    requireSameCodes(to);
    return codec.translate(vectors, to.codec);
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
