// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A UTF-8 text file of word vectors: a line a word, the word and its numbers parted by blanks, as
 * word2vec and fastText write it after a line with the number of rows and their width, and GloVe
 * without one. Every row is checked; of a word that comes twice the first vector counts. At most
 * the first {@value #MOST_ROWS} rows are read, and of them only the words are kept; the file is read
 * again for the vectors that are wanted, so it must not change. Immutable.
 */
public final class WordVectorFile implements WordVectors {
  static final int MOST_ROWS = 400_000;

  private final Path file;
  private final int width;
  private final int mostRows;
  private final List<String> words;
  private final String sha256;
  private final List<String> notes;

  private WordVectorFile(Path file, int mostRows, Scan scan) {
    this.file = file;
    this.mostRows = mostRows;
    this.width = scan.width;
    this.words = List.copyOf(scan.words);
    this.sha256 = scan.digest.hex();
    this.notes = scan.notes();
  }

  /**
   * Reads a file's words and checks its rows.
   *
   * @throws StitchException (bad input) naming row and column, if the file is missing, has no rows,
   *     is not UTF-8, a row has no word or another width than the others, a value is not a finite
   *     number, or the first line promises other rows than there are
   */
  public static WordVectorFile open(Path file) {
    return open(file, MOST_ROWS);
  }

  static WordVectorFile open(Path file, int mostRows) {
    var scan = new Scan(file);
    try (var rows = WordVectorRows.open(file)) {
      for (var row = rows.next(); row != null; row = rows.next()) {
        if (rows.number() > mostRows) {
          scan.isWhole = false;
          break;
        }
        scan.add(row);
      }
      if (scan.words.isEmpty()) {
        throw StitchException.badInput("'%s' has no word vectors; expected one a line", file);
      }
    }
    return new WordVectorFile(file, mostRows, scan);
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public List<String> words() {
    return words;
  }

  /** Digest of the words and values that were read, in order. */
  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public FloatMatrix vectors(List<String> wanted) {
    Map<String, Integer> places = new HashMap<>();
    for (String word : wanted) {
      places.putIfAbsent(word, places.size());
    }
    float[][] found = new float[places.size()][];
    collect(places, found);
    float[][] out = new float[wanted.size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = found[places.getOrDefault(wanted.get(i), 0)];
      if (out[i] == null) {
        throw StitchException.badInput("'%s' has no word %s", file, Excerpt.of(wanted.get(i)));
      }
    }
    return out.length == 0 ? FloatMatrix.wrap(0, width, new float[0]) : FloatMatrix.of(out);
  }

  private void collect(Map<String, Integer> places, float[][] found) {
    int missing = found.length;
    try (var rows = WordVectorRows.open(file)) {
      for (var row = rows.next(); row != null && missing > 0; row = rows.next()) {
        Integer place = rows.number() > mostRows ? null : places.get(row.word());
        if (place != null && found[place] == null) {
          found[place] = row.values();
          missing--;
        }
        missing = rows.number() >= mostRows ? 0 : missing;
      }
    }
  }

  /** What is remembered of the rows. */
  private static final class Scan {
    private final Path file;
    private final Set<String> seen = new HashSet<>();
    private final List<String> words = new ArrayList<>();
    private final Sha256 digest = Sha256.builder();
    private int width;
    private long repeated;
    private boolean isWhole = true;

    Scan(Path file) {
      this.file = file;
    }

    void add(WordVectorRows.Row row) {
      width = row.values().length;
      var bytes = ByteBuffer.allocate(width * Float.BYTES);
      bytes.asFloatBuffer().put(row.values());
      digest.add(row.word()).add(bytes);
      if (seen.add(row.word())) {
        words.add(row.word());
      } else {
        repeated++;
      }
    }

    List<String> notes() {
      List<String> notes = new ArrayList<>();
      if (repeated > 0) {
        notes.add(
            "'%s' has %d rows for words that came before; the first vector of a word counts"
                .formatted(file, repeated));
      }
      if (!isWhole) {
        notes.add("of '%s' the first %d words were read".formatted(file, words.size()));
      }
      return notes;
    }
  }
}
