// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Makes data sets of texts out of others: some of their samples, or under other labels. */
final class TextSelection {
  /** The label of a sample that is left out. */
  static final int NONE = -1;

  private static final List<String> STARS = List.of("1", "2", "3", "4", "5");
  private static final List<String> SIGNS = List.of("negative", "positive");

  private TextSelection() {}

  /**
   * The samples that have a label, under it.
   *
   * @param classes names of the new labels
   * @param label of a sample; {@link #NONE} leaves it out
   */
  static LabelledData of(
      LabelledData data, List<String> classes, ToIntFunction<Sample<String>> label) {
    Dataset<String> texts = data.requireTexts();
    return LabelledData.ofTexts(
        Dataset.ofTexts(
            texts.name(), classes, some(texts.train(), label), some(texts.test(), label)));
  }

  private static List<Sample<String>> some(
      List<Sample<String>> samples, ToIntFunction<Sample<String>> label) {
    return samples.stream()
        .filter(s -> label.applyAsInt(s) != NONE)
        .map(s -> new Sample<>(s.id(), s.input(), label.applyAsInt(s)))
        .toList();
  }

  /** The samples of some classes, which are labeled in the order of that list. */
  static LabelledData ofClasses(LabelledData data, List<String> wanted) {
    int[] label = data.classes().stream().mapToInt(wanted::indexOf).toArray();
    return of(data, wanted, s -> label[s.label()]);
  }

  /** The samples under the labels of their ids. */
  static LabelledData relabeled(
      LabelledData data, List<String> classes, Map<String, Integer> labels) {
    return of(data, classes, s -> labels.getOrDefault(s.id(), NONE));
  }

  /** Reviews of one to five stars as bad and good ones, without those of three; others as given. */
  static LabelledData coarse(LabelledData data) {
    return data.classes().equals(STARS)
        ? of(data, SIGNS, s -> s.label() == 2 ? NONE : s.label() / 3)
        : data;
  }

  /** Returns true if the classes are rising numbers, such as stars, or if there are only two. */
  static boolean ordered(List<String> classes) {
    if (classes.size() == 2) {
      return true;
    }
    boolean numbers = classes.stream().allMatch(name -> name.matches("[0-9]{1,9}"));
    int[] values =
        numbers ? classes.stream().mapToInt(Integer::parseInt).toArray() : new int[] {1, 0};
    return IntStream.range(1, values.length).allMatch(i -> values[i - 1] < values[i]);
  }
}
