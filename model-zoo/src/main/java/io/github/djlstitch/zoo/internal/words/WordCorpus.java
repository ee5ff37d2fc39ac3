// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as numbers of words. Words are runs of letters, in lower case; rare ones are left out, as
 * if they were not there. Immutable.
 */
public final class WordCorpus {
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private final List<String> words;
  private final int[] counts;
  private final int[][] texts;
  private final String sha256;

  private WordCorpus(List<String> words, int[] counts, int[][] texts, String sha256) {
    this.words = List.copyOf(words);
    this.counts = counts;
    this.texts = texts;
    this.sha256 = sha256;
  }

  /**
   * Counts the words of some texts.
   *
   * @param least occurrences of a word that is kept
   * @throws StitchException (bad input) if fewer than two words are left
   */
  public static WordCorpus of(List<String> texts, int least) {
    List<List<String>> split = texts.stream().map(WordCorpus::split).toList();
    Map<String, Integer> counts = new HashMap<>();
    split.forEach(text -> text.forEach(word -> counts.merge(word, 1, Integer::sum)));
    List<String> words = new ArrayList<>(counts.keySet());
    words.removeIf(word -> counts.getOrDefault(word, 0) < least);
    words.sort(
        Comparator.comparingInt((String word) -> -counts.getOrDefault(word, 0))
            .thenComparing(Comparator.naturalOrder()));
    if (words.size() < 2) {
      throw StitchException.badInput(
          "%d texts have %d words that occur %d times or more; expected at least 2",
          texts.size(), words.size(), least);
    }
    int[] kept = words.stream().mapToInt(word -> counts.getOrDefault(word, 0)).toArray();
    Sha256 digest = Sha256.builder().add(least);
    texts.forEach(digest::add);
    return new WordCorpus(words, kept, numbered(split, words), digest.hex());
  }

  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (found.find()) {
      words.add(found.group());
    }
    return words;
  }

  private static int[][] numbered(List<List<String>> texts, List<String> words) {
    Map<String, Integer> numbers = new HashMap<>();
    words.forEach(word -> numbers.put(word, numbers.size()));
    return texts.stream()
        .map(t -> t.stream().mapToInt(w -> numbers.getOrDefault(w, -1)).filter(w -> w >= 0))
        .map(numbersOfText -> numbersOfText.toArray())
        .toArray(int[][]::new);
  }

  /** The words, the most frequent first; ties in the order of letters. */
  public List<String> words() {
    return words;
  }

  /** The number of texts, empty ones included. */
  int size() {
    return texts.length;
  }

  /** The words of a text, by their places in {@link #words}; not to be changed. */
  int[] text(int i) {
    return texts[i];
  }

  /** The number of times that a word occurs. */
  int count(int word) {
    return counts[word];
  }

  /** The number of places in all texts, of words that are kept. */
  public long total() {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** The digest of the texts and of the bound on rare words. */
  String sha256() {
    return sha256;
  }
}
