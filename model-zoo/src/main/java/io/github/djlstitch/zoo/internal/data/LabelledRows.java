// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects and checks the rows of one data set, then divides them into train and test. */
final class LabelledRows<I> {
  private final List<String> declared;
  private final BadRows bad;
  private final List<String> notes = new ArrayList<>();
  private final List<Row<I>> rows = new ArrayList<>();
  private final Map<String, Place> placeOf = new HashMap<>();

  /** Rows whose classes are in alphabetical order. */
  LabelledRows() {
    this(List.of());
  }

  /** Rows whose classes are in alphabetical order, and what becomes of bad ones. */
  LabelledRows(BadRows bad) {
    this(List.of(), bad);
  }

  /** Rows whose classes are in the order of a list that holds every label. */
  LabelledRows(List<String> declared) {
    this(declared, BadRows.refused());
  }

  private LabelledRows(List<String> declared, BadRows bad) {
    this.declared = List.copyOf(declared);
    this.bad = bad;
  }

  /** The rows that were left out. */
  BadRows bad() {
    return bad;
  }

  /** Facts about the split for users, a line each; complete when it was made. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Adds a row whose text and label must not be blank and whose id must be new. */
  void add(Row<I> row) {
    if (row.input() instanceof String text) {
      checkFilled(row, "text", text);
    }
    checkFilled(row, "label", row.label());
    checkFilled(row, "id", row.idOrRow());
    Place other = placeOf.putIfAbsent(row.idOrRow(), row.at());
    if (other != null) {
      throw StitchException.badInput(
          "%s: id %s is already the id of %s%s; ids must be unique",
          row.at(), Excerpt.of(row.idOrRow()), other.inFile(), ofFile(row.at(), other));
    }
    rows.add(row);
  }

  /** Refuses a file or folder that gave no row: a split without samples cannot be used. */
  void requireMoreThan(int before, Path file) {
    if (rows.size() == before) {
      throw StitchException.badInput("'%s' holds no samples; expected at least one", file);
    }
  }

  /** Number of rows so far. */
  int size() {
    return rows.size();
  }

  /** Divides as the rows say, or, where they do not say, by class with a hash of seed and id. */
  LabelledSplit<I> split(DatasetOptions options) {
    boolean given = rows.stream().anyMatch(row -> row.split() != null);
    return given ? asGiven(used()) : byFraction(options.testFraction(), options.seed());
  }

  private LabelledSplit<I> asGiven(List<Row<I>> rows) {
    List<String> classes = classes(rows.stream().filter(r -> r.split() == Split.TRAIN).toList());
    Map<String, Integer> index = index(classes);
    List<Sample<I>> train = new ArrayList<>();
    List<Sample<I>> test = new ArrayList<>();
    for (Row<I> row : rows) {
      bad.attempt(
          () -> {
            checkSeen(row, index);
            (row.split() == Split.TRAIN ? train : test).add(sample(row, index));
          });
    }
    return new LabelledSplit<>(classes, train, test);
  }

  // Validation rows stand in for what is missing.
  private List<Row<I>> used() {
    Set<Split> found = EnumSet.noneOf(Split.class);
    rows.forEach(row -> found.add(row.split() == null ? Split.TRAIN : row.split()));
    if (!found.remove(Split.VALIDATION)) {
      return rows;
    }
    if (found.size() == 2) {
      List<Row<I>> used = rows.stream().filter(r -> r.split() != Split.VALIDATION).toList();
      notes.add(
          "'%s': left out %d validation rows, as train and test are there"
              .formatted(rows.get(0).at().file(), rows.size() - used.size()));
      return used;
    }
    Split role = found.contains(Split.TRAIN) ? Split.TEST : Split.TRAIN;
    return rows.stream().map(r -> r.split() == Split.VALIDATION ? r.in(role) : r).toList();
  }

  private LabelledSplit<I> byFraction(double fraction, long seed) {
    List<String> classes = classes(rows);
    Map<String, Integer> index = index(classes);
    List<Sample<I>> samples = rows.stream().map(row -> sample(row, index)).toList();
    return LabelledSplit.byFraction(classes, samples, fraction, seed);
  }

  private void checkSeen(Row<I> row, Map<String, Integer> index) {
    // Without any train row, the missing split is the thing to say, and Dataset says it.
    if (!index.isEmpty() && !index.containsKey(row.label())) {
      throw StitchException.badInput(
          "%s: label %s is in the test split only; add train rows with it or remove its test rows",
          row.at(), Excerpt.of(row.label()));
    }
  }

  private static void checkFilled(Row<?> row, String what, String value) {
    if (value.isBlank()) {
      throw StitchException.badInput("%s: %s is empty; fill it or remove the row", row.at(), what);
    }
  }

  private static String ofFile(Place here, Place other) {
    return here.file().equals(other.file()) ? "" : " of '" + other.file() + "'";
  }

  private List<String> classes(List<Row<I>> rows) {
    var labels = new TreeSet<String>();
    rows.forEach(row -> labels.add(row.label()));
    return declared.isEmpty()
        ? List.copyOf(labels)
        : declared.stream().filter(labels::contains).toList();
  }

  private static Map<String, Integer> index(List<String> classes) {
    Map<String, Integer> index = new HashMap<>();
    classes.forEach(name -> index.put(name, index.size()));
    return index;
  }

  private Sample<I> sample(Row<I> row, Map<String, Integer> index) {
    return new Sample<>(row.idOrRow(), row.input(), index.getOrDefault(row.label(), 0));
  }
}
