// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts as bags of words, (N, V): how often each known word occurs, to unit length. A linear layer
 * on them is the sum of learned word embeddings. Floats exist only for the batch at hand.
 * Immutable; safe for use by several threads.
 */
public final class WordBags implements TrainingInputs {
  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Map<String, Integer> words;
  private final int[][] bags;
  private final int[] labels;

  private WordBags(Map<String, Integer> words, int[][] bags, int[] labels) {
    this.words = words;
    this.bags = bags;
    this.labels = labels;
  }

  /**
   * Bags of the most frequent words of these texts, of equally frequent ones the first by alphabet.
   *
   * @param most how many words, V; fewer if there are fewer
   * @throws StitchException (bad input) if there is no word
   */
  public static WordBags of(List<Sample<String>> samples, int most) {
    Map<String, Integer> counts = new HashMap<>();
    samples.stream().flatMap(WordBags::words).forEach(word -> counts.merge(word, 1, Integer::sum));
    List<String> known =
        counts.keySet().stream()
            .sorted(
                Comparator.comparing((String word) -> -counts.getOrDefault(word, 0))
                    .thenComparing(word -> word))
            .limit(most)
            .toList();
    if (known.isEmpty()) {
      throw StitchException.badInput("%d texts without a word; give texts", samples.size());
    }
    Map<String, Integer> index = new HashMap<>();
    known.forEach(word -> index.put(word, index.size()));
    return of(index, samples);
  }

  private static WordBags of(Map<String, Integer> words, List<Sample<String>> samples) {
    int[][] bags =
        samples.stream()
            .map(s -> words(s).filter(words::containsKey).mapToInt(words::get).toArray())
            .toArray(int[][]::new);
    return new WordBags(words, bags, samples.stream().mapToInt(Sample::label).toArray());
  }

  /** Other texts as bags of the same words. */
  public WordBags others(List<Sample<String>> samples) {
    return of(words, samples);
  }

  private static Stream<String> words(Sample<String> sample) {
    return GAP.splitAsStream(sample.input().toLowerCase(Locale.ROOT)).filter(w -> !w.isEmpty());
  }

  @Override
  public int count() {
    return bags.length;
  }

  @Override
  public Shape shape() {
    return new Shape(words.size());
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public NDArray batch(NDManager scope, int[] rows) {
    int width = words.size();
    float[] values = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      fill(bags[rows[i]], values, i * width);
    }
    return scope.create(values, new Shape(rows.length, width)); // (B, V)
  }

  // A text without a known word stays zero. Of n equal words each adds 2 k - 1, which sums to n².
  private static void fill(int[] bag, float[] values, int offset) {
    double squares = 0;
    for (int word : bag) {
      squares += 2 * ++values[offset + word] - 1;
    }
    for (int word : Arrays.stream(bag).distinct().toArray()) {
      values[offset + word] /= (float) Math.sqrt(squares);
    }
  }

  @Override
  public String sha256() {
    var digest = Sha256.builder().add("words").add(words.size());
    for (int i = 0; i < bags.length; i++) {
      digest.add(bags[i].length).add(labels[i]);
      Arrays.stream(bags[i]).forEach(digest::add);
    }
    return digest.hex();
  }
}
