// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Text data sets by name or by path.
 *
 * <ul>
 *   <li>{@code wordnet}: noun supersense from the gloss, 25 classes, WordNet 3.1 from the class
 *       path
 *   <li>{@code trec:DIR}: 6 question classes, from {@code train_5500.label} and {@code
 *       TREC_10.label}
 *   <li>{@code sib200:DIR:LANG}: 7 topics, from {@code DIR/LANG/train.tsv} and {@code test.tsv}
 *   <li>{@code csv:FILE}, {@code tsv:FILE}, {@code jsonl:FILE}: columns {@code text} and {@code
 *       label}, optionally {@code split} ({@code train} or {@code test}) and {@code id}
 * </ul>
 *
 * <p>Files are read as a stream: at most 2 GiB a file and 8 MiB a line or field.
 */
public final class Datasets {
  private static final List<String> TABLES = List.of("csv", "tsv", "jsonl");
  private static final List<String> NAMES =
      List.of("wordnet", "trec", "sib200", "csv", "tsv", "jsonl");
  private static final String FORMS =
      "wordnet, trec:DIR, sib200:DIR:LANG, csv:FILE, tsv:FILE, jsonl:FILE";

  private Datasets() {}

  /** The forms that {@link #open} takes, in one line. */
  public static String forms() {
    return FORMS;
  }

  /**
   * Reads, checks and splits a data set. The same files and options give the same data set.
   *
   * @param spec one of the forms above; becomes the name of the data set
   * @throws StitchException (usage) if the form, the language or the options do not fit; (bad
   *     input) if a file is missing or a row is not what it must be; (unavailable) if WordNet is
   *     not on the class path
   */
  public static Dataset<String> open(String spec, DatasetOptions options) {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    String rest = colon < 0 ? "" : spec.substring(colon + 1);
    check(spec, name, rest, options);
    LabelledSplit split =
        switch (name) {
          case "wordnet" -> WordNetGlosses.read(options);
          case "trec" -> TrecFiles.read(path(rest)).split(options);
          case "sib200" -> sib200(spec, rest).split(options);
          default -> table(name, path(rest), options).split(options);
        };
    return split.dataset(spec, options);
  }

  /** The hint {@code (did you mean 'x'?)} for messages, or nothing. */
  static String didYouMean(Optional<String> nearest) {
    return nearest.map(name -> " (did you mean " + Excerpt.of(name) + "?)").orElse("");
  }

  private static void check(String spec, String name, String rest, DatasetOptions options) {
    if (!NAMES.contains(name)) {
      throw StitchException.usage(
          "data set %s is unknown%s; known: %s", Excerpt.of(spec), hint(spec, name), FORMS);
    }
    if (rest.isEmpty() != name.equals("wordnet") || spec.equals("wordnet:")) {
      throw StitchException.usage(
          "data set %s does not have one of the forms %s", Excerpt.of(spec), FORMS);
    }
    if (!options.columns().isEmpty() && !TABLES.contains(name)) {
      throw StitchException.usage(
          "columns can be named for csv, tsv and jsonl files only, not for data set %s; drop them",
          Excerpt.of(spec));
    }
  }

  private static String hint(String spec, String name) {
    for (String format : TABLES) {
      if (spec.endsWith("." + format)) {
        return didYouMean(Optional.of(format + ":" + spec));
      }
    }
    return didYouMean(NearestName.of(name, NAMES));
  }

  private static LabelledRows sib200(String spec, String rest) {
    int colon = rest.lastIndexOf(':');
    if (colon <= 0 || colon == rest.length() - 1) {
      throw StitchException.usage(
          "data set %s needs a folder and a language: sib200:DIR:LANG, for example "
              + "sib200:data/sib200:eng_Latn",
          Excerpt.of(spec));
    }
    return Sib200Files.read(path(rest.substring(0, colon)), rest.substring(colon + 1));
  }

  private static LabelledRows table(String format, Path file, DatasetOptions options) {
    var names = ColumnNames.of(options.columns());
    var rows = new LabelledRows();
    switch (format) {
      case "csv" -> DelimitedTable.readCsv(file, names, rows);
      case "tsv" -> DelimitedTable.readTsv(file, names, rows);
      default -> JsonLines.read(file, names, rows);
    }
    return rows;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw StitchException.badInput("%s is not a valid path; check it", Excerpt.of(text))
          .because(e);
    }
  }
}
