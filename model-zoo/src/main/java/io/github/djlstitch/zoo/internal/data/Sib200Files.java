// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * SIB-200 topic classification of one language: {@code LANG/train.tsv} and {@code LANG/test.tsv}
 * with the columns {@code index_id}, {@code category} and {@code text}, quoted as in RFC 4180.
 * Equal ids in two languages are the same sentence.
 *
 * <p>D. Adelani et al., 2024, SIB-200: A Simple, Inclusive, and Big Evaluation Dataset for Topic
 * Classification in 200+ Languages and Dialects, EACL, arXiv:2309.07445.
 */
final class Sib200Files {
  private static final ColumnNames COLUMNS =
      ColumnNames.of(Map.of("text", "text", "label", "category", "id", "index_id"));

  private Sib200Files() {}

  /** Returns true for a language code of SIB-200, such as {@code eng_Latn}. */
  static boolean isLanguage(String text) {
    return text.matches("[a-z]{3}_[A-Z][a-z]{3}");
  }

  /** The rows that {@code DIR:LANG} names. */
  static LabelledRows<String> read(String rest) {
    int colon = rest.lastIndexOf(':');
    if (colon <= 0 || colon == rest.length() - 1) {
      throw StitchException.usage(
          "data set %s needs a language, and a folder for local files: sib200:LANG or "
              + "sib200:DIR:LANG, for example sib200:eng_Latn",
          Excerpt.of("sib200:" + rest));
    }
    return read(DatasetRequest.path(rest.substring(0, colon)), rest.substring(colon + 1));
  }

  /** The rows of one language. */
  static LabelledRows<String> read(Path folder, String language) {
    List<String> languages = languages(folder);
    if (!languages.contains(language)) {
      throw StitchException.usage(
          "'%s' has no language %s%s; its languages: %s",
          folder,
          Excerpt.of(language),
          Excerpt.didYouMean(NearestName.of(language, languages)),
          Excerpt.ofNames(languages));
    }
    Path files = folder.resolve(language);
    return read(files.resolve("train.tsv"), files.resolve("test.tsv"));
  }

  /** The rows of two files. */
  static LabelledRows<String> read(Path train, Path test) {
    var rows = new LabelledRows<String>();
    DelimitedTable.readQuotedTsv(train, COLUMNS, Split.TRAIN, rows);
    DelimitedTable.readQuotedTsv(test, COLUMNS, Split.TEST, rows);
    return rows;
  }

  private static List<String> languages(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw StitchException.badInput(
          "'%s' is not a folder; expected one with a folder for each language", folder);
    }
    try (var entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw InputLines.unreadable(folder, e);
    }
  }
}
