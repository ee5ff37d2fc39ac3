// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.stitch.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells how a job of the root command was done, and what its reader is warned of. */
final class StitchNotes {
  private StitchNotes() {}

  /** A line each; the warnings are those that the run prints. */
  static List<String> of(Results results) {
    List<String> notes = new ArrayList<>();
    boolean centered = results.job().stitching().centering() != Centering.NONE;
    notes.add(
        "%s, %s head, seeds %s."
            .formatted(
                centered ? "Centered on the anchors" : "Not centered",
                results.job().head().kind().id(),
                results.job().stitching().seeds().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))));
    Forecast.of(results.report()).stream()
        .map(forecast -> "Warning: " + ForecastText.of(forecast))
        .forEach(notes::add);
    return List.copyOf(notes);
  }
}
