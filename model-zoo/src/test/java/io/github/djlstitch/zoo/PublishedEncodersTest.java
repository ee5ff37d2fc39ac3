// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import io.github.djlstitch.zoo.internal.hub.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders by {@code hf:} name, from a Hub on this machine, and from a folder. */
final class PublishedEncodersTest {
  private static final String NAME = "hf:org/name";
  private static final String CONFIG =
      """
      {"model_type": "vit", "hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 1,
       "num_attention_heads": 2, "image_size": 8, "patch_size": 4, "num_channels": 3,
       "layer_norm_eps": 1e-12, "hidden_act": "gelu", "qkv_bias": true}
      """;
  private static final String PREPROCESSOR =
      """
      {"do_normalize": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
       "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 8}
      """;

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private final FakeHub hub;

  PublishedEncodersTest() throws IOException {
    hub = new FakeHub();
  }

  @BeforeEach
  void publish() {
    hub.small("config.json", CONFIG).small("preprocessor_config.json", PREPROCESSOR);
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  @Test
  void anEncoderIsDownloadedOnceAndOpensOffline() throws IOException {
    hub.large("model.safetensors", checkpoint("one", tensors()));
    float[] vector = vector(zoo(false), NAME);
    assertEquals(8, vector.length);
    hub.count();
    assertArrayEquals(vector, vector(zoo(true), NAME));
    assertEquals(0, hub.count());
    assertEquals("vit", zoo(true).describe(NAME).get("network"));
    assertTrue(warnings.stream().noneMatch(w -> w.contains("damaged")), warnings::toString);
  }

  @Test
  void shardsAreTheSameNetwork() throws IOException {
    hub.large("model.safetensors", checkpoint("one", tensors()));
    float[] whole = vector(zoo(false), NAME);
    try (var other = new FakeHub()) {
      List<Tensor> all = tensors();
      var map = new StringBuilder();
      for (int part = 1; part <= 2; part++) {
        String file = "model-0000" + part + "-of-00002.safetensors";
        List<Tensor> some = part == 1 ? all.subList(0, 5) : all.subList(5, all.size());
        some.forEach(t -> map.append(",\"%s\":\"%s\"".formatted(t.name(), file)));
        other.large(file, checkpoint(file, some));
      }
      other
          .small("config.json", CONFIG)
          .small("preprocessor_config.json", PREPROCESSOR)
          .small(
              "model.safetensors.index.json",
              "{\"metadata\":{},\"weight_map\":{%s}}".formatted(map.substring(1)));
      var sharded = zoo(other.options(folder.resolve("hub2"), warnings));
      assertArrayEquals(whole, vector(sharded, NAME));
    }
  }

  @Test
  void picklesAreRefusedWithTheWayOut() {
    hub.large("pytorch_model.bin", new byte[] {'P', 'K', 3, 4});
    var failure = assertThrows(StitchException.class, () -> zoo(false).require(NAME));
    assertEquals(StitchException.Kind.UNAVAILABLE, failure.kind());
    assertTrue(failure.getMessage().contains("refs/pr/N"), failure.getMessage());
  }

  @Test
  void offlineNamesWhatIsMissing() {
    var failure = assertThrows(StitchException.class, () -> zoo(true).require(NAME));
    assertEquals(StitchException.Kind.UNAVAILABLE, failure.kind());
    assertTrue(failure.getMessage().contains("config.json"), failure.getMessage());
    assertEquals(0, hub.count());
  }

  // As huggingface_hub leaves a cache from which somebody took single files.
  @Test
  void whatDecidesVectorsMustBeKnownOffline() throws IOException {
    hub.large("model.safetensors", checkpoint("one", tensors()));
    vector(zoo(false), NAME);
    try (var files = Files.walk(folder.resolve("hub"))) {
      for (Path file : files.filter(f -> f.toString().contains(".no_exist")).toList()) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
    assertEquals(8, vector(zoo(true), NAME).length); // files of texts do not matter to images
    try (var files = Files.walk(folder.resolve("hub"))) {
      for (Path file : files.filter(f -> f.endsWith("preprocessor_config.json")).toList()) {
        Files.delete(file);
      }
    }
    var failure = assertThrows(StitchException.class, () -> zoo(true).require(NAME));
    assertEquals(StitchException.Kind.UNAVAILABLE, failure.kind());
    String message = failure.getMessage();
    assertTrue(message.contains("'preprocessor_config.json'"), message);
    assertTrue(message.contains("how images are resized and normalized"), message);
  }

  @Test
  void aFolderIsTheSameEncoder() throws IOException {
    hub.large("model.safetensors", checkpoint("one", tensors()));
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve("config.json"), CONFIG);
    Files.writeString(own.resolve("preprocessor_config.json"), PREPROCESSOR);
    Files.write(own.resolve("model.safetensors"), checkpoint("one", tensors()));
    assertArrayEquals(vector(zoo(false), NAME), vector(zoo(true), own.toString()));
    var failure = assertThrows(StitchException.class, () -> zoo(true).encoder(own.toString()));
    assertTrue(failure.getMessage().contains("reads images, not texts"), failure.getMessage());
  }

  @Test
  void anotherImageSizeResamplesThePositions() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve("config.json"), CONFIG);
    Files.writeString(own.resolve("preprocessor_config.json"), PREPROCESSOR);
    Files.write(own.resolve("model.safetensors"), checkpoint("one", tensors()));
    String name = own.toString();
    assertEquals(8, vector(sized(12), name).length);
    assertFalse(Arrays.equals(vector(sized(12), name), vector(sized(8), name)));
    var failure = assertThrows(StitchException.class, () -> vector(sized(9), name));
    assertTrue(failure.getMessage().contains("9"), failure.getMessage());
  }

  private ModelZoo sized(int side) {
    var options = hub.options(folder.resolve("hub"), warnings);
    return ModelZoo.open(
        new ZooOptions(
            folder.resolve("cache"),
            options,
            EncoderOptions.defaults().withDevice("cpu").withBatch(2).withImageSide(side),
            Progress.NONE,
            warnings::add));
  }

  private ModelZoo zoo(boolean offline) {
    return zoo(hub.options(folder.resolve("hub"), warnings).withOffline(offline));
  }

  private ModelZoo zoo(HubOptions options) {
    return ModelZoo.open(
        new ZooOptions(
            folder.resolve("cache"),
            options,
            EncoderOptions.defaults().withDevice("cpu").withBatch(2),
            Progress.NONE,
            warnings::add));
  }

  private static float[] vector(ModelZoo zoo, String name) {
    try (var encoder = zoo.imageEncoder(name)) {
      return encoder.encode(List.of(new Checks())).toArray();
    }
  }

  private byte[] checkpoint(String file, List<Tensor> tensors) throws IOException {
    Path path = folder.resolve(file + ".made");
    SafetensorsWriter.write(path, Map.of(), tensors);
    return Files.readAllBytes(path);
  }

  private static List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(tensor("embeddings.cls_token", 1, 1, 8));
    tensors.add(tensor("embeddings.position_embeddings", 1, 5, 8));
    tensors.add(tensor("embeddings.patch_embeddings.projection.weight", 8, 3, 4, 4));
    tensors.add(tensor("embeddings.patch_embeddings.projection.bias", 8));
    String layer = "encoder.layer.0.";
    for (String name : List.of("query", "key", "value")) {
      dense(tensors, layer + "attention.attention." + name, 8, 8);
    }
    dense(tensors, layer + "attention.output.dense", 8, 8);
    dense(tensors, layer + "intermediate.dense", 16, 8);
    dense(tensors, layer + "output.dense", 8, 16);
    for (String norm :
        List.of(layer + "layernorm_before", layer + "layernorm_after", "layernorm")) {
      tensors.add(tensor(norm + ".weight", 8));
      tensors.add(tensor(norm + ".bias", 8));
    }
    return tensors;
  }

  private static void dense(List<Tensor> tensors, String name, int out, int in) {
    tensors.add(tensor(name + ".weight", out, in));
    tensors.add(tensor(name + ".bias", out));
  }

  private static Tensor tensor(String name, int... shape) {
    int size = 1;
    for (int side : shape) {
      size *= side;
    }
    var random = new Random(name.hashCode());
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.floats(name, shape, values);
  }

  /** A picture of 8 x 8 pixels, all different. */
  private static final class Checks implements ImageSource {
    @Override
    public String name() {
      return "checks";
    }

    @Override
    public RgbImage decode() {
      byte[] pixels = new byte[8 * 8 * 3];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i * 37);
      }
      return RgbImage.wrap(8, 8, pixels);
    }

    @Override
    public void addTo(Sha256 digest) {
      digest.add("checks");
    }
  }
}
