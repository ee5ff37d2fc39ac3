// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Facts about texts and labels that are valid but seldom meant: classes that differ only in case or
 * blanks, labels that stand for no label, test texts that are train texts too.
 */
final class Oddities {
  private static final Set<String> NO_LABEL =
      Set.of("na", "n/a", "nan", "null", "none", "nil", "empty", "unknown", "?", "-", "#n/a");

  private Oddities() {}

  /** A line for each kind that was found. */
  static List<String> of(String name, LabelledSplit<String> split) {
    List<String> found = new ArrayList<>();
    similarClasses(split.classes())
        .forEach(
            alike ->
                found.add(
                    "data set %s: the classes %s differ only in case or blanks; if they are one,"
                            .formatted(Excerpt.of(name), Excerpt.ofNames(alike))
                        + " write them alike"));
    for (String none : split.classes()) {
      if (NO_LABEL.contains(plain(none))) {
        found.add(
            "data set %s: %d samples have the label %s, which is taken for a class like any other;"
                    .formatted(Excerpt.of(name), count(split, none), Excerpt.of(none))
                + " if it means no label, remove them");
      }
    }
    long repeated = repeated(split);
    if (repeated > 0) {
      found.add(
          "data set %s: %d of %d test texts are train texts too, so accuracies read too high;"
                  .formatted(Excerpt.of(name), repeated, split.test().size())
              + " remove them from one of the two");
    }
    return found;
  }

  private static Collection<List<String>> similarClasses(List<String> classes) {
    Map<String, List<String>> byPlain =
        classes.stream()
            .collect(Collectors.groupingBy(Oddities::plain, TreeMap::new, Collectors.toList()));
    byPlain.values().removeIf(alike -> alike.size() < 2);
    return byPlain.values();
  }

  private static String plain(String label) {
    return Normalizer.normalize(label, Normalizer.Form.NFKC)
        .replaceAll("[\\s\\p{Z}\\p{Cf}]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static long count(LabelledSplit<String> split, String label) {
    int index = split.classes().indexOf(label);
    return split.train().stream().filter(s -> s.label() == index).count()
        + split.test().stream().filter(s -> s.label() == index).count();
  }

  private static long repeated(LabelledSplit<String> split) {
    Set<String> train = new HashSet<>();
    split.train().forEach(sample -> train.add(sample.input().strip()));
    return split.test().stream().map(Sample::input).filter(t -> train.contains(t.strip())).count();
  }
}
