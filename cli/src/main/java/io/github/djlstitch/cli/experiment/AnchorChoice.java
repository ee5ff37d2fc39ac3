// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.stream.IntStream;

/**
 * How the anchors of tables 1, 7 and 8 are chosen in the source space (Moschella et al. 2023,
 * appendix A.2).
 *
 * @param name as the paper has it
 * @param selector what chooses
 * @param first of so many first samples, which are the most frequent words
 */
record AnchorChoice(String name, AnchorSelector selector, int first) {
  static final AnchorChoice UNIFORM = of("uniform", AnchorSelector.Strategy.UNIFORM);
  static final AnchorChoice FPS = of("fps", AnchorSelector.Strategy.FPS_EUCLIDEAN);
  static final AnchorChoice KMEANS = of("kmeans", AnchorSelector.Strategy.KMEANS);

  private static AnchorChoice of(String name, AnchorSelector.Strategy strategy) {
    return new AnchorChoice(name, AnchorSelector.of(strategy), Integer.MAX_VALUE);
  }

  /** Uniformly among the most frequent words. */
  static AnchorChoice top(int words) {
    return new AnchorChoice("top" + words, AnchorSelector.UNIFORM, words);
  }

  /** Whether there are more samples than it chooses from, so that it differs from others. */
  boolean differsOn(LatentSpace space) {
    return first == Integer.MAX_VALUE || first < space.ids().size();
  }

  /** The anchors, in the order of their names. */
  Anchors choose(LatentSpace source, int count, long seed) {
    int last = Math.min(first, source.ids().size());
    LatentSpace candidates =
        last == source.ids().size() ? source : source.select(IntStream.range(0, last).toArray());
    Anchors chosen = selector.select(candidates, count, seed);
    return new Anchors(chosen.ids().stream().sorted().toList(), name, seed);
  }

  /** A space seen from anchors by cosine, not centred, as the paper has it: (N, M). */
  static FloatMatrix relative(LatentSpace space, Anchors anchors) {
    return AnchoredSpace.of(space, anchors)
        .projection(Similarity.cosine(), Centering.NONE)
        .apply(space.vectors());
  }
}
