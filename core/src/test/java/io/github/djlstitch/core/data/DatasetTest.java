// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.data;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.data.Dataset.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DatasetTest {
  private static final List<String> CLASSES = List.of("cat", "dog");
  private static final Sample<String> MEOW = new Sample<>("1", "meow", 0);
  private static final Sample<String> WOOF = new Sample<>("2", "woof", 1);

  private static Dataset<String> of(List<Sample<String>> train, List<Sample<String>> test) {
    return Dataset.ofTexts("pets", CLASSES, train, test);
  }

  @Test
  void digestChangesWithWhateverASampleIs() {
    String digest = of(List.of(MEOW), List.of(WOOF)).sha256();
    assertEquals(digest, of(List.of(MEOW), List.of(WOOF)).sha256());
    assertNotEquals(digest, of(List.of(WOOF), List.of(MEOW)).sha256());
    assertNotEquals(digest, of(List.of(MEOW), List.of(new Sample<>("3", "woof", 1))).sha256());
    assertNotEquals(digest, of(List.of(MEOW), List.of(new Sample<>("2", "wuff", 1))).sha256());
    var renamed = Dataset.ofTexts("pets", List.of("cat", "wolf"), List.of(MEOW), List.of(WOOF));
    assertNotEquals(digest, renamed.sha256());
  }

  @Test
  void splitsAndClassesThatCannotBeMeasuredAreRefused() {
    refusedPair("has no train samples", List.of(), List.of(WOOF));
    refusedPair("has no test samples", List.of(MEOW), List.of());
    refusedPair("has the single class 'cat'", List.of(MEOW), List.of(new Sample<>("2", "mew", 0)));
  }

  @Test
  void samplesThatCannotBeUsedAreRefused() {
    refusedPair("id '1' occurs twice", List.of(MEOW), List.of(new Sample<>("1", "woof", 1)));
    refusedPair("an id is empty", List.of(MEOW), List.of(new Sample<>("", "woof", 1)));
    refusedPair("a line break in it", List.of(MEOW), List.of(new Sample<>("2\n3", "woof", 1)));
    refusedPair("sample '2' has an empty text", List.of(MEOW), List.of(new Sample<>("2", " ", 1)));
    refusedPair(
        "label index 2, expected 0 to 1", List.of(MEOW), List.of(new Sample<>("2", "x", 2)));
    refusedPair("label index -1", List.of(MEOW), List.of(new Sample<>("2", "x", -1)));
  }

  private static void refusedPair(
      String part, List<Sample<String>> train, List<Sample<String>> test) {
    refused("data set 'pets'", Kind.BAD_INPUT, () -> of(train, test));
    refused(part, Kind.BAD_INPUT, () -> of(train, test));
  }
}
