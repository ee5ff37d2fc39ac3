// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The three parts in which data sets are published, by the names of their folders and files. */
enum Part {
  TRAIN,
  TEST,
  VALIDATION;

  /** The part that a folder's name says, or null. */
  static @Nullable Part ofFolder(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train", "training" -> TRAIN;
      case "test", "testing" -> TEST;
      case "val", "valid", "validation", "dev" -> VALIDATION;
      default -> null;
    };
  }

  /** The part that the start of a file's name says: {@code test-00000-of-00001.parquet}. */
  static @Nullable Part ofFile(String name) {
    return ofFolder(name.split("[-_.]", 2)[0]);
  }

  /**
   * Assigns a data set's parts to train and test. Validation is left out beside train and test, and
   * else replaces the missing one. A single part is not assigned, as it will be divided.
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
