// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text data sets in the files in which their authors publish them. */
final class ClassTexts {
  private static final int NEWS_CLASS_DEPTH = 1;

  private ClassTexts() {}

  /**
   * AG News: {@code train.csv} and {@code test.csv} with the number of the class, the title and the
   * description, without a header, and {@code classes.txt}. The text is title, space, description.
   *
   * <p>X. Zhang, J. Zhao, Y. LeCun, 2015, Character-level Convolutional Networks for Text
   * Classification, NeurIPS, arXiv:1509.01626; so is DBpedia.
   */
  static LabelledRows<String> agNews(Path folder) {
    return numbered(folder, true);
  }

  /** DBpedia: the same files with title and content; the text is the content, without quotes. */
  static LabelledRows<String> dbpedia(Path folder) {
    return numbered(folder, false);
  }

  /** Removes the quotes from a text of DBpedia, as the papers do before encoding it. */
  static String unquoted(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '"') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '"') {
      end--;
    }
    return text.substring(start, end).strip();
  }

  /**
   * 20 Newsgroups, sorted by date: {@code 20news-bydate-train/CLASS/FILE} and {@code
   * 20news-bydate-test/CLASS/FILE} in ISO-8859-1. Headers, footers and quotes stay, as in
   * scikit-learn's default.
   *
   * <p>K. Lang, 1995, NewsWeeder: Learning to Filter Netnews, ICML.
   */
  static LabelledRows<String> newsgroups(Path folder) {
    var rows = new LabelledRows<String>();
    newsgroups(folder, "train", Split.TRAIN, rows);
    newsgroups(folder, "test", Split.TEST, rows);
    return rows;
  }

  private static void newsgroups(
      Path folder, String split, Split given, LabelledRows<String> rows) {
    Path files = folder.resolve("20news-bydate-" + split);
    if (!Files.isDirectory(files)) {
      throw StitchException.badInput(
          "'%s' has no folder 20news-bydate-%s; unpack 20news-bydate.tar.gz into it",
          folder, split);
    }
    int before = rows.size();
    for (StoredFile file : FolderFiles.list(files)) {
      var at = Place.entry(files, file.path(), rows.size() + 1L);
      if (file.depth() != NEWS_CLASS_DEPTH) {
        throw StitchException.badInput("%s: expected CLASS/FILE", at);
      }
      var text = new String(file.bytes().read(), ISO_8859_1);
      rows.add(new Row<>(at, split + "/" + file.path(), text, file.top(), given));
    }
    rows.requireMoreThan(before, files);
  }

  private static LabelledRows<String> numbered(Path folder, boolean withTitle) {
    List<String> classes = lines(folder.resolve("classes.txt"));
    var rows = new LabelledRows<String>(classes);
    for (Split split : Split.USED) {
      Path file = folder.resolve(split.folder() + ".csv");
      int before = rows.size();
      DelimitedTable.readRecords(
          file,
          ',',
          0,
          (line, fields) -> {
            var at = Place.line(file, line, rows.size() - before + 1L);
            rows.add(row(at, fields, classes, withTitle, split));
          });
      rows.requireMoreThan(before, file);
    }
    return rows;
  }

  private static Row<String> row(
      Place at, List<String> fields, List<String> classes, boolean withTitle, Split split) {
    if (fields.size() != 3) {
      throw StitchException.badInput(
          "%s: expected 3 fields, class, title and text, but found %d", at, fields.size());
    }
    String number = fields.get(0).strip();
    if (!number.matches("[0-9]{1,4}")
        || Integer.parseInt(number) < 1
        || Integer.parseInt(number) > classes.size()) {
      throw StitchException.badInput(
          "%s: class %s must be a number from 1 to %d, a line of classes.txt",
          at, Excerpt.of(number), classes.size());
    }
    String text = withTitle ? fields.get(1) + " " + fields.get(2) : unquoted(fields.get(2));
    String id = split.folder() + "-" + at.row();
    return new Row<>(at, id, text, classes.get(Integer.parseInt(number) - 1), split);
  }

  private static List<String> lines(Path file) {
    List<String> found = new ArrayList<>();
    try (var lines = InputLines.open(file, UTF_8)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          found.add(line.strip());
        }
      }
    }
    if (found.isEmpty()) {
      throw StitchException.badInput("'%s' is empty; expected a class name on each line", file);
    }
    return found;
  }
}
