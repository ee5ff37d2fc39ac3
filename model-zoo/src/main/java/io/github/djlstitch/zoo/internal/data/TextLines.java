// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unlabeled texts, one a line of a file.
 *
 * @param name the file as it was named
 * @param samples one for each line, with ids {@code line-1}, {@code line-2}, ... and label 0
 * @param sha256 digest of ids and texts
 * @param skipped lines that were left out, with the reason
 */
public record TextLines(
    String name, List<Sample<String>> samples, String sha256, List<String> skipped) {
  /**
   * Reads a file in the encoding that the options say.
   *
   * @throws StitchException (bad input) if it is missing, empty, of another encoding or has a blank
   *     line, unless the options leave such lines out
   */
  public static TextLines read(Path file, DatasetOptions how) {
    List<Sample<String>> samples = new ArrayList<>();
    var digest = Sha256.builder();
    BadRows bad = BadRows.of(how);
    try (var lines = InputLines.open(file, how.encoding())) {
      lines.forEach(
          bad,
          line -> {
            if (line.isBlank()) {
              throw StitchException.badInput(
                  "'%s' line %d is empty; every line must hold a text, unless --skip-bad is given",
                  file, lines.number());
            }
            String id = "line-" + lines.number();
            digest.add(id).add(line);
            samples.add(new Sample<>(id, line, 0));
          });
    }
    bad.requireSome(file, samples.size());
    if (samples.isEmpty()) {
      throw StitchException.badInput("file '%s' is empty; expected a text on each line", file);
    }
    return new TextLines(file.toString(), samples, digest.hex(), bad.reasons());
  }
}
