// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ModelException;
import ai.djl.engine.Engine;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.translate.TranslateException;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DJL's own front door gives; the tests run with {@code ai.djl.offline}. */
final class StitchZooProviderTest {
  private static final List<String> TEXTS = List.of("A cat.", "Relative representations", "");

  @TempDir Path cache;

  // The engine unpacks its natives into the usual place; only what we unpack goes elsewhere.
  @BeforeEach
  void moveCache() {
    assertEquals("PyTorch", Engine.getEngine("PyTorch").getEngineName());
    System.setProperty("DJL_CACHE_DIR", cache.toString());
  }

  @AfterEach
  void restoreCache() {
    System.clearProperty("DJL_CACHE_DIR");
  }

  private static <I, O> Criteria<I, O> criteria(Class<I> in, Class<O> out, String name) {
    return Criteria.builder()
        .setTypes(in, out)
        .optGroupId("io.github.djlstitch")
        .optArtifactId(name)
        .optDevice(Device.cpu())
        .build();
  }

  @Test
  void criteriaFindAnEncoder() throws IOException, ModelException, TranslateException {
    try (var model = criteria(String.class, float[].class, "minilm").loadModel();
        var predictor = model.newPredictor()) {
      List<float[]> found = predictor.batchPredict(TEXTS);
      assertEquals("minilm", model.getName());
      assertArrayEquals(found.get(0), predictor.predict(TEXTS.get(0)), 1e-6f);
      FloatMatrix expected = expected();
      for (int i = 0; i < TEXTS.size(); i++) {
        assertArrayEquals(expected.row(i), found.get(i), 1e-6f);
      }
    }
  }

  @Test
  void criteriaFindAnEncoderOfImages() throws IOException, ModelException, TranslateException {
    var drawing = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
    drawing.getGraphics().drawLine(3, 4, 20, 17);
    var file = new ByteArrayOutputStream();
    ImageIO.write(drawing, "png", file);
    Image image =
        ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(file.toByteArray()));
    ImageSource source = EncodedImage.of("drawing.png", file.toByteArray());
    try (var model = criteria(Image.class, float[].class, "vit-digits").loadModel();
        var predictor = model.newPredictor();
        var own = criteria(ImageSource.class, float[].class, "vit-digits").loadModel();
        var ownPredictor = own.newPredictor()) {
      List<float[]> found = predictor.batchPredict(List.of(image, image));
      assertArrayEquals(ownPredictor.predict(source), found.get(1), 1e-6f);
      assertArrayEquals(found.get(0), predictor.predict(image), 1e-6f);
    }
  }

  @Test
  void everyCardIsListed() {
    ModelZoo zoo = ModelZoo.getModelZoo("io.github.djlstitch");
    for (String name : List.of("minilm", "bge-small", "e5-small", "bge-small-zh")) {
      assertEquals(name, zoo.getModelLoader(name).getArtifactId());
      assertTrue(ModelZoo.listModels().toString().contains(name));
    }
  }

  @Test
  void othersTypesAreLeftToOtherZoos() {
    var wrong = criteria(String.class, String.class, "minilm");
    var e = assertThrows(ModelNotFoundException.class, wrong::loadModel);
    assertTrue(String.valueOf(e.getMessage() + e.getCause()).contains("float[]"), e.toString());
    var unknown = criteria(String.class, float[].class, "nobody");
    assertThrows(ModelNotFoundException.class, unknown::loadModel);
  }

  private FloatMatrix expected() {
    var options = io.github.djlstitch.zoo.ZooOptions.in(StitchZooProvider.cache());
    try (var encoder = io.github.djlstitch.zoo.ModelZoo.open(options).encoder("minilm")) {
      return encoder.encode(TEXTS);
    }
  }
}
