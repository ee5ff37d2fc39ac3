// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.function.Supplier;

/**
 * The choices behind a head on an encoder's space, besides its training samples.
 *
 * @param reads the space it reads
 * @param similarity of the relative space; an absolute head always reads directions
 * @param centering of the space
 * @param head its architecture and training
 * @param seed of its training
 */
public record HeadRecipe(
    DecoderSpec.Reads reads,
    Similarity similarity,
    Centering centering,
    DecoderSpec.Head head,
    long seed) {

  /** An absolute head reads directions, whatever the similarity of the relative ones. */
  public HeadRecipe {
    similarity = reads == DecoderSpec.Reads.RELATIVE ? similarity : Similarity.cosine();
  }

  /** The head of this recipe on a latent space with labels, centered and spanned by its anchors. */
  public Decoder make(LatentSpace train, Anchors anchors, HeadSource heads) {
    var space = AnchoredSpace.of(train, anchors);
    var spec =
        new DecoderSpec(
            reads,
            train.provenance(),
            anchors,
            similarity,
            centering,
            reads.width(space.anchors().columns(), anchors.count()),
            train.classes(),
            head,
            seed);
    return heads.head(spec, () -> spec.inputs(space).apply(train.vectors()), train.labels());
  }

  /** Gives the head of a specification: a kept one, or one trained now. */
  @FunctionalInterface
  public interface HeadSource {
    /**
     * The head.
     *
     * @param spec what the head must be
     * @param inputs training inputs, shape (N, width), asked for only if the head must be trained
     * @param labels N label indices
     */
    Decoder head(DecoderSpec spec, Supplier<FloatMatrix> inputs, int[] labels);
  }
}
