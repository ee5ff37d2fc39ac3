// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.Arrays;
import java.util.List;

/** Strategies of choosing anchors in Moschella et al. 2023 (table 7), under the names there. */
enum AnchorStrategy implements Named {
  UNIFORM(0),
  FPS(0),
  KMEANS(0),
  TOP1000(1000),
  TOP5000(5000),
  TOP10000(10_000);

  private final int top;

  AnchorStrategy(int top) {
    this.top = top;
  }

  /** Returns true if among so many samples it differs from uniform. */
  boolean fits(int samples) {
    return top < samples;
  }

  /** Chooses the anchors of a source space, in the order of their names. */
  Anchors choose(LatentSpace source, int count, long seed) {
    List<String> chosen =
        switch (this) {
          case UNIFORM -> AnchorSelector.UNIFORM.select(source, count, seed).ids();
          case FPS ->
              AnchorSelector.of(AnchorSelector.Strategy.FPS_EUCLIDEAN)
                  .select(source, count, seed)
                  .ids();
          case KMEANS ->
              AnchorSelector.of(AnchorSelector.Strategy.KMEANS).select(source, count, seed).ids();
          default -> {
            int[] rows = RandomOrder.uniform(top, Math.min(count, top), seed);
            yield Arrays.stream(rows).mapToObj(source.ids()::get).toList();
          }
        };
    return new Anchors(chosen.stream().sorted().toList(), id(), seed);
  }

  /** A space's relative vectors, by cosine without centering, as the paper's code does. */
  static FloatMatrix relative(LatentSpace space, Anchors anchors) {
    return RelativeProjection.onto(space.anchors(anchors), Similarity.cosine(), Centering.NONE)
        .apply(space.vectors());
  }
}
