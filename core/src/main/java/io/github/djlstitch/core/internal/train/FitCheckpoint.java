// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A training's state on disk: parameters, moments, best weights and the history so far, in one file
 * that is replaced as a whole. A damaged file, or one of other options, is never resumed from.
 */
final class FitCheckpoint {
  private static final String KIND = "djl-stitch training checkpoint 1";
  private static final String HISTORY = "history";

  private final Checkpoint place;
  private final String options;

  FitCheckpoint(Checkpoint place, FitOptions options) {
    this.place = place;
    this.options = options.describe();
  }

  void save(Trained state, List<EpochScore> history) {
    var about = Map.of("kind", KIND, "options", options, HISTORY, write(history));
    ArrayFile.save(place.file(), about, state.named());
  }

  /** Restores the state and returns its history; empty, with a warning, if it cannot be used. */
  List<EpochScore> load(Trained state) {
    if (!Files.isRegularFile(place.file())) {
      return List.of();
    }
    try {
      var expected = Map.of("kind", KIND, "options", options);
      var about = ArrayFile.load(place.file(), expected, state.named());
      return read(about.getOrDefault(HISTORY, ""));
    } catch (StitchException e) {
      place
          .warnings()
          .accept("training starts again, its checkpoint is not used (" + e.getMessage() + ")");
      return List.of();
    }
  }

  // Java writes a double so that reading gives the same bits.
  private static String write(List<EpochScore> history) {
    var text = new StringBuilder();
    for (EpochScore epoch : history) {
      text.append(epoch.loss()).append(' ');
      epoch.score().ifPresent(text::append);
      text.append('\n');
    }
    return text.toString();
  }

  private static List<EpochScore> read(String text) {
    List<EpochScore> history = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              int gap = line.indexOf(' ');
              String score = line.substring(gap + 1);
              history.add(
                  new EpochScore(
                      history.size(),
                      Double.parseDouble(line.substring(0, gap)),
                      score.isEmpty()
                          ? OptionalDouble.empty()
                          : OptionalDouble.of(Double.parseDouble(score))));
            });
    return history;
  }
}
