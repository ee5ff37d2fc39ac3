// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.indexes.StreamSource.RowStream;
import io.github.djlstitch.indexes.StreamSource.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A binary copy of a table with a pgvector. Columns have numbers; without {@code --columns} the
 * first row decides: the vector is the first column whose bytes are one, the id the first other
 * column, the text the next one that is visible UTF-8. A type of ids is told by {@link PgType#of}
 * unless it is named.
 *
 * @param vector column of vectors
 * @param id column of ids, if there is one
 * @param type of ids
 * @param text column of texts, if there is one
 */
record PgCopy(int vector, OptionalInt id, PgType type, OptionalInt text) {
  private static final int VECTOR_HEADER = 4;

  static VectorSource open(Path file, IndexColumns columns) {
    try (PgTuples first = PgTuples.open(file)) {
      if (!first.next()) {
        throw StitchException.badInput("'%s' has no rows", file);
      }
      PgCopy table = of(first, columns);
      int width = Stride.width(file, width(first, table.vector));
      boolean hasIds = table.id.isPresent();
      var shape = new Shape(width, OptionalLong.empty(), hasIds, table.text.isPresent());
      var address = new IndexAddress(IndexFormat.PGCOPY, file);
      return new StreamSource(address, shape, () -> new Rows(PgTuples.open(file), table, width));
    }
  }

  private static PgCopy of(PgTuples row, IndexColumns columns) {
    Optional<PgColumn> namedId = columns.id().map(PgColumn::parse);
    OptionalInt namedText = named(columns.text());
    OptionalInt namedVector = named(columns.vector());
    int vector =
        or(namedVector, row, column -> isVector(row.field(column)))
            .orElseThrow(
                () ->
                    StitchException.badInput(
                        "%s: no column is a pgvector (its dimension, 0, and float4 values); name it"
                            + " with --columns vector=N, and cast other types by ::vector",
                        row.where()));
    OptionalInt id =
        namedId.isPresent()
            ? OptionalInt.of(namedId.get().position())
            : or(OptionalInt.empty(), row, c -> c != vector && c != namedText.orElse(-1));
    OptionalInt text =
        or(
            namedText,
            row,
            c -> c != vector && c > id.orElse(-1) && !row.isNull(c) && PgType.isText(row.field(c)));
    for (OptionalInt column : new OptionalInt[] {namedVector, id, namedText}) {
      if (column.orElse(0) >= row.count()) {
        throw StitchException.usage(
            "%s has %d columns, numbered from 0, but --columns has %d",
            row.where(), row.count(), column.orElse(0));
      }
    }
    PgType type =
        namedId
            .flatMap(PgColumn::type)
            .orElseGet(() -> id.isPresent() ? PgType.of(row.field(id.getAsInt())) : PgType.TEXT);
    return new PgCopy(vector, id, type, text);
  }

  private static OptionalInt named(Optional<String> column) {
    return column
        .map(c -> OptionalInt.of(PgColumn.parse(c).position()))
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt or(OptionalInt named, PgTuples row, IntPredicate looks) {
    return named.isPresent() ? named : IntStream.range(0, row.count()).filter(looks).findFirst();
  }

  private static boolean isVector(ByteBuffer bytes) {
    int size = bytes.remaining();
    return size > VECTOR_HEADER
        && bytes.getShort(0) > 0
        && bytes.getShort(2) == 0
        && size == VECTOR_HEADER + bytes.getShort(0) * Float.BYTES;
  }

  private static int width(PgTuples row, int column) {
    if (row.count() <= column || !isVector(row.field(column))) {
      throw StitchException.badInput(
          "%s: column %d is %s but must be a pgvector; leave such rows out of the copy, or cast"
              + " the column by ::vector",
          row.where(),
          column,
          row.count() > column && row.isNull(column) ? "NULL" : "something else");
    }
    return row.field(column).getShort(0);
  }

  private record Rows(PgTuples tuples, PgCopy table, int width) implements RowStream {
    @Override
    public boolean next(Batch batch) {
      if (!tuples.next()) {
        return false;
      }
      int found = PgCopy.width(tuples, table.vector);
      if (found != width) {
        throw StitchException.badInput(
            "%s: the vector has %d values but those before it have %d",
            tuples.where(), found, width);
      }
      ByteBuffer bytes = tuples.field(table.vector).position(VECTOR_HEADER);
      bytes.asFloatBuffer().get(batch.values(), batch.offset(), width);
      String where = tuples.where();
      table.id.ifPresent(column -> batch.id(id(where, column)));
      table.text.ifPresent(column -> batch.text(PgType.text(where, field(column))));
      String before = tuples.before(table.vector);
      String length = Integer.toString(before.length());
      String rest = before + tuples.after(table.vector);
      batch.record(Records.of(IndexFormat.PGCOPY, length, rest));
      batch.endRow();
      return true;
    }

    private String id(String where, int column) {
      ByteBuffer bytes = field(column);
      if (tuples.isNull(column)) {
        throw StitchException.badInput("%s: the id in column %d is NULL", where, column);
      }
      return RowId.check(where, table.type.read(where, bytes));
    }

    private ByteBuffer field(int column) {
      if (column >= tuples.count()) {
        throw StitchException.badInput(
            "%s has %d columns but rows before it have more", tuples.where(), tuples.count());
      }
      return tuples.field(column);
    }

    @Override
    public boolean skip() {
      return tuples.next();
    }

    @Override
    public void close() {
      tuples.close();
    }
  }
}
