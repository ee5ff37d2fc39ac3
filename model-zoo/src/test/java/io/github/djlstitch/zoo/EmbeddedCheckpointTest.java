// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image encoders that come with the build, against timm's own features of digits. */
final class EmbeddedCheckpointTest {
  // The design's bound for float32 against a float64 run of the reference.
  private static final float TOLERANCE = 2e-5f;

  @TempDir static Path cache;

  @Test
  @Tag("processor")
  void featuresAreThoseOfTimm() throws IOException {
    int compared = 0;
    ModelZoo zoo = zoo();
    for (EmbeddedCheckpoint card : EmbeddedCheckpoint.CARDS) {
      try (var encoder = zoo.imageEncoder(card.name())) {
        assertEquals(card.width(), encoder.dimension());
        for (JsonCard answer : expected().cards("answers")) {
          if (answer.text("encoder").equals(card.name())) {
            float[] found = encoder.encode(List.of(digit(zoo, answer.text("digit")))).toArray();
            assertArrayEquals(values(answer), found, TOLERANCE, card.name());
            compared++;
          }
        }
      }
    }
    assertEquals(8, compared);
  }

  private static float[] values(JsonCard answer) {
    List<Double> reals = answer.reals("vector");
    float[] values = new float[reals.size()];
    IntStream.range(0, values.length).forEach(i -> values[i] = reals.get(i).floatValue());
    return values;
  }

  private static ImageSource digit(ModelZoo zoo, String id) {
    var data = zoo.dataset("digits").requireImages();
    return Stream.concat(data.train().stream(), data.test().stream())
        .filter(sample -> sample.id().equals(id))
        .findFirst()
        .map(Sample::input)
        .orElseThrow();
  }

  private static JsonCard expected() throws IOException {
    String name = "/known-answers/digits.json";
    try (InputStream in =
        Objects.requireNonNull(EmbeddedCheckpointTest.class.getResourceAsStream(name))) {
      return JsonCard.parse(Path.of(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void eachIsASmallFolderInAPublishedFormat() throws IOException {
    for (EmbeddedCheckpoint card : EmbeddedCheckpoint.CARDS) {
      var store = new ArtifactStore(cache.resolve("models"), warning -> {});
      Path folder = store.folder(card.files());
      assertTrue(Files.size(folder.resolve("model.safetensors")) <= 2_000_000, card.name());
      CheckpointEntry entry = CheckpointEntry.open(card.name(), folder, zoo().options().encoders());
      assertEquals(zoo().find(card.name()).sha256(), entry.sha256());
      assertTrue(entry.readsImages() && !entry.readsTexts());
      assertEquals("apache-2.0", entry.describe().get("licence in its files"));
    }
  }

  @Test
  void stitchingThemIsFarBetterThanChance() {
    StitchReport report = report("vit-digits", "rexnet-digits");
    assertEquals(
        Optional.empty(), report.stitched(Method.ABSOLUTE, Metric.ACCURACY)); // other widths
    assertTrue(accuracy(report, "vit-digits", Method.RELATIVE) > .8);
    assertTrue(accuracy(report, "vit-digits", Method.COORDINATES) > .8);
    assertTrue(accuracy(report, "rexnet-digits", Method.ABSOLUTE) > .95);
  }

  private static double accuracy(StitchReport report, String encoder, Method method) {
    return report.cell(encoder, "rexnet-digits-head", method).get(0).score(Metric.ACCURACY);
  }

  private static StitchReport report(String encoder, String decoder) {
    var head = HeadOptions.defaults();
    var job =
        new StitchJob(
            List.of(encoder, decoder),
            List.of(decoder),
            "digits",
            "digits",
            DatasetOptions.defaults(),
            StitchDefaults.options(head.head()),
            head,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return job.run(zoo(), (task, done, total) -> {}).report();
  }

  private static ModelZoo zoo() {
    return ModelZoo.open(ZooOptions.in(cache));
  }
}
