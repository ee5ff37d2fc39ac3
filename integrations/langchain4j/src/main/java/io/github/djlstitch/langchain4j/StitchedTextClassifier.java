// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.classification.ClassificationResult;
import dev.langchain4j.classification.ScoredLabel;
import dev.langchain4j.classification.TextClassifier;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A head, with whatever encoder is plugged into it, as a text classifier. Labels are the names of
 * its classes, scores their probabilities. Needs the artifact {@code dev.langchain4j:langchain4j},
 * where classification lives. Thread-safe until closed.
 */
public final class StitchedTextClassifier implements TextClassifier<String>, AutoCloseable {
  private final StitchedClassifier<String> classifier;

  private StitchedTextClassifier(StitchedClassifier<String> classifier) {
    this.classifier = classifier;
  }

  /** A classifier that is open; this closes it. */
  public static StitchedTextClassifier of(StitchedClassifier<String> classifier) {
    return new StitchedTextClassifier(classifier);
  }

  /** The most probable class, alone. */
  @Override
  public List<String> classify(String text) {
    return List.of(classifyWithScores(text).scoredLabels().get(0).label());
  }

  /** All classes with their probabilities, the most probable first. */
  @Override
  public ClassificationResult<String> classifyWithScores(String text) {
    float[] probabilities = classifier.probabilities(List.of(text)).row(0);
    List<ScoredLabel<String>> labels = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      labels.add(new ScoredLabel<>(classifier.classes().get(i), probabilities[i]));
    }
    labels.sort(Comparator.comparingDouble((ScoredLabel<String> label) -> -label.score()));
    return new ClassificationResult<>(labels);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
