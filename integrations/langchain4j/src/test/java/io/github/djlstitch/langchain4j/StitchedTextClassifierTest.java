// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.classification.ScoredLabel;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StitchedTextClassifierTest {
  @TempDir static Path folder;

  @Test
  void aHeadOfOneEncoderClassifiesWithAnother() throws IOException {
    ModelZoo zoo = Zoo.in(folder.resolve("cache"));
    ClassifierHead head = head(zoo);
    try (var classifier =
        StitchedTextClassifier.of(
            StitchedClassifier.ofTexts(zoo, "minilm", head, Optional.empty()))) {
      assertEquals(List.of("animal"), classifier.classify("two cats"));
      assertEquals(List.of("vehicle"), classifier.classify("three ships"));
      List<ScoredLabel<String>> all = classifier.classifyWithScores("two cats").scoredLabels();
      assertEquals(List.of("animal", "vehicle"), all.stream().map(ScoredLabel::label).toList());
      assertEquals(1, all.get(0).score() + all.get(1).score(), 1e-6);
      assertTrue(all.get(0).score() > .5);
    }
  }

  private static ClassifierHead head(ModelZoo zoo) throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i + (i % 2 == 0 ? " cats,animal" : " ships,vehicle"))
            .collect(Collectors.joining("\n", "text,label\n", "\n"));
    Path data = Files.writeString(folder.resolve("pets.csv"), rows);
    return HeadJob.of("bge-small", "csv:" + data, 20).run(zoo);
  }
}
