// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes records as RFC 4180 CSV. */
public final class Csv {
  private Csv() {}

  /** The text of a file: the headings, then a line a row; lines end in CR LF. */
  public static String text(Records records) {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord(texts(records.columns().stream().map(Field::word).toList()));
      records.rows().forEach(row -> csv.writeRecord(texts(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // text in memory brings none
    }
    return text.toString();
  }

  private static List<String> texts(List<Field> fields) {
    return fields.stream().map(Field::text).collect(Collectors.toList());
  }
}
