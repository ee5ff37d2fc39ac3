// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.align.SelfLearning;
import io.github.djlstitch.core.internal.memory.EvenRows;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import java.util.List;

/**
 * A map that learned from the unlabeled data of both spaces what their anchors cannot tell: the
 * automatic codecs give the first map, {@link SelfLearning} the last, and what it gives is drawn
 * towards the target's data as by the automatic codec. Immutable and thread-safe.
 *
 * @param source standardizes vectors of the first space
 * @param map of standardized vectors, (D, E)
 * @param memory the second space's data
 */
record SelfLearned(Standardization source, Alignment map, SpaceMemory memory) {
  /**
   * Learns the map; of each space's data at most {@link SpaceMemory#MOST} are looked at.
   *
   * @param from automatic codec of {@code own}
   * @param to automatic codec of {@code target}
   * @throws StitchException (usage) if nothing but its anchors is known of a space
   */
  static SelfLearned of(AnchoredSpace own, AnchoredSpace target, SpaceCodec from, SpaceCodec to) {
    requireData(own, "other");
    requireData(target, "head's own");
    FloatMatrix data = EvenRows.of(own.data(), SpaceMemory.MOST); // (N, D)
    FloatMatrix known = to.frame().apply(EvenRows.of(target.data(), SpaceMemory.MOST)); // (L, E)
    Alignment map =
        SelfLearning.defaults()
            .fit(
                from.frame().apply(own.anchors()),
                to.frame().apply(target.anchors()),
                from.frame().apply(data),
                to.fromRelative(from.toRelative(data)),
                known);
    return new SelfLearned(from.frame(), map, SpaceMemory.of(known));
  }

  private static void requireData(AnchoredSpace space, String which) {
    if (space.data().rows() <= space.anchors().rows()) {
      throw StitchException.usage(
          "method '%s' learns from unlabeled samples besides the anchors, but of the %s encoder"
              + " only %d are known, for %d anchors; choose another method",
          Method.SELF_LEARNING.id(), which, space.data().rows(), space.anchors().rows());
    }
  }

  /** Vectors as the first encoder gave them (N, D) to standardized ones of the second (N, E). */
  FloatMatrix apply(FloatMatrix vectors) {
    return memory.recall(map.apply(source.apply(vectors)));
  }

  long parameters() {
    return map.parameters() + (long) memory.data().rows() * memory.data().columns();
  }

  /** {@link #apply} as a part of a TorchScript file. */
  ScriptPart script() {
    return ScriptPart.sequence(
        "SelfLearned", List.of(source.script(), map.script(), memory.script()));
  }
}
