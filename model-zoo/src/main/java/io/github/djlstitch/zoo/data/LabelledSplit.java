// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** Train and test samples of a data set that has no name and no digest yet. */
record LabelledSplit(List<String> classes, List<Sample<String>> train, List<Sample<String>> test) {

  /**
   * A split that gives each class about the same share of test samples, and at least one if the
   * class has two. The order of the samples stays.
   */
  static LabelledSplit byFraction(
      List<String> classes, List<Sample<String>> samples, double fraction, long seed) {
    boolean[] isTest = new boolean[samples.size()];
    for (List<Integer> positions : HashOrder.byClass(samples, seed)) {
      int size = positions.size();
      int count = Math.min(size - 1, Math.max(1, (int) Math.round(size * fraction)));
      positions.subList(0, count).forEach(i -> isTest[i] = true);
    }
    List<Sample<String>> train = new ArrayList<>();
    List<Sample<String>> test = new ArrayList<>();
    for (int i = 0; i < isTest.length; i++) {
      (isTest[i] ? test : train).add(samples.get(i));
    }
    return new LabelledSplit(classes, train, test);
  }

  /** The same split with at most so many samples, every class still in train. */
  LabelledSplit atMost(SplitSize size, String name, long seed) {
    if (size.train() < classes.size()) {
      throw StitchException.usage(
          "split size %d,%d keeps fewer train samples than data set '%s' has classes; "
              + "keep at least %d",
          size.train(), size.test(), name, classes.size());
    }
    return new LabelledSplit(
        classes,
        HashOrder.keep(train, size.train(), seed),
        HashOrder.keep(test, size.test(), seed));
  }

  /** The finished data set. */
  Dataset<String> dataset(String name, DatasetOptions options) {
    LabelledSplit kept =
        options.splitSize().map(size -> atMost(size, name, options.seed())).orElse(this);
    return Dataset.ofTexts(name, kept.classes, kept.train, kept.test);
  }
}
