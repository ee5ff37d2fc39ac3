// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Collects and checks the rows of one data set, then divides them into train and test. */
final class LabelledRows {
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Place> placeOf = new HashMap<>();

  /** Adds a row whose text and label must not be blank and whose id must be new. */
  void add(Row row) {
    checkFilled(row, "text", row.text());
    checkFilled(row, "label", row.label());
    checkFilled(row, "id", row.idOrRow());
    Place other = placeOf.putIfAbsent(row.idOrRow(), row.at());
    if (other != null) {
      throw StitchException.badInput(
          "%s: id %s is already the id of row %d in line %d%s; ids must be unique",
          row.at(), Excerpt.of(row.idOrRow()), other.row(), other.line(), inFile(row.at(), other));
    }
    rows.add(row);
  }

  /** Number of rows so far. */
  int size() {
    return rows.size();
  }

  /** Divides as the rows say, or, where they do not say, by class with a hash of seed and id. */
  LabelledSplit split(DatasetOptions options) {
    boolean given = rows.stream().anyMatch(row -> row.split() != null);
    return given ? asGiven() : byFraction(options.testFraction(), options.seed());
  }

  private LabelledSplit asGiven() {
    List<String> classes = classes(rows.stream().filter(r -> r.split() == Split.TRAIN).toList());
    Map<String, Integer> index = index(classes);
    List<Sample<String>> train = new ArrayList<>();
    List<Sample<String>> test = new ArrayList<>();
    for (Row row : rows) {
      checkSeen(row, index);
      (row.split() == Split.TRAIN ? train : test).add(sample(row, index));
    }
    return new LabelledSplit(classes, train, test);
  }

  private LabelledSplit byFraction(double fraction, long seed) {
    List<String> classes = classes(rows);
    Map<String, Integer> index = index(classes);
    List<Sample<String>> samples = rows.stream().map(row -> sample(row, index)).toList();
    return LabelledSplit.byFraction(classes, samples, fraction, seed);
  }

  private void checkSeen(Row row, Map<String, Integer> index) {
    // Without any train row, the missing split is the thing to say, and Dataset says it.
    if (!index.isEmpty() && !index.containsKey(row.label())) {
      throw StitchException.badInput(
          "%s: label %s is in the test split only; add train rows with it or remove its test rows",
          row.at(), Excerpt.of(row.label()));
    }
  }

  private static void checkFilled(Row row, String what, String value) {
    if (value.isBlank()) {
      throw StitchException.badInput("%s: %s is empty; fill it or remove the row", row.at(), what);
    }
  }

  private static String inFile(Place here, Place other) {
    return here.file().equals(other.file()) ? "" : " of '" + other.file() + "'";
  }

  private static List<String> classes(List<Row> rows) {
    var labels = new TreeSet<String>();
    rows.forEach(row -> labels.add(row.label()));
    return List.copyOf(labels);
  }

  private static Map<String, Integer> index(List<String> classes) {
    Map<String, Integer> index = new HashMap<>();
    classes.forEach(name -> index.put(name, index.size()));
    return index;
  }

  private static Sample<String> sample(Row row, Map<String, Integer> index) {
    return new Sample<>(row.idOrRow(), row.text(), index.getOrDefault(row.label(), 0));
  }
}
