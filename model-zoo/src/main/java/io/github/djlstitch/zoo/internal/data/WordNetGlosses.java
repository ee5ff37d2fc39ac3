// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Noun supersenses of WordNet 3.1: the text is a gloss up to its first semicolon, the class its
 * lexicographer file, all of them but {@code noun.Tops}. A text occurs once, at its first synset.
 *
 * <p>Of each class a fifth of the synsets, by a fixed hash of their offsets, can become test and
 * the rest train, so that no size makes a test synset a train one.
 *
 * <p>M. Ciaramita, M. Johnson, 2003, Supersense Tagging of Unknown Nouns in WordNet, EMNLP.
 */
final class WordNetGlosses {
  private static final int TRAIN_PER_CLASS = 100;
  private static final int TEST_PER_CLASS = 25;
  private static final String FILE_PREFIX = "noun.";
  private static final String TOPS = "noun.Tops";
  private static final Comparator<Gloss> BY_HASH =
      Comparator.comparingLong((Gloss g) -> IdHash.mix(g.offset()))
          .thenComparingLong(Gloss::offset);

  private WordNetGlosses() {}

  /** The default size, or more per class if the options ask for more samples than it has. */
  static LabelledSplit<String> read(DatasetOptions options) {
    Map<String, List<Gloss>> glosses = glossesByClass();
    int train = options.splitSize().map(SplitSize::train).orElse(0);
    int test = options.splitSize().map(SplitSize::test).orElse(0);
    int trainPerClass = Math.max(TRAIN_PER_CLASS, share(train, glosses.size()));
    int testPerClass = Math.max(TEST_PER_CLASS, share(test, glosses.size()));
    return choose(glosses, trainPerClass, testPerClass);
  }

  private static int share(int samples, int classes) {
    return (int) Math.ceil((double) samples / classes);
  }

  private static LabelledSplit<String> choose(
      Map<String, List<Gloss>> glosses, int trainPerClass, int testPerClass) {
    var classes = List.copyOf(glosses.keySet());
    List<Sample<String>> train = new ArrayList<>();
    List<Sample<String>> test = new ArrayList<>();
    int label = 0;
    for (List<Gloss> ofClass : glosses.values()) {
      List<Gloss> ordered = ofClass.stream().sorted(BY_HASH).toList();
      int tests = ordered.size() / 5;
      addSamples(ordered.subList(0, tests), testPerClass, label, test);
      addSamples(ordered.subList(tests, ordered.size()), trainPerClass, label, train);
      label++;
    }
    test.sort(Comparator.comparing(Sample::id));
    train.sort(Comparator.comparing(Sample::id));
    return new LabelledSplit<>(classes, train, test);
  }

  private static void addSamples(
      List<Gloss> glosses, int most, int label, List<Sample<String>> samples) {
    for (Gloss gloss : glosses.subList(0, Math.min(most, glosses.size()))) {
      String id = String.format(Locale.ROOT, "n%08d", gloss.offset());
      samples.add(new Sample<>(id, gloss.text(), label));
    }
  }

  private static Map<String, List<Gloss>> glossesByClass() {
    Map<String, List<Gloss>> glosses = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    WordNetFile.read(
        "data.noun",
        entry -> {
          String file = entry.lexicographerFile();
          String text = firstPart(entry.gloss());
          if (!file.equals(TOPS) && !text.isEmpty() && seen.add(text)) {
            glosses
                .computeIfAbsent(file.substring(FILE_PREFIX.length()), name -> new ArrayList<>())
                .add(new Gloss(entry.offset(), text));
          }
        });
    return glosses;
  }

  static String firstPart(String gloss) {
    int semicolon = gloss.indexOf(';');
    return (semicolon < 0 ? gloss : gloss.substring(0, semicolon)).strip();
  }

  private record Gloss(long offset, String text) {}
}
