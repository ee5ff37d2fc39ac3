// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unlabeled texts, one a line of a UTF-8 file.
 *
 * @param name the file as it was named
 * @param samples one for each line, with ids {@code line-1}, {@code line-2}, ... and label 0
 * @param sha256 digest of ids and texts
 */
public record TextLines(String name, List<Sample<String>> samples, String sha256) {
  /**
   * Reads a file.
   *
   * @throws StitchException (bad input) if it is missing, empty, not UTF-8 or has a blank line
   */
  public static TextLines read(Path file) {
    List<Sample<String>> samples = new ArrayList<>();
    var digest = Sha256.builder();
    try (var lines = InputLines.open(file, UTF_8)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          throw StitchException.badInput(
              "'%s' line %d is empty; every line must hold a text", file, lines.number());
        }
        String id = "line-" + lines.number();
        digest.add(id).add(line);
        samples.add(new Sample<>(id, line, 0));
      }
    }
    if (samples.isEmpty()) {
      throw StitchException.badInput("file '%s' is empty; expected a text on each line", file);
    }
    return new TextLines(file.toString(), samples, digest.hex());
  }
}
