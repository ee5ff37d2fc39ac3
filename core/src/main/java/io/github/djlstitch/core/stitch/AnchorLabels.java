// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the labels of anchors among the training samples that they are, or are means of. */
final class AnchorLabels {
  private AnchorLabels() {}

  /** A label for each anchor; empty if one is of another data set. */
  static Optional<int[]> of(Anchors anchors, LatentSpace train) {
    int[] labels =
        IntStream.range(0, anchors.count())
            .map(i -> of(anchors.get(i), train).orElse(-1))
            .toArray();
    return Arrays.stream(labels).anyMatch(label -> label < 0)
        ? Optional.empty()
        : Optional.of(labels);
  }

  // The label that has the most weight; the first of equals.
  private static OptionalInt of(Anchors.Prototype anchor, LatentSpace train) {
    Map<Integer, Double> weights = new HashMap<>();
    for (int i = 0; i < anchor.ids().size(); i++) {
      OptionalInt label = train.label(anchor.ids().get(i));
      if (label.isEmpty()) {
        return OptionalInt.empty();
      }
      weights.merge(label.getAsInt(), anchor.weights().get(i), Double::sum);
    }
    Comparator<Map.Entry<Integer, Double>> heavier = Map.Entry.comparingByValue();
    return weights.entrySet().stream()
        .max(heavier.thenComparing(Map.Entry.<Integer, Double>comparingByKey().reversed()))
        .map(entry -> OptionalInt.of(entry.getKey()))
        .orElse(OptionalInt.empty());
  }
}
