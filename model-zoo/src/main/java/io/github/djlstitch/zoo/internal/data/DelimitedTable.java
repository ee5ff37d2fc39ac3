// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A UTF-8 table whose first record names its columns: comma or tab separated with quotes as in RFC
 * 4180, or tab separated without quotes. Empty lines are skipped.
 */
final class DelimitedTable {
  private static final int MOST_FIELD_CHARS = 8 << 20;

  private final Path file;
  private final ColumnNames names;
  private final @Nullable Split fixed;
  private final LabelledRows<String> rows;
  private List<String> header = List.of();
  private long records;

  private DelimitedTable(
      Path file, ColumnNames names, @Nullable Split fixed, LabelledRows<String> rows) {
    this.file = file;
    this.names = names;
    this.fixed = fixed;
    this.rows = rows;
  }

  /** The rows of a comma separated file. */
  static LabelledRows<String> readCsv(Path file, ColumnNames names) {
    var rows = new LabelledRows<String>();
    new DelimitedTable(file, names, null, rows).readQuoted(',');
    return rows;
  }

  /** The rows of a tab separated file in which a quote is an ordinary character. */
  static LabelledRows<String> readTsv(Path file, ColumnNames names) {
    var rows = new LabelledRows<String>();
    new DelimitedTable(file, names, null, rows).readPlain();
    return rows;
  }

  /** Adds the rows of a tab separated file with quotes, all of them to one split. */
  static void readQuotedTsv(Path file, ColumnNames names, Split split, LabelledRows<String> rows) {
    new DelimitedTable(file, names, split, rows).readQuoted('\t');
  }

  private void readPlain() {
    try (var lines = InputLines.open(file, UTF_8)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isEmpty()) {
          accept(lines.number(), Arrays.asList(line.split("\t", -1)));
        }
      }
    }
    checkFilled();
  }

  private void readQuoted(char separator) {
    readRecords(file, separator, 1, this::accept);
    checkFilled();
  }

  /** Takes the records of a file with quotes one by one: first line, from 1, and fields. */
  @FunctionalInterface
  interface Records {
    void accept(long line, List<String> fields);
  }

  /** Reads a file with quotes, of which so many records are a header. */
  static void readRecords(Path file, char separator, int headers, Records records) {
    long rows = -headers;
    try (var lines = InputLines.open(file, UTF_8);
        CsvReader<CsvRecord> reader = csvReader(separator, lines)) {
      for (CsvRecord found : reader) {
        records.accept(found.getStartingLineNumber(), found.getFields());
        rows++;
      }
    } catch (CsvParseException e) {
      throw malformed(file, Math.max(0, rows), e);
    } catch (IOException e) {
      throw InputLines.unreadable(file, e);
    }
  }

  private static CsvReader<CsvRecord> csvReader(char separator, InputLines lines) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(2 * MOST_FIELD_CHARS)
        .build(CsvRecordHandler.builder().maxFieldSize(MOST_FIELD_CHARS).build(), lines.asReader());
  }

  private void accept(long line, List<String> fields) {
    if (header.isEmpty()) {
      names.check("'" + file + "' line " + line, fields);
      header = fields;
      return;
    }
    var at = Place.line(file, line, ++records);
    if (fields.size() != header.size()) {
      throw StitchException.badInput(
          "%s: expected %d fields as in the header but found %d; check separators and quotes",
          at, header.size(), fields.size());
    }
    rows.add(names.row(at, values(fields), fixed));
  }

  private Map<String, String> values(List<String> fields) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (names.wants(header.get(i))) {
        values.put(header.get(i), fields.get(i));
      }
    }
    return values;
  }

  private void checkFilled() {
    if (header.isEmpty()) {
      throw StitchException.badInput(
          "file '%s' is empty; expected a header with the columns '%s' and '%s', then rows",
          file, names.text(), names.label());
    }
    if (records == 0) {
      throw StitchException.badInput(
          "file '%s' has a header but no rows; expected at least 2 rows", file);
    }
  }

  /**
   * A failure of our own reader comes back wrapped; anything else is bad quoting or a huge field.
   */
  private static StitchException malformed(Path file, long rows, CsvParseException failure) {
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      if (t instanceof StitchException own) {
        return own;
      }
    }
    return StitchException.badInput(
            "'%s' after row %d: expected CSV with closed quotes and fields of at most %d"
                + " characters; found: %s",
            file, rows, MOST_FIELD_CHARS, String.valueOf(failure.getMessage()).strip())
        .because(failure);
  }
}
