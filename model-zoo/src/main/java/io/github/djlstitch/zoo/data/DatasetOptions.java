// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * @param separator between the columns of a table with quotes; empty for a comma, and in a tsv file
 *     a tab
 * @param encoding character set of texts, tables and JSON lines that are files of their own
 * @param skipBad whether rows that cannot be read are left out and listed, instead of refused
 */
public record DatasetOptions(
    Optional<SplitSize> splitSize,
    Map<String, String> columns,
    double testFraction,
    long seed,
    Optional<Character> separator,
    Charset encoding,
    boolean skipBad) {
  /** Share of each class that becomes test if none is given. */
  public static final double DEFAULT_TEST_FRACTION = 0.2;

  /** Character set of files if none is given. */
  public static final String DEFAULT_ENCODING = "UTF-8";

  private static final List<String> KEYS = List.of("text", "label", "split", "id", "image");

  private static final DatasetOptions DEFAULTS =
      new DatasetOptions(
          Optional.empty(),
          Map.of(),
          DEFAULT_TEST_FRACTION,
          0,
          Optional.empty(),
          StandardCharsets.UTF_8,
          false);

  /**
   * Checks the options.
   *
   * @throws StitchException (usage) if a column key does not exist, two keys name one column, the
   *     test fraction is not between 0 and 1, or the separator cannot stand between columns
   */
  public DatasetOptions {
    columns = Map.copyOf(columns);
    columns.forEach(DatasetOptions::checkColumn);
    checkDistinct(columns);
    separator.ifPresent(DatasetOptions::checkSeparator);
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

  /** All samples, columns by their own names, a fifth for test, seed 0, UTF-8. */
  public static DatasetOptions defaults() {
    return DEFAULTS;
  }

  /** The same options with at most so many samples. */
  public DatasetOptions withSplitSize(SplitSize size) {
    return new DatasetOptions(
        Optional.of(size), columns, testFraction, seed, separator, encoding, skipBad);
  }

  /** The same options with other column names. */
  public DatasetOptions withColumns(Map<String, String> names) {
    return new DatasetOptions(splitSize, names, testFraction, seed, separator, encoding, skipBad);
  }

  /** The same options with another test fraction. */
  public DatasetOptions withTestFraction(double fraction) {
    return new DatasetOptions(splitSize, columns, fraction, seed, separator, encoding, skipBad);
  }

  /** The same options with another seed. */
  public DatasetOptions withSeed(long other) {
    return new DatasetOptions(
        splitSize, columns, testFraction, other, separator, encoding, skipBad);
  }

  /** The same options with another separator. */
  public DatasetOptions withSeparator(char between) {
    return new DatasetOptions(
        splitSize, columns, testFraction, seed, Optional.of(between), encoding, skipBad);
  }

  /** The same options for files in another character set. */
  public DatasetOptions withEncoding(Charset of) {
    return new DatasetOptions(splitSize, columns, testFraction, seed, separator, of, skipBad);
  }

  /** The same options, leaving out rows that cannot be read. */
  public DatasetOptions withSkipBad() {
    return new DatasetOptions(splitSize, columns, testFraction, seed, separator, encoding, true);
  }

  /** All options, as they stand in the files of what was made with them. */
  public JsonObject toJson() {
    return ReadingJson.write(this);
  }

  /**
   * Reads the text of {@link #toJson}. An option that is missing has its default, so that files of
   * earlier versions stay readable.
   *
   * @param origin named in messages
   * @throws StitchException (bad input) if one is unknown or has a value that it cannot have
   */
  public static DatasetOptions parse(String origin, String json) {
    return ReadingJson.read(JsonCard.parse(Path.of(origin), json));
  }

  /**
   * The separator that a user means: one character, {@code tab} or {@code \t}.
   *
   * @throws StitchException (usage) if it is anything else
   */
  public static char separator(String text) {
    if (text.length() == 1) {
      return text.charAt(0);
    }
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    throw StitchException.usage(
        "separator %s must be one character such as ';' or '|', or tab", Excerpt.of(text));
  }

  /**
   * The character set of that name, such as {@code UTF-16} or {@code windows-1252}.
   *
   * @throws StitchException (usage) if this Java has none
   */
  public static Charset encoding(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw StitchException.usage(
              "encoding %s is unknown; give one such as UTF-8, UTF-16, windows-1252 or GB18030",
              Excerpt.of(name))
          .because(e);
    }
  }

  private static void checkSeparator(char separator) {
    if (separator == '"' || separator == '\n' || separator == '\r' || separator > '~') {
      throw StitchException.usage(
          "separator %s cannot stand between columns; give a character such as ';', '|' or a tab",
          Excerpt.of(Character.toString(separator)));
    }
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
