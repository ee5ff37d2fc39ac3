// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.indexes.StreamSource.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file, or a folder of them in the order of their names: the id is in {@code id} or
 * {@code _id}, the vector in {@code vector}, {@code embedding} or the only list of floats, the text
 * in {@code text}.
 */
final class ParquetSource {
  private static final String FLOATS = "(FLOAT|DOUBLE)\\[[0-9]*]";

  private ParquetSource() {}

  /**
   * The columns of a file.
   *
   * @param vector lists of floats, all of {@code width}
   * @param id texts or numbers, if there are ids
   * @param text texts, if there are any
   */
  record Table(String vector, int width, Optional<String> id, Optional<String> text) {}

  static VectorSource open(Path path, IndexColumns columns) {
    List<Path> files = files(path);
    @Nullable Table table = null;
    long rows = 0;
    List<Long> counts = new ArrayList<>();
    for (Path file : files) {
      try (ParquetFile opened = ParquetFile.open(file)) {
        long count = opened.number("SELECT count(*) FROM " + opened.table());
        counts.add(count);
        rows += count;
        if (table == null || count > 0) {
          table = same(file, table, table(file, opened, columns));
        }
      }
    }
    if (table == null || table.width() < 1) {
      throw StitchException.badInput("'%s' has no rows, or its first vector is NULL", path);
    }
    Table found = table;
    var shape =
        new Shape(
            Stride.width(path, found.width()),
            OptionalLong.of(rows),
            found.id().isPresent(),
            found.text().isPresent());
    return new StreamSource(
        new IndexAddress(IndexFormat.PARQUET, path),
        shape,
        () -> new ParquetRows(files, counts, found));
  }

  private static Table same(Path file, @Nullable Table before, Table table) {
    if (before != null && before.width() >= 1 && !before.equals(table)) {
      throw StitchException.badInput(
          "'%s' has the columns %s but the files before it have %s", file, table, before);
    }
    return table;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
      if (files.isEmpty()) {
        throw StitchException.badInput("'%s' holds no file *.parquet", path);
      }
      return files;
    } catch (IOException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  private static Table table(Path file, ParquetFile opened, IndexColumns columns) {
    Map<String, String> types = opened.columns();
    String vector = vector(file, types, columns);
    Optional<String> id = column(file, types, columns.id(), List.of("id", "_id"));
    Optional<String> text = column(file, types, columns.text(), List.of("text"));
    String list = "CAST(" + ParquetFile.quoted(vector) + " AS FLOAT[])";
    long width = opened.number("SELECT len(" + list + ") FROM " + opened.table() + " LIMIT 1");
    return new Table(vector, (int) Math.min(width, Integer.MAX_VALUE), id, text);
  }

  private static String vector(Path file, Map<String, String> types, IndexColumns columns) {
    List<String> lists =
        types.entrySet().stream()
            .filter(type -> type.getValue().matches(FLOATS))
            .map(Map.Entry::getKey)
            .toList();
    Optional<String> usual = Stream.of("vector", "embedding").filter(lists::contains).findFirst();
    Optional<String> found =
        column(file, types, columns.vector(), List.of())
            .or(() -> usual)
            .or(() -> lists.size() == 1 ? Optional.of(lists.get(0)) : Optional.empty());
    if (found.isEmpty() || !lists.contains(found.get())) {
      throw StitchException.badInput(
          "'%s': no column is known to be the vector, a list of FLOAT or DOUBLE; it has %s; name it"
              + " with --columns vector=NAME",
          file, Printable.of(types.toString()));
    }
    return found.get();
  }

  private static Optional<String> column(
      Path file, Map<String, String> types, Optional<String> named, List<String> usual) {
    if (named.isPresent() && !types.containsKey(named.get())) {
      throw StitchException.badInput(
          "'%s' has no column '%s'; %sit has %s",
          file,
          Printable.of(named.get()),
          NearestName.hint(named.get(), types.keySet()),
          Printable.of(String.join(", ", types.keySet())));
    }
    return named.or(() -> usual.stream().filter(types::containsKey).findFirst());
  }
}
