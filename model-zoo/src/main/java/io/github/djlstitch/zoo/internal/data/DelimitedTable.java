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
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table whose first record names its columns: apart by commas or another character, with quotes
 * as in RFC 4180, or apart by tabs without quotes. Empty lines are skipped.
 */
final class DelimitedTable {
  private static final int MOST_FIELD_CHARS = 8 << 20;

  private final Path file;
  private final TableStyle style;
  private final @Nullable Split fixed;
  private final LabelledRows<String> rows;
  private List<String> header = List.of();
  private long records;

  private DelimitedTable(
      Path file, TableStyle style, @Nullable Split fixed, LabelledRows<String> rows) {
    this.file = file;
    this.style = style;
    this.fixed = fixed;
    this.rows = rows;
  }

  /** The rows of a file with quotes. */
  static LabelledRows<String> readCsv(Path file, TableStyle style, BadRows bad) {
    var rows = new LabelledRows<String>(bad);
    new DelimitedTable(file, style, null, rows).readQuoted();
    return rows;
  }

  /** The rows of a file in which a quote is an ordinary character. */
  static LabelledRows<String> readTsv(Path file, TableStyle style, BadRows bad) {
    var rows = new LabelledRows<String>(bad);
    new DelimitedTable(file, style, null, rows).readPlain();
    return rows;
  }

  /** Adds the rows of a tab separated file with quotes, all of them to one split. */
  static void readQuotedTsv(Path file, ColumnNames names, Split split, LabelledRows<String> rows) {
    new DelimitedTable(file, TableStyle.of(names, '\t'), split, rows).readQuoted();
  }

  private void readPlain() {
    Pattern separator = Pattern.compile(Pattern.quote(String.valueOf(style.separator())));
    try (var lines = InputLines.open(file, style.encoding())) {
      for (String line = ""; line != null && line.isEmpty(); ) {
        line = lines.next();
        if (line != null && !line.isEmpty()) {
          readHeader(lines.number(), Arrays.asList(separator.split(line, -1)));
        }
      }
      lines.forEach(
          rows.bad(),
          line -> {
            if (!line.isEmpty()) {
              accept(lines.number(), Arrays.asList(separator.split(line, -1)));
            }
          });
    }
    checkFilled();
  }

  private void readQuoted() {
    try (var lines = InputLines.open(file, style.encoding())) {
      boolean lenient = rows.bad().areSkipped();
      Reader text = lenient ? lines.asLenientReader() : lines.asReader();
      read(file, style.separator(), text, 1, record -> accept(lines, record));
    }
    checkFilled();
  }

  private void accept(InputLines lines, CsvRecord found) {
    long line = found.getStartingLineNumber();
    if (header.isEmpty()) {
      readHeader(line, found.getFields());
      return;
    }
    rows.bad()
        .attempt(
            () -> {
              lines.fault(line, () -> line + lineFeeds(found.getFields())).ifPresent(this::refuse);
              accept(line, found.getFields());
            });
  }

  private void refuse(StitchException fault) {
    records++;
    throw fault;
  }

  private static long lineFeeds(List<String> fields) {
    return fields.stream().mapToLong(f -> f.chars().filter(c -> c == '\n').count()).sum();
  }

  /** Takes the records of a file with quotes one by one: first line, from 1, and fields. */
  @FunctionalInterface
  interface Records {
    void accept(long line, List<String> fields);
  }

  /** Reads a UTF-8 file with quotes, of which so many records are a header. */
  static void readRecords(Path file, char separator, int headers, Records records) {
    try (var lines = InputLines.open(file, UTF_8)) {
      readRecords(lines, separator, headers, records);
    }
  }

  /** Reads opened lines with quotes, of which so many records are a header. */
  static void readRecords(InputLines lines, char separator, int headers, Records records) {
    read(
        lines.file(),
        separator,
        lines.asReader(),
        headers,
        record -> records.accept(record.getStartingLineNumber(), record.getFields()));
  }

  private static void read(
      Path file, char separator, Reader text, int headers, Consumer<CsvRecord> records) {
    long rows = -headers;
    try (CsvReader<CsvRecord> reader = csvReader(separator, text)) {
      for (CsvRecord found : reader) {
        records.accept(found);
        rows++;
      }
    } catch (CsvParseException e) {
      throw malformed(file, Math.max(0, rows), e);
    } catch (IOException e) {
      throw InputLines.unreadable(file, e);
    }
  }

  private static CsvReader<CsvRecord> csvReader(char separator, Reader text) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(2 * MOST_FIELD_CHARS)
        .build(CsvRecordHandler.builder().maxFieldSize(MOST_FIELD_CHARS).build(), text);
  }

  private void readHeader(long line, List<String> fields) {
    style.names().check("'" + file + "' line " + line, fields);
    header = fields;
  }

  private void accept(long line, List<String> fields) {
    var at = Place.line(file, line, ++records);
    if (fields.size() != header.size()) {
      throw StitchException.badInput(
          "%s: expected %d fields as in the header but found %d; check separators and quotes",
          at, header.size(), fields.size());
    }
    rows.add(style.names().row(at, values(fields), fixed));
  }

  private Map<String, String> values(List<String> fields) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (style.names().wants(header.get(i))) {
        values.put(header.get(i), fields.get(i));
      }
    }
    return values;
  }

  private void checkFilled() {
    if (header.isEmpty()) {
      throw StitchException.badInput(
          "file '%s' is empty; expected a header with the columns '%s' and '%s', then rows",
          file, style.names().text(), style.names().label());
    }
    if (records == 0) {
      throw StitchException.badInput(
          "file '%s' has a header but no rows; expected at least 2 rows", file);
    }
    rows.bad().requireSome(file, rows.size());
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
