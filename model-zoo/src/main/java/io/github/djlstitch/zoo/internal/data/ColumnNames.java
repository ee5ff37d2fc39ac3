// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of a table's columns. Text and label are required, split and id only if the user named
 * them.
 */
record ColumnNames(String text, String label, String split, String id, Set<String> required) {

  /** The names that the user gave, or else the keys themselves. */
  static ColumnNames of(Map<String, String> columns) {
    String text = columns.getOrDefault("text", "text");
    String label = columns.getOrDefault("label", "label");
    var required = new TreeSet<>(columns.values());
    Collections.addAll(required, text, label);
    return new ColumnNames(
        text,
        label,
        columns.getOrDefault("split", "split"),
        columns.getOrDefault("id", "id"),
        required);
  }

  /** Returns true if a column is one of the four. */
  boolean wants(String column) {
    return column.equals(text) || column.equals(label) || column.equals(split) || column.equals(id);
  }

  /** Checks that every required column exists, and that none of the four appears twice. */
  void check(String where, Collection<String> found) {
    for (String column : required) {
      if (!found.contains(column)) {
        throw StitchException.badInput(
            "%s: expected a column '%s' but found %s%s; %s",
            where,
            column,
            Excerpt.ofNames(found),
            Excerpt.didYouMean(NearestName.of(column, found)),
            advice(found));
      }
    }
    for (String column : found) {
      if (wants(column) && Collections.frequency(found, column) > 1) {
        throw StitchException.badInput("%s: column '%s' appears twice; rename one", where, column);
      }
    }
  }

  /** Returns true if something below a key of a JSON object may be one of the four. */
  boolean wantsBelow(String key) {
    return Stream.of(text, label, split, id).anyMatch(name -> name.startsWith(key + "."));
  }

  // A line with another separator is one long column, or a few of odd pieces.
  private static String advice(Collection<String> found) {
    String line = String.join("", found);
    for (String separator : List.of("\t", ";", "|", ",")) {
      if (line.contains(separator)) {
        return "its columns seem to be apart by %s: give %s"
            .formatted(
                separator.equals("\t") ? "tabs" : "'" + separator + "'",
                switch (separator) {
                  case "\t" -> "tsv:FILE, or csv:FILE with --separator tab";
                  case "," -> "csv:FILE";
                  default -> "csv:FILE with --separator '" + separator + "'";
                });
      }
    }
    return "name it with --columns text=...,label=...";
  }

  /** Makes a row of checked columns. */
  Row<String> row(Place at, Map<String, String> values, @Nullable Split fixed) {
    String given = values.get(split);
    return new Row<>(
        at,
        values.get(id),
        values.getOrDefault(text, ""),
        values.getOrDefault(label, ""),
        given == null ? fixed : Split.parse(given, at));
  }
}
