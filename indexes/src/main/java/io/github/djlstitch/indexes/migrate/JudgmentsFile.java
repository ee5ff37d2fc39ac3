// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.Judgments;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads judgments, a line each: {@code query document gain} between blanks or tabs, or {@code query
 * 0 document gain} as TREC has them. A first line of headings, as BEIR has one, is passed over.
 */
public final class JudgmentsFile {
  private static final int TREC_FIELDS = 4;
  private static final int MOST = 20_000_000;

  private JudgmentsFile() {}

  /**
   * Reads a file.
   *
   * @throws StitchException (bad input) if it is missing, empty or malformed
   */
  public static Judgments read(Path file) {
    Map<String, Map<String, Integer>> gains = new LinkedHashMap<>();
    try (BufferedReader lines = TextFile.open(file)) {
      int number = 0;
      for (String line = TextFile.line(lines); line != null; line = TextFile.line(lines)) {
        number++;
        if (!line.isBlank() && !isHeading(line, number)) {
          add(file, line.trim().split("\\s+"), number, gains);
        }
        if (number > MOST) {
          throw StitchException.badInput(
              "'%s' has more than %d lines; give fewer judgments", file, MOST);
        }
      }
    } catch (CharacterCodingException e) {
      throw StitchException.badInput("'%s' is not UTF-8; save it as UTF-8", file).because(e);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
    if (gains.isEmpty()) {
      throw StitchException.badInput(
          "'%s' has no judgment; expected lines of query, document and gain", file);
    }
    return new Judgments(gains);
  }

  private static boolean isHeading(String line, int number) {
    return number == 1 && line.trim().matches(".*\\D");
  }

  private static void add(
      Path file, String[] fields, int number, Map<String, Map<String, Integer>> gains) {
    int count = fields.length;
    try {
      if (count == TREC_FIELDS - 1 || count == TREC_FIELDS) {
        int gain = Integer.parseInt(fields[count - 1]);
        gains
            .computeIfAbsent(fields[0], query -> new HashMap<>())
            .merge(fields[count - 2], gain, Math::max);
        return;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw StitchException.badInput(
        "'%s' line %d: expected query, document and a whole number", file, number);
  }
}
