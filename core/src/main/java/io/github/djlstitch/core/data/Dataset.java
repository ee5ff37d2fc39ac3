// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A labeled data set with a fixed split.
 *
 * @param name as the user gave it, for example {@code wordnet} or {@code trec:data/trec}
 * @param classes class names in the order of the label indices; at least 2
 * @param train samples that anchors are chosen from and heads are trained on
 * @param test samples that accuracy is measured on
 * @param sha256 digest of classes, ids, inputs and labels of both splits, in order
 */
public record Dataset<I>(
    String name, List<String> classes, List<Sample<I>> train, List<Sample<I>> test, String sha256) {

  /**
   * Takes copies and checks them.
   *
   * @throws StitchException (bad input) as {@link #of}
   */
  public Dataset {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    test = List.copyOf(test);
    check(name, classes, train, test);
  }

  /**
   * A text data set, checked.
   *
   * @throws StitchException (bad input) if there are fewer than two classes among the labels, a
   *     split is empty, an id occurs twice, a text is blank, or a label is out of range
   */
  public static Dataset<String> ofTexts(
      String name, List<String> classes, List<Sample<String>> train, List<Sample<String>> test) {
    train.forEach(sample -> checkText(name, sample));
    test.forEach(sample -> checkText(name, sample));
    return of(name, classes, train, test, (digest, text) -> digest.add(text));
  }

  /**
   * A data set of any kind of input, checked.
   *
   * @param digest adds an input's content to the digest of the data set
   * @throws StitchException (bad input) if there are fewer than two classes among the labels, a
   *     split is empty, an id occurs twice, or a label is out of range
   */
  public static <I> Dataset<I> of(
      String name,
      List<String> classes,
      List<Sample<I>> train,
      List<Sample<I>> test,
      BiConsumer<Sha256, I> digest) {
    var sum = Sha256.builder();
    classes.forEach(sum::add);
    addTo(sum.add("train"), train, digest);
    addTo(sum.add("test"), test, digest);
    return new Dataset<>(name, classes, train, test, sum.hex());
  }

  private static <I> void addTo(Sha256 sum, List<Sample<I>> samples, BiConsumer<Sha256, I> digest) {
    for (Sample<I> sample : samples) {
      sum.add(sample.id());
      digest.accept(sum, sample.input());
      sum.add(sample.label());
    }
  }

  private static <I> void check(
      String name, List<String> classes, List<Sample<I>> train, List<Sample<I>> test) {
    Set<String> ids = new HashSet<>();
    Set<Integer> labels = new HashSet<>();
    for (var split : List.of(train, test)) {
      if (split.isEmpty()) {
        throw StitchException.badInput(
            "data set '%s' has no %s samples; both splits need at least one",
            name, split == train ? "train" : "test");
      }
      for (var sample : split) {
        checkSample(name, classes, sample, ids);
        labels.add(sample.label());
      }
    }
    if (labels.size() < 2) {
      throw StitchException.badInput(
          "data set '%s' has the single class '%s'; a classifier needs at least 2",
          name, classes.get(train.get(0).label()));
    }
  }

  private static void checkSample(
      String name, List<String> classes, Sample<?> sample, Set<String> ids) {
    if (!ids.add(sample.id())) {
      throw StitchException.badInput(
          "data set '%s': id '%s' occurs twice; ids must be unique", name, sample.id());
    }
    if (sample.id().lines().count() != 1) {
      throw StitchException.badInput(
          "data set '%s': an id is empty or has a line break in it; ids are one line", name);
    }
    if (sample.label() < 0 || sample.label() >= classes.size()) {
      throw StitchException.badInput(
          "data set '%s': sample '%s' has label index %d, expected 0 to %d",
          name, sample.id(), sample.label(), classes.size() - 1);
    }
  }

  private static void checkText(String name, Sample<String> sample) {
    if (sample.input().isBlank()) {
      throw StitchException.badInput(
          "data set '%s': sample '%s' has an empty text; remove the row or fill it",
          name, sample.id());
    }
  }

  /**
   * One labeled sample.
   *
   * @param id identifies the sample in its data set; equal ids in two data sets mean parallel
   *     samples
   * @param input the encoder's input, a text or an image
   * @param label index into the classes of the data set, from 0
   */
  public record Sample<I>(String id, I input, int label) {}
}
