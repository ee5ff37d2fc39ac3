// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text file of word vectors: a word and its values on each line, separated by spaces or tabs,
 * with (word2vec, fastText) or without (GloVe) a first line of the two counts. UTF-8; words usually
 * come in the order of frequency. Of long files only the first {@link #MOST_WORDS} rows are read.
 *
 * <p>It is read twice: once for its words and the widths of its rows, then for the values of the
 * words that are wanted, so that memory is taken for those alone. Immutable and thread-safe.
 */
public final class WordVectorFile {
  /** Most rows that are read; later ones are ignored. */
  public static final int MOST_WORDS = 400_000;

  private static final int WIDEST = 8192;
  private static final int LONGEST_WORD = 1024;

  private final Path file;
  private final int width;
  private final Set<String> words;
  private final List<String> notes;

  private WordVectorFile(Path file, int width, Set<String> words, List<String> notes) {
    this.file = file;
    this.width = width;
    this.words = words;
    this.notes = List.copyOf(notes);
  }

  /**
   * Reads the words.
   *
   * @throws StitchException (bad input) naming the line if the file is missing, empty or not UTF-8,
   *     a row has another width than the first or than the header says, or the header says another
   *     number of rows than there are
   */
  public static WordVectorFile scan(Path file) {
    return scan(file, MOST_WORDS);
  }

  static WordVectorFile scan(Path file, int most) {
    try (var rows = WordVectorRows.open(file)) {
      Set<String> words = new LinkedHashSet<>();
      int read = 0;
      int width = 0;
      while (read < most && rows.next()) {
        width = rows.width();
        require(file, rows, width);
        words.add(rows.word());
        read++;
      }
      boolean whole = read < most || !rows.next();
      requireRows(file, rows, read, whole);
      return new WordVectorFile(file, width, words, notes(file, read, words.size(), whole));
    }
  }

  private static void require(Path file, WordVectorRows rows, int width) {
    if (width < 1 || width > WIDEST || rows.word().length() > LONGEST_WORD) {
      throw StitchException.badInput(
          "'%s' line %d: word %s with %d values; expected a word of 1 to %d characters and 1 to %d"
              + " values",
          file, rows.line(), Excerpt.of(rows.word()), width, LONGEST_WORD, WIDEST);
    }
  }

  private static void requireRows(Path file, WordVectorRows rows, int read, boolean whole) {
    if (read == 0) {
      throw StitchException.badInput(
          "'%s' has no row; expected a word and its values on each line", file);
    }
    if (whole && rows.announced() >= 0 && rows.announced() != read) {
      throw StitchException.badInput(
          "'%s' line 1 announces %d words but %d follow; get the file again",
          file, rows.announced(), read);
    }
  }

  private static List<String> notes(Path file, int read, int distinct, boolean whole) {
    List<String> notes = new ArrayList<>();
    if (distinct < read) {
      notes.add(
          "'%s': %d of %d rows repeat a word; the first one counts"
              .formatted(file, read - distinct, read));
    }
    if (!whole) {
      notes.add("'%s': only its first %d words were read".formatted(file, read));
    }
    return notes;
  }

  /** The words, in the order of the file. */
  public List<String> words() {
    return List.copyOf(words);
  }

  /** Values a word. */
  public int width() {
    return width;
  }

  /** Returns warnings, a line each: repeated words, rows that were left out. */
  public List<String> notes() {
    return notes;
  }

  /**
   * The vectors of some words, the words as ids.
   *
   * @param wanted distinct words of {@link #words}, at least one
   * @return in the order of {@code wanted}; its provenance has the digest of words and values
   * @throws StitchException (bad input) naming the line and the column if a value of one of them is
   *     not a finite number, or the file has changed
   */
  public LatentSpace read(List<String> wanted) {
    var places = new HashMap<String, Integer>();
    wanted.forEach(word -> places.put(word, places.size()));
    float[] values = new float[Math.multiplyExact(wanted.size(), width)];
    try (var rows = WordVectorRows.open(file)) {
      while (!places.isEmpty() && rows.next()) {
        Integer place = places.remove(rows.word());
        if (place != null) {
          rows.values(values, place * width, width);
        }
      }
    }
    if (!places.isEmpty()) {
      throw StitchException.badInput(
          "'%s' has no word %s", file, Excerpt.of(places.keySet().iterator().next()));
    }
    return space(wanted, FloatMatrix.wrap(wanted.size(), width, values));
  }

  private LatentSpace space(List<String> ids, FloatMatrix vectors) {
    Sha256 digest = Sha256.builder().add("word vectors");
    for (int i = 0; i < ids.size(); i++) {
      digest.add(ids.get(i)).add(vectors.directBytes(i, i + 1));
    }
    String name = String.valueOf(file.getFileName());
    String sha256 = digest.hex();
    var from = new Provenance(name, sha256, "vocabulary", sha256, "all", "djl-stitch");
    return LatentSpace.of(ids, new int[0], List.of(), vectors, from);
  }
}
