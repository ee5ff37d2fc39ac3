// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.Judgments;
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
    try (Lines lines = Lines.open(file, false)) {
      for (int count = 0; lines.next(); count++) {
        String line = lines.text(lines.from(), lines.to()).trim();
        if (count == MOST) {
          throw StitchException.badInput("'%s' has more than %d judgments; give fewer", file, MOST);
        }
        if (!line.isEmpty() && !(count == 0 && isHeading(line))) {
          add(line.split("\\s+"), lines.where(), gains);
        }
      }
    }
    if (gains.isEmpty()) {
      throw StitchException.badInput(
          "'%s' has no judgment; expected lines of query, document and gain", file);
    }
    return new Judgments(gains);
  }

  private static boolean isHeading(String line) {
    return line.matches(".*\\D");
  }

  private static void add(String[] fields, String where, Map<String, Map<String, Integer>> gains) {
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
    throw StitchException.badInput("%s: expected query, document and a whole number", where);
  }
}
