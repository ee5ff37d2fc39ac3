// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layers of an embedded encoder give the states that the reference library gives. */
final class EveryLayerTest {
  private static final int WIDTH = 384;
  @TempDir static Path cache;
  private static JsonObject expected;

  @BeforeAll
  static void read() throws IOException {
    var in = EveryLayerTest.class.getResourceAsStream("/known-answers/layers.json");
    try (Reader reader =
        new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8)) {
      expected = JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  @Test
  void allLayersInOnePassAreTheReferences() {
    FloatMatrix found = encode(EncoderOptions.EVERY_LAYER);
    assertEquals(7 * WIDTH, found.columns());
    for (int layer = 0; layer <= 6; layer++) {
      assertLayer(layer, found, layer * WIDTH);
    }
  }

  @Test
  void aLayerAloneIsTheReferences() {
    assertLayer(0, encode(0), 0);
    assertLayer(3, encode(3), 0);
    assertLayer(6, encode(-1), 0);
  }

  @Test
  void readingAllIsKeptApart() {
    String all = zoo(EncoderOptions.EVERY_LAYER).find("minilm").sha256();
    assertNotEquals(zoo(-1).find("minilm").sha256(), all);
    assertNotEquals(zoo(6).find("minilm").sha256(), all);
  }

  private static FloatMatrix encode(int layer) {
    List<String> sentences =
        expected.getAsJsonArray("answers").asList().stream()
            .map(answer -> answer.getAsJsonObject().get("input").getAsString())
            .toList();
    try (Encoder<String> encoder = zoo(layer).encoder("minilm")) {
      FloatMatrix found = encoder.encode(sentences);
      assertEquals(encoder.dimension(), found.columns());
      return found;
    }
  }

  private static ModelZoo zoo(int layer) {
    var how =
        EncoderOptions.defaults().withDevice("cpu").withPooling(Pooling.MEAN).withLayer(layer);
    var hub = HubOptions.from(Map.of(), cache).withOffline(true);
    return ModelZoo.open(new ZooOptions(cache, hub, how, Progress.NONE, warning -> {}));
  }

  private static void assertLayer(int layer, FloatMatrix found, int from) {
    int step = expected.get("step").getAsInt();
    for (int row = 0; row < found.rows(); row++) {
      JsonArray values =
          expected
              .getAsJsonArray("answers")
              .get(row)
              .getAsJsonObject()
              .getAsJsonArray("layers")
              .get(layer)
              .getAsJsonArray();
      for (int k = 0; k < values.size(); k++) {
        String where = "layer " + layer + ", text " + row + ", value " + k * step;
        double value = values.get(k).getAsDouble();
        assertEquals(value, found.get(row, from + k * step), 1e-5, where);
      }
    }
  }
}
