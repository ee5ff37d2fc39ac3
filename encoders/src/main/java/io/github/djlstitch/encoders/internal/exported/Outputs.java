// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The outputs of a trial run, from which the one to read is chosen. */
record Outputs(String graph, NDList all) {
  /** Scores of classes, of which no vector can be made. */
  private static final Set<String> SCORES = Set.of("logits", "scores", "probabilities");

  /** The first output of these names, in the order of the names. */
  Optional<NDArray> named(List<String> names) {
    return names.stream()
        .flatMap(name -> all.stream().filter(output -> name.equals(output.getName())))
        .findFirst();
  }

  /** The only output, if there is no other and it is not known to be something else. */
  Optional<NDArray> only() {
    return all.size() == 1 && !SCORES.contains(all.head().getName())
        ? Optional.of(all.head())
        : Optional.empty();
  }

  /** Makes the failure that lists the outputs. */
  StitchException refusal(String expected) {
    String found =
        all.stream()
            .map(o -> "'" + Printable.of(String.valueOf(o.getName())) + "' " + o.getShape())
            .collect(Collectors.joining(", "));
    return StitchException.badInput(
        "'%s' has the float32 outputs [%s], expected %s; export it again as a feature extractor",
        graph, found, expected);
  }
}
