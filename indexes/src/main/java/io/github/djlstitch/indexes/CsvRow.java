// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields of a line of CSV as PostgreSQL writes it: commas, double quotes that are doubled inside.
 */
final class CsvRow {
  private final Lines lines;
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> stops = new ArrayList<>();

  /**
   * Takes a line apart.
   *
   * @throws StitchException (bad input) if a quote is not closed
   */
  CsvRow(Lines lines) {
    this.lines = lines;
    byte[] bytes = lines.bytes();
    boolean inside = false;
    starts.add(lines.from());
    for (int at = lines.from(); at < lines.to(); at++) {
      if (bytes[at] == '"') {
        inside = !inside;
      } else if (bytes[at] == ',' && !inside) {
        stops.add(at);
        starts.add(at + 1);
      }
    }
    stops.add(lines.to());
    if (inside) {
      throw StitchException.badInput("%s: a quote is not closed", lines.where());
    }
  }

  /** The number of fields. */
  int count() {
    return starts.size();
  }

  /** The value of a field, without its quotes. */
  String value(int field) {
    String raw = lines.text(starts.get(field), stops.get(field));
    if (raw.indexOf('"') < 0) {
      return raw;
    }
    var value = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < raw.length(); i++) {
      boolean quote = raw.charAt(i) == '"';
      boolean doubled = quote && inside && i + 1 < raw.length() && raw.charAt(i + 1) == '"';
      if (!quote || doubled) {
        value.append(raw.charAt(i));
        i += doubled ? 1 : 0;
      } else {
        inside = !inside;
      }
    }
    return value.toString();
  }

  /** The first byte of a field within its quotes, if it is quoted. */
  int from(int field) {
    int start = starts.get(field);
    return start < stops.get(field) && lines.bytes()[start] == '"' ? start + 1 : start;
  }

  /** The byte after the last one of a field within its quotes. */
  int to(int field) {
    int start = starts.get(field);
    int stop = stops.get(field);
    return stop - start > 1 && lines.bytes()[start] == '"' ? stop - 1 : stop;
  }

  /** The line before a field. */
  String before(int field) {
    return lines.text(lines.from(), starts.get(field));
  }

  /** The line behind a field. */
  String after(int field) {
    return lines.text(stops.get(field), lines.to());
  }
}
