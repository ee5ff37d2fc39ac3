// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The three parts in which data sets are published, by the names of their folders and files. */
enum Part {
  TRAIN("train", "training"),
  TEST("test", "testing"),
  VALIDATION("val", "valid", "validation", "dev");

  private final Set<String> names;

  Part(String... names) {
    this.names = Set.of(names);
  }

  /** The part that a folder's name says, or null. */
  static @Nullable Part ofFolder(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(p -> p.names.contains(lower)).findFirst().orElse(null);
  }

  /** The part that the start of a file's name says: {@code test-00000-of-00001.parquet}. */
  static @Nullable Part ofFile(String name) {
    return ofFolder(name.split("[-_.]", 2)[0]);
  }

  /**
   * What the parts of a data set serve for. Validation is left out beside train and test, and else
   * stands for the one that is missing. One part alone serves for nothing yet: it will be divided.
   */
  static Map<Part, Split> roles(Set<Part> found) {
    if (found.size() < 2) {
      return Map.of();
    }
    Part train = found.contains(TRAIN) ? TRAIN : VALIDATION;
    Part test = found.contains(TEST) ? TEST : VALIDATION;
    return Map.of(train, Split.TRAIN, test, Split.TEST);
  }

  /** In the order in which they are read. */
  static List<Part> ordered() {
    return List.of(values());
  }
}
