// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names of a Parquet file's columns.
 *
 * @param text column of texts
 * @param image column of encoded images, alone or as {@code bytes} of a structure
 * @param label column of class names or class numbers
 * @param split column that says which split a row belongs to
 * @param id column of ids
 */
record ParquetColumns(
    Optional<String> text,
    Optional<String> image,
    String label,
    Optional<String> split,
    Optional<String> id) {

  /** The columns that the user named, or else the usual ones as far as they are there. */
  static ParquetColumns of(Path file, Map<String, String> found, Map<String, String> named) {
    Optional<String> text = column("text", file, found, named, List.of("text"));
    Optional<String> image = column("image", file, found, named, List.of("image", "img"));
    Optional<String> label = column("label", file, found, named, List.of("label"));
    if (label.isEmpty()) {
      throw missing(file, "label", found);
    }
    if (text.isEmpty() && image.isEmpty()) {
      throw missing(file, named.containsKey("image") ? "image" : "text", found);
    }
    text.ifPresent(name -> checkType(file, found, name, "text", isText(type(found, name))));
    image.ifPresent(name -> checkType(file, found, name, "image", isImage(type(found, name))));
    label.ifPresent(name -> checkType(file, found, name, "label", isLabel(type(found, name))));
    return new ParquetColumns(
        text,
        image,
        label.get(),
        column("split", file, found, named, List.of("split")),
        column("id", file, found, named, List.of()));
  }

  /** Returns true if the labels of a file are numbers. */
  boolean hasNumbers(Map<String, String> found) {
    return !isText(type(found, label));
  }

  /**
   * Lists SQL expressions in the order text, image, label, split, id; absent columns are {@code
   * NULL}.
   */
  List<String> expressions(Map<String, String> found) {
    String bytes =
        image
            .map(
                name ->
                    type(found, name).equals("BLOB")
                        ? ParquetTable.quoted(name)
                        : "struct_extract(" + ParquetTable.quoted(name) + ", 'bytes')")
            .orElse("NULL");
    return List.of(
        expression(text),
        bytes,
        ParquetTable.quoted(label),
        expression(split),
        id.map(name -> ParquetTable.quoted(name) + "::VARCHAR").orElse("NULL"));
  }

  private static String expression(Optional<String> column) {
    return column.map(ParquetTable::quoted).orElse("NULL");
  }

  private static Optional<String> column(
      String key,
      Path file,
      Map<String, String> found,
      Map<String, String> named,
      List<String> usual) {
    String name = named.get(key);
    if (name == null) {
      return usual.stream().filter(found::containsKey).findFirst();
    }
    if (!found.containsKey(name)) {
      throw missing(file, name, found);
    }
    return Optional.of(name);
  }

  private static StitchException missing(Path file, String name, Map<String, String> found) {
    return StitchException.badInput(
        "'%s': expected a column '%s' but found %s%s; name it with --columns text=...,image=...,"
            + "label=...",
        file,
        name,
        Excerpt.ofNames(found.keySet()),
        Excerpt.didYouMean(NearestName.of(name, found.keySet())));
  }

  private static void checkType(
      Path file, Map<String, String> found, String column, String what, boolean fits) {
    if (!fits) {
      throw StitchException.badInput(
          "'%s': column %s cannot hold the %s, its type is %s; name another one with --columns",
          file, Excerpt.of(column), what, Excerpt.of(type(found, column)));
    }
  }

  private static String type(Map<String, String> found, String column) {
    return found.getOrDefault(column, "");
  }

  private static boolean isText(String type) {
    return type.equals("VARCHAR");
  }

  private static boolean isImage(String type) {
    return type.equals("BLOB") || type.matches("STRUCT\\((.*, )?\"?bytes\"? BLOB[,)].*");
  }

  private static boolean isLabel(String type) {
    return isText(type) || type.matches("U?(TINY|SMALL|BIG)?INT(EGER)?|BOOLEAN");
  }
}
