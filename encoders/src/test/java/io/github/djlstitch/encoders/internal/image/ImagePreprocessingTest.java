// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import static io.github.djlstitch.encoders.internal.image.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.Expected;
import io.github.djlstitch.encoders.image.RgbImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePreprocessingTest {
  private static final String VIT_BASE =
      "{'pretrained_cfg': {'input_size': [3, 224, 224], 'interpolation': 'bicubic',"
          + "'crop_pct': 0.9, 'mean': [0.5, 0.5, 0.5], 'std': [0.5, 0.5, 0.5]}}";
  private static final String HYBRID =
      "{'architecture': 'vit_base_r50_s16_384', 'input_size': [3, 384, 384], 'crop_pct': 1.0,"
          + "'mean': [0.5, 0.5, 0.5], 'std': [0.5, 0.5, 0.5]}";
  private static final String GOOGLE_VIT =
      "{'do_normalize': true, 'do_resize': true, 'image_mean': [0.5, 0.5, 0.5],"
          + "'image_std': [0.5, 0.5, 0.5], 'resample': 2, 'size': 224}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "500,375,4b5c1e3a,a11fbdf9,8e33d716,625b1129,a6537096",
    "375,500,6db1921e,68ac53d0,7ed69fb9,6e530098,4f01bd58",
    "32,32,1e04a9f5,d98008d4,e4bbd25f,8c0f068f,81303c59",
    "640,427,0a4c0b86,e2ca268b,63194d1d,7d1b0d33,4da3655e"
  })
  void equalsThePublishedTable(
      int w, int h, String vit, String hybrid, String rexnet, String google, String clip) {
    RgbImage image = Pictures.synthetic(w, h);
    assertEquals(vit, crc(timm(VIT_BASE), image));
    assertEquals(hybrid, crc(timm(HYBRID), image));
    assertEquals(rexnet, crc(timm("{}"), image));
    assertEquals(rexnet, crc(ImagePreprocessing.timmDefault(224, 224), image));
    assertEquals(google, crc(huggingFace(GOOGLE_VIT, "vit"), image));
    assertEquals(google, crc(huggingFace("{}", "vit"), image));
    assertEquals(clip, crc(huggingFace("{}", "clip"), image));
  }

  @Test
  void equalsTheReferenceLibrariesEverywhere() throws IOException {
    for (var row : Expected.json("preprocessing.expected.json").getAsJsonArray()) {
      var c = row.getAsJsonObject();
      String config = c.get("config").toString();
      ImagePreprocessing preprocessing =
          c.get("library").getAsString().equals("timm") ? timm(config) : huggingFace(config, "?");
      for (var expected : c.get("crc").getAsJsonObject().entrySet()) {
        String[] size = expected.getKey().split("x", -1);
        var image = Pictures.synthetic(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
        String actual = crc(preprocessing, image);
        assertEquals(
            expected.getValue().getAsString(), actual, () -> expected.getKey() + " " + config);
      }
    }
  }

  @Test
  void anotherSizeIsAnotherConfiguration() {
    RgbImage image = Pictures.synthetic(53, 41);
    var resized = timm("{}").withSize(96, 96);
    assertEquals(ImagePreprocessing.timmDefault(96, 96).describe(), resized.describe());
    assertEquals(crc(ImagePreprocessing.timmDefault(96, 96), image), crc(resized, image));
    assertEquals(
        crc(huggingFace("{'size': 96, 'crop_size': 96}", "clip"), image),
        crc(huggingFace("{}", "clip").withSize(96, 96), image));
    assertEquals(
        huggingFace("{'size': 512, 'crop_size': 448}", "deit").describe(),
        huggingFace("{}", "deit").withSize(448, 448).describe());
    refused("sides from 1 to 4096", () -> timm("{}").withSize(0, 96));
    refused("sides from 1 to 4096", () -> timm("{}").withSize(96, 1 << 20));
  }

  @Test
  void writesIntoABuffer() {
    RgbImage image = Pictures.synthetic(9, 7);
    var preprocessing = ImagePreprocessing.timmDefault(4, 4);
    FloatBuffer target = FloatBuffer.allocate(100);
    target.position(10);
    preprocessing.apply(image, target);
    assertEquals(58, target.position());
    assertEquals(FloatBuffer.wrap(preprocessing.apply(image)), target.slice(10, 48));
  }

  @Test
  void whatDecidesTheNumbersIsInTheDescription() {
    assertEquals(
        "image preprocessing 1: shortest edge to 256x256 bicubic; centre crop 224x224 as"
            + " torchvision, padded with [0, 0, 0]; v/255, mean [0.485, 0.456, 0.406], std [0.229,"
            + " 0.224, 0.225]",
        timm("{}").describe());
    String[] changes = {
      "'crop_pct': 0.9",
      "'crop_mode': 'squash'",
      "'crop_mode': 'border'",
      "'mean': [0, 0, 0]",
      "'std': [1, 1, 1]",
      "'interpolation': 'bilinear'",
      "'input_size': [3, 192, 192]"
    };
    for (String change : changes) {
      assertNotEquals(timm("{}").describe(), timm("{" + change + "}").describe());
    }
    assertNotEquals(
        huggingFace("{}", "vit").describe(),
        huggingFace("{'rescale_factor': 0.5}", "vit").describe());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'interpolation': 'random'}|interpolation 'random' is not a filter",
        "{'crop_mode': 'corner'}|crop_mode is 'corner', expected center, squash or border",
        "{'crop_pct': 7}|crop_pct is 7.0",
        "{'input_size': [1, 28, 28]}|input_size is [1.0, 28.0, 28.0]",
        "{'input_size': [3, 28]}|expected [3, height, width]",
        "{'input_size': [3, 1e9, 1e9]}|expected [3, height, width]",
        "{'mean': [0.5]}|mean has 1 values, expected 3",
        "{'std': [0.5, 0, 0.5]}|not all above 0",
        "{'std': 'x'}|field 'std' is not a list of numbers"
      })
  void whatTimmDoesNotSayIsRefused(String config, String message) {
    refused(message, () -> timm(config));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'image_processor_type': 'BlipImageProcessor'}|image processor 'BlipImageProcessor'",
        "{'resample': 9}|resample code 9",
        "{'do_pad': true}|step 'do_pad' is not supported",
        "{'do_resize': false}|neither crops nor stretches",
        "{'size': {'shortest_edge': 224}}|neither crops nor stretches",
        "{'size': {'height': 224}}|no field 'size.width'",
        "{'size': 0}|field 'size'",
        "{'size': 100000}|sides from 1 to 4096",
        "{'do_center_crop': true, 'size': {'shortest_edge': 9, 'longest_edge': 12}}|'size.longest_edge'",
      })
  void whatTransformersDoesNotSayIsRefused(String config, String message) {
    refused(message, () -> huggingFace(config, "vit"));
  }

  @Test
  void theFileNamesTheProcessorBeforeTheModelDoes() {
    assertEquals(
        huggingFace("{}", "clip").describe(),
        huggingFace("{'feature_extractor_type': 'CLIPFeatureExtractor'}", "vit").describe());
    assertEquals(
        huggingFace("{}", "deit").describe(),
        huggingFace("{'image_processor_type': 'DeiTImageProcessorFast'}", "x").describe());
    refused("image processor 'bert'", () -> huggingFace("{}", "bert"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x10000", "10000x1", "1x1", "2x30000"})
  void thinImagesStayCheap(String size) {
    String[] sides = size.split("x", -1);
    var image = Pictures.synthetic(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    assertEquals(3 * 224 * 224, timm("{}").apply(image).length);
  }

  @Test
  void imagesThatVanishAreRefused() {
    RgbImage thin = Pictures.synthetic(1, 10000);
    refused("its sides are too different", () -> timm("{'crop_mode': 'border'}").apply(thin));
  }

  private static String crc(ImagePreprocessing preprocessing, RgbImage image) {
    return Pictures.crc(preprocessing.apply(image));
  }

  private ImagePreprocessing timm(String json) {
    return ImagePreprocessing.timm(card(json));
  }

  private ImagePreprocessing huggingFace(String json, String modelType) {
    return ImagePreprocessing.huggingFace(card(json), modelType);
  }

  private JsonCard card(String json) {
    try {
      return JsonCard.read(
          Files.writeString(folder.resolve("config.json"), json.replace('\'', '"')));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
