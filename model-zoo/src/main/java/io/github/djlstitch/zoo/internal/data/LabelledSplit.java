// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Train and test samples of a data set that has no name and no digest yet. */
record LabelledSplit<I>(List<String> classes, List<Sample<I>> train, List<Sample<I>> test) {

  /**
   * A split that gives each class about the same share of test samples, and at least one if the
   * class has two. The order of the samples stays.
   */
  static <I> LabelledSplit<I> byFraction(
      List<String> classes, List<Sample<I>> samples, double fraction, long seed) {
    boolean[] isTest = new boolean[samples.size()];
    for (List<Integer> positions : HashOrder.byClass(samples, seed)) {
      int size = positions.size();
      int count = Math.min(size - 1, Math.max(1, (int) Math.round(size * fraction)));
      positions.subList(0, count).forEach(i -> isTest[i] = true);
    }
    List<Sample<I>> train = new ArrayList<>();
    List<Sample<I>> test = new ArrayList<>();
    for (int i = 0; i < isTest.length; i++) {
      (isTest[i] ? test : train).add(samples.get(i));
    }
    return new LabelledSplit<>(classes, train, test);
  }

  /** Applies the options' limit; every class keeps a train sample. */
  LabelledSplit<I> kept(String name, DatasetOptions options) {
    return options.splitSize().map(size -> atMost(size, name, options.seed())).orElse(this);
  }

  private LabelledSplit<I> atMost(SplitSize size, String name, long seed) {
    if (size.train() < classes.size()) {
      throw StitchException.usage(
          "split size %d,%d keeps fewer train samples than data set '%s' has classes; "
              + "keep at least %d",
          size.train(), size.test(), name, classes.size());
    }
    return new LabelledSplit<>(
        classes,
        HashOrder.keep(train, size.train(), seed),
        HashOrder.keep(test, size.test(), seed));
  }

  /** The same samples with another input each. */
  <O> LabelledSplit<O> map(Function<I, O> input) {
    return new LabelledSplit<>(classes, map(train, input), map(test, input));
  }

  private static <I, O> List<Sample<O>> map(List<Sample<I>> samples, Function<I, O> input) {
    return samples.stream()
        .map(s -> new Sample<>(s.id(), input.apply(s.input()), s.label()))
        .toList();
  }
}
