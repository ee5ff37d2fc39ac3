// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * One Parquet file, read by DuckDB in this process. The database may open this one file and nothing
 * else: no network, no extensions, no temporary files, 1 GiB of native memory. Not thread-safe.
 */
final class ParquetTable implements AutoCloseable {
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

  private ParquetTable(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Receives each row of a result; columns are numbered from 1. */
  @FunctionalInterface
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Opens a file that has Parquet's marks at both ends. */
  static ParquetTable open(Path file) {
    checkMarks(file);
    var properties = new Properties();
    properties.putAll(SETTINGS);
    try {
      var table = new ParquetTable(file, DriverManager.getConnection("jdbc:duckdb:", properties));
      table.lock();
      return table;
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
    query(
        "DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning = false)",
        row -> columns.put(row.getString(1), row.getString(2)));
    return columns;
  }

  /** Returns the value of a key in the file's metadata. */
  Optional<String> note(String key) {
    Map<String, String> notes = new LinkedHashMap<>();
    query(
        "SELECT key, value FROM parquet_kv_metadata(?)",
        row -> notes.put(new String(row.getBytes(1), UTF_8), new String(row.getBytes(2), UTF_8)));
    return Optional.ofNullable(notes.get(key));
  }

  /** Every row in the order of the file. */
  void rows(List<String> expressions, RowReader reader) {
    query(
        "SELECT "
            + String.join(", ", expressions)
            + " FROM read_parquet(?, hive_partitioning = false)",
        reader);
  }

  /** The different values of a column of numbers, as texts, smallest first. */
  List<String> numbers(String column) {
    Map<String, Boolean> numbers = new LinkedHashMap<>();
    query(
        "SELECT DISTINCT %1$s FROM read_parquet(?, hive_partitioning = false) WHERE %1$s IS NOT "
                .formatted(quoted(column))
            + "NULL ORDER BY 1",
        row -> numbers.put(row.getString(1), true));
    return List.copyOf(numbers.keySet());
  }

  /** A column's name as SQL has it. */
  static String quoted(String column) {
    return "\"" + column.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close: " + firstLine(e), e);
    }
  }

  private void query(String sql, RowReader reader) {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, pattern());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    } catch (SQLException e) {
      throw StitchException.badInput(
              "'%s' is not a readable Parquet file (%s); download it again", file, firstLine(e))
          .because(e);
    }
  }

  private void lock() throws SQLException {
    String allowed =
        List.of(pattern(), path()).stream()
            .map(path -> "'" + path.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    try (var statement = connection.createStatement()) {
      statement.execute("SET allowed_paths = [" + allowed + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private String path() {
    return file.toAbsolutePath().toString();
  }

  /** The path as a pattern that fits this file only. */
  private String pattern() {
    return path().replaceAll("[\\[*?]", "[$0]");
  }

  private static void checkMarks(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      boolean marked =
          size >= SHORTEST
              && mark(channel, 0).equals(MAGIC)
              && mark(channel, size - MAGIC.length()).equals(MAGIC);
      if (!marked) {
        ForeignFormat.requireFetched(file, "a Parquet file");
        throw StitchException.badInput(
            "'%s' (%d bytes) does not start and end with %s: it is not a Parquet file, or cut short, "
                + "or encrypted; download it again",
            file, size, MAGIC);
      }
    } catch (IOException e) {
      throw Files.exists(file)
          ? InputLines.unreadable(file, e)
          : StitchException.badInput("file '%s' does not exist; check the path", file);
    }
  }

  private static String mark(FileChannel channel, long position) throws IOException {
    var bytes = ByteBuffer.allocate(MAGIC.length());
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes, position + bytes.position());
    }
    return new String(bytes.array(), US_ASCII);
  }

  private static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return Excerpt.of(message.lines().findFirst().orElse(""));
  }
}
