// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A connection to DuckDB, in this process, that may open one Parquet file and nothing else: no
 * network, no extensions, no temporary files, 1 GiB of native memory, settings locked (ADR 9). Not
 * thread-safe.
 */
final class ParquetFile implements Closeable {
  private static final String MAGIC = "PAR1";
  private static final int SHORTEST = 12;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "jdbc_stream_results", "true",
          "threads", "1",
          "memory_limit", "1GB",
          "temp_directory", "",
          "autoinstall_known_extensions", "false",
          "autoload_known_extensions", "false",
          "allow_community_extensions", "false");

  private final Path file;
  private final Connection connection;

  private ParquetFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens a file that has Parquet's marks at both ends.
   *
   * @throws StitchException (bad input) if it has not; (unavailable) if DuckDB is not there
   */
  static ParquetFile open(Path file) {
    InputFile.read(file, channel -> checkMarks(file, channel));
    var properties = new Properties();
    properties.putAll(SETTINGS);
    try {
      var opened = new ParquetFile(file, DriverManager.getConnection("jdbc:duckdb:", properties));
      opened.configure();
      return opened;
    } catch (SQLException | UnsatisfiedLinkError e) {
      throw StitchException.unavailable(
              "Parquet files cannot be read: DuckDB does not start (%s); is "
                  + "org.duckdb:duckdb_jdbc on the class path, and this a 64-bit system?",
              firstLine(e))
          .because(e);
    }
  }

  /** Names and types of the columns, in order. */
  Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    try (ResultSet rows = query("DESCRIBE SELECT * FROM " + table())) {
      while (rows.next()) {
        columns.put(rows.getString(1), rows.getString(2));
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return columns;
  }

  /** The first number of the first row of a result, -1 if there is none or it is NULL. */
  long number(String sql) {
    try (ResultSet rows = query(sql)) {
      boolean found = rows.next();
      long value = found ? rows.getLong(1) : -1;
      return found && rows.wasNull() ? -1 : value;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Runs a query whose rows are read one after the other; closing the result ends it. */
  ResultSet query(String sql) throws SQLException {
    var statement = connection.createStatement();
    statement.closeOnCompletion();
    return statement.executeQuery(sql);
  }

  /** The file as SQL has it. */
  String table() {
    return "read_parquet(" + literal(pattern()) + ", hive_partitioning = false)";
  }

  /** A name as SQL has it. */
  static String quoted(String column) {
    return "\"" + column.replace("\"", "\"\"") + "\"";
  }

  /** The failure of reading the file. */
  StitchException unreadable(SQLException e) {
    return StitchException.badInput(
            "'%s' is not a readable Parquet file (%s); write it again", file, firstLine(e))
        .because(e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close: " + firstLine(e), e);
    }
  }

  private void configure() throws SQLException {
    String allowed = literal(pattern()) + ", " + literal(path());
    try (var statement = connection.createStatement()) {
      // Else a whole row group of vectors is fetched before the first of them is handed out.
      statement.execute("SET disable_parquet_prefetching = true");
      statement.execute("SET allowed_paths = [" + allowed + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String path() {
    return file.toAbsolutePath().toString();
  }

  /** The path as a pattern that fits this file only. */
  private String pattern() {
    return path().replaceAll("[\\[*?]", "[$0]");
  }

  private static boolean checkMarks(Path file, FileChannel channel) throws java.io.IOException {
    long size = channel.size();
    boolean marked = size >= SHORTEST && mark(channel, 0) && mark(channel, size - MAGIC.length());
    if (!marked) {
      ForeignFormat.requireFetched(file, "a Parquet file");
      throw StitchException.badInput(
          "'%s' (%d bytes) does not start and end with %s: it is not a Parquet file, or cut short, "
              + "or encrypted; write it again",
          file, size, MAGIC);
    }
    return true;
  }

  private static boolean mark(FileChannel channel, long position) throws java.io.IOException {
    var bytes = ByteBuffer.allocate(MAGIC.length());
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes, position + bytes.position());
    }
    return new String(bytes.array(), US_ASCII).equals(MAGIC);
  }

  private static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return Printable.of(message.lines().findFirst().orElse(""));
  }
}
