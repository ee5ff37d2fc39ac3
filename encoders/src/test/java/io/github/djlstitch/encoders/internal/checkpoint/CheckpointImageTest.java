// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.Refusals;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.internal.encoder.FrozenImageEncoder;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("processor")
final class CheckpointImageTest {
  private static final float TOLERANCE = 2e-5f;
  private static final EncoderOptions DEFAULTS = EncoderOptions.defaults();
  private static final String SIZED =
      "{\"size\": %s, \"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]}";

  @TempDir Path parent;

  @ParameterizedTest
  @CsvSource({
    "timm-vit, vit_tiny_patch16_224, input, pre_logits",
    "timm-deit-distilled, vit_tiny_patch16_224, input, pre_logits",
    "timm-hybrid, vit_tiny_patch16_224, input, pre_logits",
    "hf-vit-classifier, vit, pixel_values, last_hidden_state",
    "clip, clip, pixel_values, vision_projected_unnormalised"
  })
  void everyKindIsReadAsItsOwnLibraryDoes(String fixture, String name, String in, String out)
      throws IOException {
    Folder folder = image(fixture);
    Checkpoint checkpoint = Checkpoint.open(folder.path());
    assertEquals(name, checkpoint.name());
    assertEquals(
        fixture.startsWith("timm") ? Optional.of("apache-2.0") : Optional.empty(),
        checkpoint.license());
    float[] expected = folder.lastRow(out);
    try (var encoder = (FrozenImageEncoder) checkpoint.imageEncoder("mine", DEFAULTS)) {
      assertEquals("mine", encoder.id());
      float[] vectors = forward(encoder, folder.expected().getAsJsonArray(in));
      assertArrayEquals(expected, lastRow(vectors, encoder.dimension()), TOLERANCE);
      assertEquals(expected.length, encoder.encode(List.of(picture(40, 33))).columns());
    }
  }

  @Test
  void sizeOfImagesCanBeChosen() throws IOException {
    Folder folder = image("timm-vit");
    Checkpoint checkpoint = Checkpoint.open(folder.path());
    var larger = DEFAULTS.withImageSide(48);
    try (var encoder = (FrozenImageEncoder) checkpoint.imageEncoder("x", larger)) {
      float[] vectors = forward(encoder, folder.expected().getAsJsonArray("input_48"));
      assertArrayEquals(folder.lastRow("pre_logits_48"), vectors, TOLERANCE);
    }
    assertNotEquals(checkpoint.sha256(DEFAULTS), checkpoint.sha256(larger));
    assertEquals(checkpoint.sha256(DEFAULTS), checkpoint.sha256(DEFAULTS.withImageSide(32)));
    Refusals.refused(
        "no whole number of patches",
        Kind.USAGE,
        () -> checkpoint.imageEncoder("x", DEFAULTS.withImageSide(33)).close());
  }

  @Test
  void layerAndPoolingCanBeChosen() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(image("hf-vit-classifier").path());
    var image = List.<ImageSource>of(picture(32, 32));
    List<float[]> vectors = new ArrayList<>();
    for (var options :
        List.of(DEFAULTS, DEFAULTS.withLayer(1), DEFAULTS.withPooling(Pooling.MEAN))) {
      try (var encoder = checkpoint.imageEncoder("x", options)) {
        vectors.add(encoder.encode(image).row(0));
      }
    }
    assertNotEquals(vectors.get(0)[0], vectors.get(1)[0]);
    assertNotEquals(vectors.get(0)[0], vectors.get(2)[0]);
    Refusals.refused(
        "no trained pooler",
        Kind.USAGE,
        () -> checkpoint.imageEncoder("x", DEFAULTS.withPooling(Pooling.POOLER)).close());
  }

  @Test
  void oldFormOfTimmsConfiguration() throws IOException {
    Folder folder = image("timm-vit");
    String before = Checkpoint.open(folder.path()).sha256(DEFAULTS);
    folder.config(
        config -> {
          JsonObject flat = config.remove("pretrained_cfg").getAsJsonObject();
          flat.entrySet().forEach(entry -> config.add(entry.getKey(), entry.getValue()));
        });
    Checkpoint checkpoint = Checkpoint.open(folder.path());
    assertEquals(Optional.of("apache-2.0"), checkpoint.license());
    assertNotEquals(before, checkpoint.sha256(DEFAULTS));
    try (var encoder = (FrozenImageEncoder) checkpoint.imageEncoder("x", DEFAULTS)) {
      float[] vectors = forward(encoder, folder.expected().getAsJsonArray("input"));
      assertArrayEquals(
          folder.lastRow("pre_logits"), lastRow(vectors, encoder.dimension()), TOLERANCE);
    }
  }

  @Test
  void preprocessingIsNeeded() throws IOException {
    Folder folder = Folder.of(parent, "hf-vit-classifier");
    folder.assertNoImages("has no preprocessor_config.json", Kind.BAD_INPUT);
    folder.put("processor_config.json", "{\"image_processor\": " + SIZED.formatted("32") + "}");
    try (var encoder = Checkpoint.open(folder.path()).imageEncoder("x", DEFAULTS)) {
      assertEquals(32, encoder.dimension());
    }
    folder.put("preprocessor_config.json", SIZED.formatted("224"));
    folder.assertNoImages("its preprocessing makes them 224 x 224", Kind.BAD_INPUT);
  }

  @Test
  void textsAreNotForIt() throws IOException {
    image("timm-vit").assertNoTexts("reads images, not texts", Kind.USAGE);
  }

  @Test
  void rexNetIsLookedFor() throws IOException {
    Folder folder = Folder.of(parent, "timm-vit");
    folder.config(
        config -> {
          config.addProperty("architecture", "rexnet_100");
          config.remove("global_pool");
        });
    assertEquals(Modality.IMAGE, Checkpoint.open(folder.path()).modality());
    folder.assertNoImages("that this ReXNet needs", Kind.BAD_INPUT);
  }

  private Folder image(String fixture) throws IOException {
    Folder folder = Folder.of(parent, fixture);
    if (fixture.startsWith("timm")) {
      var arguments = new JsonObject();
      arguments.addProperty("num_heads", 4); // which neither name nor shapes of the fixture tell
      folder.config(config -> config.add("model_args", arguments));
    } else {
      String size = fixture.equals("clip") ? "{\"shortest_edge\": 32}, \"crop_size\": 32" : "32";
      folder.put("preprocessor_config.json", SIZED.formatted(size));
    }
    return folder;
  }

  private static float[] forward(FrozenImageEncoder encoder, JsonArray pixels) {
    List<Float> values = new ArrayList<>();
    collect(pixels, values);
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    int side = encoder.preprocessing().height();
    try (NDManager manager = TensorBridge.newManager()) {
      var images = manager.create(flat, new Shape(pixels.size(), 3, side, side));
      var store = new ParameterStore(manager, false);
      return encoder.block().forward(store, new NDList(images), false).head().toFloatArray();
    }
  }

  private static void collect(JsonElement element, List<Float> values) {
    if (element instanceof JsonArray array) {
      array.forEach(e -> collect(e, values));
    } else {
      values.add(element.getAsFloat());
    }
  }

  private static float[] lastRow(float[] vectors, int width) {
    return Arrays.copyOfRange(vectors, vectors.length - width, vectors.length);
  }

  private static EncodedImage picture(int width, int height) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, i * 0x010305);
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return EncodedImage.of("picture", bytes.toByteArray());
  }
}
