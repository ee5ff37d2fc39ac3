// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.internal.data.Failures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LabelledDataTest {
  private static Dataset<String> texts(String... ids) {
    return Dataset.ofTexts(
        "d", List.of("a", "b"), List.of(text(ids[0], 0)), List.of(text(ids[1], 1)));
  }

  private static Sample<String> text(String id, int label) {
    return new Sample<>(id, "text of " + id, label);
  }

  private static Dataset<ImageSource> images(int lastLabel, String... ids) {
    ImageSource image = EncodedImage.of("x", new byte[0]);
    return Dataset.of(
        "d",
        List.of("a", "b"),
        List.of(new Sample<>(ids[0], image, 0), new Sample<>(ids[1], image, 1)).subList(0, 1),
        List.of(new Sample<>(ids[1], image, lastLabel)),
        (digest, source) -> source.addTo(digest));
  }

  @Test
  void missingViewsSayWhatToUse() {
    Failures.usage(
        () -> LabelledData.ofTexts(texts("1", "2")).requireImages(), "'d' has texts but no images");
    Failures.usage(
        () -> LabelledData.ofImages(images(1, "1", "2")).requireTexts(),
        "'d' has images but no texts",
        "vision encoder");
    Failures.badInput(
        () -> new LabelledData(Optional.empty(), Optional.empty(), List.of()), "has neither");
  }

  @Test
  void viewsMustBeParallel() {
    var both =
        new LabelledData(
            Optional.of(texts("1", "2")), Optional.of(images(1, "1", "2")), List.of("note"));
    assertEquals("d", both.name());
    assertEquals(List.of("a", "b"), both.classes());
    Failures.badInput(
        () ->
            new LabelledData(
                Optional.of(texts("1", "2")), Optional.of(images(1, "1", "3")), List.of()),
        "differ in ids");
  }
}
