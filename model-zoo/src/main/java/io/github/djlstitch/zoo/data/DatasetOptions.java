// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options for reading and splitting a data set. Immutable.
 *
 * @param splitSize largest numbers of samples to keep; empty keeps all
 * @param columns column names of a table for the keys {@code text}, {@code label}, {@code split},
 *     {@code id} and {@code image}; a key that is absent is its own column name
 * @param testFraction share of each class that becomes test where a table has no split column,
 *     between 0 and 1
 * @param seed decides which samples {@code splitSize} and {@code testFraction} choose, default 0
 */
public record DatasetOptions(
    Optional<SplitSize> splitSize, Map<String, String> columns, double testFraction, long seed) {
  /** Share of each class that becomes test if none is given. */
  public static final double DEFAULT_TEST_FRACTION = 0.2;

  private static final List<String> KEYS = List.of("text", "label", "split", "id", "image");

  /**
   * Checks the options.
   *
   * @throws StitchException (usage) if a column key does not exist, two keys name one column, or
   *     the test fraction is not between 0 and 1
   */
  public DatasetOptions {
    columns = Map.copyOf(columns);
    columns.forEach(DatasetOptions::checkColumn);
    checkDistinct(columns);
    if (!(testFraction > 0 && testFraction < 1)) {
      throw StitchException.usage(
          "test fraction %s must be greater than 0 and less than 1, for example %s",
          testFraction, DEFAULT_TEST_FRACTION);
    }
  }

  /** The keys that columns can be named for. */
  public static List<String> columnKeys() {
    return KEYS;
  }

  /** All samples, columns by their own names, a fifth for test, seed 0. */
  public static DatasetOptions defaults() {
    return new DatasetOptions(Optional.empty(), Map.of(), DEFAULT_TEST_FRACTION, 0);
  }

  /** The same options with at most so many samples. */
  public DatasetOptions withSplitSize(SplitSize size) {
    return new DatasetOptions(Optional.of(size), columns, testFraction, seed);
  }

  /** The same options with other column names. */
  public DatasetOptions withColumns(Map<String, String> names) {
    return new DatasetOptions(splitSize, names, testFraction, seed);
  }

  /** The same options with another test fraction. */
  public DatasetOptions withTestFraction(double fraction) {
    return new DatasetOptions(splitSize, columns, fraction, seed);
  }

  /** The same options with another seed. */
  public DatasetOptions withSeed(long other) {
    return new DatasetOptions(splitSize, columns, testFraction, other);
  }

  private static void checkColumn(String key, String name) {
    if (!KEYS.contains(key)) {
      throw StitchException.usage(
          "column key %s must be one of %s%s",
          Excerpt.of(key), String.join(", ", KEYS), Excerpt.didYouMean(NearestName.of(key, KEYS)));
    }
    if (name.isEmpty()) {
      throw StitchException.usage(
          "column key '%s' needs the name of a column, for example %s=my_%s", key, key, key);
    }
  }

  private static void checkDistinct(Map<String, String> columns) {
    Map<String, String> keyOf = new HashMap<>();
    for (String key : KEYS) {
      String name = columns.getOrDefault(key, key);
      String other = keyOf.putIfAbsent(name, key);
      if (other != null) {
        throw StitchException.usage(
            "column %s would be both '%s' and '%s'; each key needs a column of its own",
            Excerpt.of(name), other, key);
      }
    }
  }
}
