// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Path;

/**
 * TREC question classification in its original files, lines of {@code COARSE:fine question} in
 * ISO-8859-1. Labels are the coarse classes. Repeated questions stay, as published results count
 * them.
 *
 * <p>X. Li, D. Roth, 2002, Learning Question Classifiers, COLING.
 */
final class TrecFiles {
  private static final String TRAIN = "train_5500.label";
  private static final String TEST = "TREC_10.label";

  private TrecFiles() {}

  /** The rows of a folder with both files. */
  static LabelledRows<String> read(Path folder) {
    var rows = new LabelledRows<String>();
    read(folder.resolve(TRAIN), Split.TRAIN, "train-", rows);
    read(folder.resolve(TEST), Split.TEST, "test-", rows);
    return rows;
  }

  private static void read(Path file, Split split, String prefix, LabelledRows<String> rows) {
    int before = rows.size();
    try (var lines = InputLines.open(file, ISO_8859_1)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          rows.add(row(Place.line(file, lines.number(), lines.number()), line, split, prefix));
        }
      }
    }
    rows.requireMoreThan(before, file);
  }

  private static Row<String> row(Place at, String line, Split split, String prefix) {
    int colon = line.indexOf(':');
    int space = line.indexOf(' ');
    if (colon <= 0 || space < colon) {
      throw StitchException.badInput(
          "%s: expected 'COARSE:fine question' but found %s", at, Excerpt.of(line));
    }
    String question = line.substring(space + 1).strip();
    return new Row<>(at, prefix + at.line(), question, line.substring(0, colon), split);
  }
}
