// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai.example;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A classifier as a service. Its head was trained once and is a file; the encoder is a setting, and
 * may be another tomorrow, with no training:
 *
 * <pre>
 * stitch.encoder=minilm
 * stitch.head=head.safetensors
 * </pre>
 */
@SpringBootApplication
@RestController
public class ClassifierApplication {
  private final StitchedClassifier<String> classifier;

  ClassifierApplication(StitchedClassifier<String> classifier) {
    this.classifier = classifier;
  }

  /** Starts the service. */
  public static void main(String[] args) {
    SpringApplication.run(ClassifierApplication.class, args);
  }

  /** The probability of each class: {@code GET /classify?text=...}. */
  @GetMapping("/classify")
  public Map<String, Float> classify(@RequestParam("text") String text) {
    FloatMatrix probabilities = classifier.probabilities(List.of(text));
    Map<String, Float> byClass = new TreeMap<>();
    for (int i = 0; i < probabilities.columns(); i++) {
      byClass.put(classifier.classes().get(i), probabilities.get(0, i));
    }
    return byClass;
  }
}
