// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.Criteria;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec.Reads;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported image classifiers, loaded by plain DJL without a class of this library. */
final class ExportedImagesTest {
  @TempDir Path folder;

  // Of the size that the network reads, which DJL's translator need not resize.
  private static byte[] png(int side) throws IOException {
    var random = new Random(side);
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, random.nextInt(1 << 24));
    }
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"vit-digits, rexnet-digits, 8", "rexnet-digits, vit-digits, 16"})
  void plainDjlGivesTheSame(String from, String into, int side) throws Exception {
    var options = ZooOptions.in(folder.resolve("cache"));
    ModelZoo zoo = ModelZoo.open(options.withHub(options.hub().withOffline(true)));
    LabelledData data =
        zoo.dataset("digits", DatasetOptions.defaults().withSplitSize(new SplitSize(200, 20)));
    EncodedDataset own = zoo.encode(from, data);
    EncodedDataset target = zoo.encode(into, data);
    var anchors = new Anchors(target.train().ids().subList(0, 40), "first", 0);
    HeadOptions how = HeadOptions.defaults();
    var recipe =
        new HeadRecipe(Reads.RELATIVE, Similarity.cosine(), Centering.ANCHORS, how.head(), 0);
    Decoder head = recipe.make(target.train(), anchors, zoo.heads(how));
    Stitching stitching =
        Stitching.of(
            Method.RELATIVE,
            AnchoredSpace.of(own.train(), anchors),
            AnchoredSpace.of(target.train(), anchors),
            BridgeOptions.defaults(),
            head);
    byte[] png = png(side);
    Path place = folder.resolve("model");
    FloatMatrix scores; // (1, C)
    try (Encoder<ImageSource> encoder = zoo.imageEncoder(from)) {
      ExportedModel.of(encoder, stitching).write(place);
      scores = stitching.decode(encoder.encode(List.of(EncodedImage.of("noise", png))));
    }
    assertSame(scores.row(0), head.spec().classes(), predicted(place, png));
    String steps = Files.readString(place.resolve("preprocessing.json"));
    assertTrue(steps.contains("\"filter\": \"Pillow bicubic\""), steps);
    String guide = Files.readString(place.resolve("README.md"));
    assertTrue(guide.contains("Note: DJL's translator resizes with other weights"), guide);
    assertFalse(Files.exists(place.resolve("tokenizer.json")));
  }

  private static Classifications predicted(Path place, byte[] png) throws Exception {
    Criteria<Image, Classifications> criteria =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optModelPath(place)
            .optEngine("PyTorch")
            .optArgument(
                "translatorFactory",
                "ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory")
            .build();
    try (var model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      return predictor.predict(
          new BufferedImageFactory().fromInputStream(new ByteArrayInputStream(png)));
    }
  }

  private static void assertSame(float[] scores, List<String> classes, Classifications found) {
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score);
    }
    assertEquals(classes.size(), found.items().size());
    for (Classifications.Classification one : found.items()) {
      double expected = Math.exp(scores[classes.indexOf(one.getClassName())]) / sum;
      assertEquals(expected, one.getProbability(), 1e-5);
    }
  }
}
