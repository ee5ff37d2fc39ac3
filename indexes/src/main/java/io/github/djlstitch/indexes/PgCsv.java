// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.indexes.StreamSource.RowStream;
import io.github.djlstitch.indexes.StreamSource.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A copy of a table with a pgvector as CSV with a header: the id is in {@code id}, the vector in
 * {@code vector}, {@code embedding} or the first column whose value begins with <code>[</code>, the
 * text in {@code text}.
 *
 * @param header line with the names
 * @param columns the number of columns
 * @param vector column of vectors, from 0
 * @param id column of ids, if there is one
 * @param text column of texts, if there is one
 */
record PgCsv(String header, int columns, int vector, OptionalInt id, OptionalInt text) {
  static VectorSource open(Path file, IndexColumns named) {
    try (Lines lines = Lines.open(file, true)) {
      if (!lines.next()) {
        throw StitchException.badInput("'%s' is empty; copy with (FORMAT csv, HEADER)", file);
      }
      CsvRow header = new CsvRow(lines);
      List<String> names = IntStream.range(0, header.count()).mapToObj(header::value).toList();
      String headerLine = withoutNul(lines, lines.text(lines.from(), lines.to()));
      if (!lines.next()) {
        throw StitchException.badInput("'%s' has no rows", file);
      }
      CsvRow row = new CsvRow(lines);
      int vector = vector(lines, names, row, named);
      OptionalInt id = column(lines, names, named.id(), "id");
      OptionalInt text = column(lines, names, named.text(), "text");
      PgCsv table = new PgCsv(headerLine, names.size(), vector, id, text);
      table.requireColumns(lines, row);
      float[] values = new float[Math.min(Stride.WIDEST, lines.to() - lines.from())];
      int width = Stride.width(file, table.read(lines, row, values, 0, 0));
      var shape = new Shape(width, OptionalLong.empty(), id.isPresent(), text.isPresent());
      return new StreamSource(
          new IndexAddress(IndexFormat.PGCSV, file), shape, () -> rows(file, table, width));
    }
  }

  private static Rows rows(Path file, PgCsv table, int width) {
    Lines lines = Lines.open(file, true);
    lines.next(); // the header
    return new Rows(lines, table, width);
  }

  private static int vector(Lines lines, List<String> names, CsvRow row, IndexColumns named) {
    if (named.vector().isPresent()) {
      return column(lines, names, named.vector(), "").orElseThrow();
    }
    for (String usual : List.of("vector", "embedding")) {
      if (names.contains(usual)) {
        return names.indexOf(usual);
      }
    }
    return IntStream.range(0, Math.min(row.count(), names.size()))
        .filter(i -> row.from(i) < row.to(i) && lines.bytes()[row.from(i)] == '[')
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "%s has no column that begins with '['; copy with (FORMAT csv, HEADER) and name"
                        + " the column with --columns vector=NAME",
                    lines.where()));
  }

  private static OptionalInt column(
      Lines lines, List<String> names, Optional<String> named, String usual) {
    String wanted = named.orElse(usual);
    int index = names.indexOf(wanted);
    if (named.isPresent() && index < 0) {
      throw StitchException.badInput(
          "%s: the header has no column '%s'; %sit has %s",
          lines.where(),
          Printable.of(wanted),
          NearestName.hint(wanted, names),
          Printable.of(String.join(", ", names)));
    }
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private void requireColumns(Lines lines, CsvRow row) {
    if (row.count() != columns) {
      throw StitchException.badInput(
          "%s has %d columns but the header has %d", lines.where(), row.count(), columns);
    }
  }

  private int read(Lines lines, CsvRow row, float[] target, int offset, int width) {
    var text = new FloatText(lines.bytes(), row.from(vector), row.to(vector));
    if (row.from(vector) == row.to(vector)) {
      throw StitchException.badInput(
          "%s: the vector is empty; leave such rows out of the copy", lines.where());
    }
    try {
      int most = width == 0 ? target.length : width;
      int count = text.list(target, offset, most);
      if (text.at() != row.to(vector)) {
        throw new FloatText.Malformed(text.at(), "something follows");
      }
      if (width != 0 && count != width) {
        throw StitchException.badInput(
            "%s: the vector has %d values but those before it have %d",
            lines.where(), count, width);
      }
      return count;
    } catch (FloatText.Malformed e) {
      throw StitchException.badInput("%s: the vector: %s", lines.where(), e.problem());
    }
  }

  private static String withoutNul(Lines lines, String text) {
    if (text.indexOf(Records.HOLE) >= 0) {
      throw StitchException.badInput("%s has a NUL, which PostgreSQL never writes", lines.where());
    }
    return text;
  }

  private record Rows(Lines lines, PgCsv table, int width) implements RowStream {
    @Override
    public boolean next(Batch batch) {
      if (!lines.next()) {
        return false;
      }
      CsvRow row = new CsvRow(lines);
      table.requireColumns(lines, row);
      table.read(lines, row, batch.values(), batch.offset(), width);
      table.id.ifPresent(column -> batch.id(RowId.check(lines.where(), row.value(column))));
      table.text.ifPresent(column -> batch.text(row.value(column)));
      String before = withoutNul(lines, row.before(table.vector));
      String after = withoutNul(lines, row.after(table.vector));
      batch.record(Records.of(IndexFormat.PGCSV, table.header, before, after));
      batch.endRow();
      return true;
    }

    @Override
    public boolean skip() {
      return lines.next();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
