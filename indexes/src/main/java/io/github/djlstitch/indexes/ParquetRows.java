// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Parquet files, file by file. The values come as one column of numbers, which JDBC reads
 * without making an object of each, and ids and texts beside them from a second query of the same
 * file. Not thread-safe.
 */
final class ParquetRows implements StreamSource.RowStream {
  private final List<Path> files;
  private final List<Long> counts;
  private final ParquetSource.Table table;
  private int file;
  private long row; // the next one of the file
  private @Nullable Opened opened;

  /** Connections and results of an open file. */
  private record Opened(ParquetFile database, ParquetFile second, ResultSet values, ResultSet names)
      implements AutoCloseable {
    @Override
    public void close() {
      database.close();
      second.close();
    }
  }

  ParquetRows(List<Path> files, List<Long> counts, ParquetSource.Table table) {
    this.files = files;
    this.counts = counts;
    this.table = table;
  }

  @Override
  public boolean next(Batch batch) {
    if (!goToFile()) {
      return false;
    }
    try {
      Opened current = opened == null ? open() : opened;
      opened = current;
      values(current, batch.values(), batch.offset());
      names(current, batch);
      row++;
      batch.endRow();
      return true;
    } catch (SQLException e) {
      throw malformed(e);
    }
  }

  private void values(Opened current, float[] target, int offset) throws SQLException {
    ResultSet values = current.values;
    for (int i = 0; i < table.width(); i++) {
      if (!values.next()) {
        throw StitchException.badInput("%s: the file ends within its vector", where());
      }
      target[offset + i] = values.getFloat(1);
      if (values.wasNull()) {
        throw StitchException.badInput("%s: value %d of the vector is NULL", where(), i);
      }
    }
  }

  private void names(Opened current, Batch batch) throws SQLException {
    if (table.id().isEmpty() && table.text().isEmpty()) {
      return;
    }
    if (!current.names.next()) {
      throw StitchException.badInput("%s: the file ends before it", where());
    }
    if (table.id().isPresent()) {
      String id = current.names.getString(1);
      if (id == null) {
        throw StitchException.badInput("%s: the id is NULL", where());
      }
      batch.id(RowId.check(where(), id));
    }
    if (table.text().isPresent()) {
      String text = current.names.getString(2);
      batch.text(text == null ? "" : text);
    }
  }

  private Opened open() throws SQLException {
    ParquetFile database = ParquetFile.open(files.get(file));
    ParquetFile second = ParquetFile.open(files.get(file));
    String list = list();
    String right = "CASE WHEN len(" + list + ") = " + table.width() + " THEN " + list;
    String names =
        "SELECT %s, %s FROM %s OFFSET %d"
            .formatted(
                table.id().map(ParquetRows::text).orElse("NULL"),
                table.text().map(ParquetRows::text).orElse("NULL"),
                second.table(),
                row);
    return new Opened(
        database,
        second,
        database.query(
            "SELECT unnest("
                + right
                + " ELSE error('width') END) FROM (SELECT * FROM "
                + database.table()
                + " OFFSET "
                + row
                + ")"),
        second.query(names));
  }

  private String list() {
    return "CAST(" + ParquetFile.quoted(table.vector()) + " AS FLOAT[])";
  }

  private static String text(String column) {
    return "CAST(" + ParquetFile.quoted(column) + " AS VARCHAR)";
  }

  // Looks for the row that the query only knows to be there.
  private StitchException malformed(SQLException cause) {
    try (ParquetFile database = ParquetFile.open(files.get(file))) {
      long bad =
          database.number(
              "SELECT row FROM (SELECT row_number() OVER () - 1 AS row, len("
                  + list()
                  + ") AS found"
                  + " FROM "
                  + database.table()
                  + ") WHERE found IS DISTINCT FROM "
                  + table.width()
                  + " LIMIT 1");
      return bad < 0
          ? database.unreadable(cause)
          : StitchException.badInput(
                  "'%s' row %d: the vector is NULL or has other than the %d values of the rows"
                      + " before it",
                  files.get(file), bad, table.width())
              .because(cause);
    } catch (StitchException e) {
      return e;
    }
  }

  @Override
  public boolean skip() {
    if (!goToFile()) {
      return false;
    }
    if (opened != null) { // else the next row is asked for by its number
      passOver(opened);
    }
    row++;
    return true;
  }

  private void passOver(Opened current) {
    try {
      for (int i = 0; i < table.width(); i++) {
        current.values.next();
      }
      current.names.next();
    } catch (SQLException e) {
      throw malformed(e);
    }
  }

  private boolean goToFile() {
    while (file < files.size() && row == counts.get(file)) {
      closeFile();
      file++;
      row = 0;
    }
    return file < files.size();
  }

  private String where() {
    return "'" + files.get(file) + "' row " + row;
  }

  private void closeFile() {
    if (opened != null) {
      opened.close();
    }
    opened = null;
  }

  @Override
  public void close() {
    closeFile();
    file = files.size();
  }
}
