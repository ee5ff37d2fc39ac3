// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.DecoderSpec.Reads;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import io.github.djlstitch.zoo.internal.data.Failures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders plugged into heads whose training data are gone. */
final class StitchedClassifierTest {
  private static final List<String> TEXTS = List.of("two cats", "three ships");
  private static final DatasetOptions SOME =
      DatasetOptions.defaults().withSplitSize(new SplitSize(200, 20));

  @TempDir static Path cache;
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private ModelZoo zoo() {
    ZooOptions usual = ZooOptions.in(cache);
    return ModelZoo.open(
        new ZooOptions(
            cache,
            usual.hub().withOffline(true),
            usual.encoders(),
            usual.progress(),
            warnings::add));
  }

  private ClassifierHead textHead(ModelZoo zoo, Reads reads, Centering centering)
      throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i + (i % 2 == 0 ? " cats,animal" : " ships,vehicle"))
            .collect(Collectors.joining("\n", "text,label\n", "\n"));
    Path data = Files.writeString(folder.resolve("pets.csv"), rows);
    ClassifierHead head =
        head(zoo, "bge-small", "csv:" + data, DatasetOptions.defaults(), reads, centering);
    Files.delete(data);
    return head;
  }

  private static ClassifierHead head(
      ModelZoo zoo,
      String encoder,
      String data,
      DatasetOptions reading,
      Reads reads,
      Centering centering) {
    HeadOptions how = HeadOptions.defaults();
    return new HeadJob(
            encoder,
            data,
            reading,
            Optional.empty(),
            AnchorChoice.by(AnchorSelector.named("uniform"), 20),
            new HeadRecipe(reads, Similarity.cosine(), centering, how.head(), 0),
            how)
        .run(zoo);
  }

  private static List<String> classes(StitchedClassifier<String> classifier) {
    FloatMatrix shares = classifier.probabilities(TEXTS);
    for (int i = 0; i < shares.rows(); i++) {
      assertEquals(1, shares.get(i, 0) + shares.get(i, 1), 1e-6);
    }
    return IntStream.of(shares.argMaxRows()).mapToObj(classifier.classes()::get).toList();
  }

  @Test
  void anyTextEncoderFeedsAHeadThatWasMoved() throws IOException {
    ModelZoo zoo = zoo();
    for (Reads reads : Reads.values()) {
      Path file = folder.resolve(reads + ".safetensors");
      HeadFile.save(textHead(zoo, reads, Centering.ANCHORS), file);
      ClassifierHead head = HeadFile.load(file);
      for (String encoder : List.of("minilm", "bge-small")) {
        try (var classifier = StitchedClassifier.ofTexts(zoo, encoder, head, Optional.empty())) {
          assertEquals(List.of("animal", "vehicle"), classes(classifier), encoder + " " + reads);
          assertEquals(0, classifier.probabilities(List.of()).rows());
          assertEquals(0, classifier.truncated());
          boolean own = encoder.equals("bge-small");
          Method expected =
              switch (reads) {
                case RELATIVE -> Method.RELATIVE;
                case PRODUCT -> Method.PRODUCT;
                case ABSOLUTE -> own ? Method.ABSOLUTE : Method.COORDINATES;
              };
          assertEquals(expected, classifier.method());
        }
      }
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void aDjlModelGivesTheSame() throws Exception {
    ModelZoo zoo = zoo();
    ClassifierHead head = textHead(zoo, Reads.RELATIVE, Centering.ANCHORS);
    FloatMatrix shares;
    try (var classifier = StitchedClassifier.ofTexts(zoo, "minilm", head, Optional.empty())) {
      shares = classifier.probabilities(TEXTS);
    }
    try (var model = zoo.stitch("minilm", head);
        Predictor<String, Classifications> predictor = model.newPredictor()) {
      List<Classifications> found = predictor.batchPredict(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertEquals(shares.get(i, 0), found.get(i).get("animal").getProbability(), 1e-6);
      }
      assertEquals("vehicle", predictor.predict(TEXTS.get(1)).best().getClassName());
    }
  }

  @Test
  void imagesComeFromDjlToo() throws Exception {
    ModelZoo zoo = zoo();
    ClassifierHead head =
        head(zoo, "rexnet-digits", "digits", SOME, Reads.RELATIVE, Centering.ANCHORS);
    LabelledData data = zoo.dataset("digits", SOME);
    List<ImageSource> images =
        data.requireImages().test().stream().map(s -> s.input()).limit(10).toList();
    FloatMatrix shares;
    try (var classifier = StitchedClassifier.ofImages(zoo, "vit-digits", head, Optional.empty())) {
      shares = classifier.probabilities(images);
    }
    try (var model = zoo.stitchImages("vit-digits", head);
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      int right = 0;
      for (int i = 0; i < images.size(); i++) {
        Image image =
            ImageFactory.getInstance()
                .fromInputStream(new ByteArrayInputStream(images.get(i).file()));
        Classifications found = predictor.predict(image);
        int best = shares.rowRange(i, i + 1).argMaxRows()[0];
        assertEquals(head.spec().classes().get(best), found.best().getClassName());
        right += best == data.requireImages().test().get(i).label() ? 1 : 0;
      }
      assertTrue(right >= 7, "right " + right);
    }
    Failures.usage(
        () -> zoo.stitch("minilm", head), "are images but 'minilm' reads texts", "plug in");
  }

  @Test
  void whatTheAnchorsCannotTellIsEstimatedWithAWarning() throws IOException {
    ModelZoo zoo = zoo();
    ClassifierHead head = textHead(zoo, Reads.RELATIVE, Centering.DATA);
    try (var own = StitchedClassifier.ofTexts(zoo, "bge-small", head, Optional.empty())) {
      assertEquals(List.of("animal", "vehicle"), classes(own));
    }
    assertEquals(List.of(), warnings);
    try (var other = StitchedClassifier.ofTexts(zoo, "minilm", head, Optional.empty())) {
      assertEquals(List.of("animal", "vehicle"), classes(other));
    }
    assertTrue(warnings.get(0).contains("those of 'minilm' are estimated"), warnings::toString);
  }

  @Test
  void headsThatLackWhatItTakesAreRefused() throws IOException {
    ModelZoo zoo = zoo();
    ClassifierHead head = textHead(zoo, Reads.RELATIVE, Centering.ANCHORS);
    ClassifierHead privately = head.with(head.standalone().orElseThrow().withoutInputs());
    Failures.badInput(() -> zoo.stitch("minilm", privately), "--anchor-texts", "'bge-small'");
    zoo.stitch("bge-small", privately).close();
    Failures.badInput(
        () -> StitchedClassifier.ofTexts(zoo, "minilm", head, Optional.of(Method.AUTO)),
        "method 'auto' needs a head on absolute vectors");
    Failures.usage(
        () -> zoo.stitchImages("vit-digits", head), "are texts but 'vit-digits' reads images");
    Failures.usage(() -> zoo.stitch("vit-digits", head), "");
  }
}
