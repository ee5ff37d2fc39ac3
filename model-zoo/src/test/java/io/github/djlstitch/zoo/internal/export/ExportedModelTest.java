// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.repository.zoo.Criteria;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
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
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported folders, loaded by plain DJL without a class of this library. */
final class ExportedModelTest {
  private static final List<String> TEXTS =
      List.of(
          "a CAT sleeps on the mat",
          "ships",
          "",
          "Straße, naïve café \u4e2d\u6587 [SEP] unaffable",
          "the ship sails. ".repeat(200));

  @TempDir static Path cache;
  @TempDir Path folder;
  private static ModelZoo zoo;
  private static EncodedDataset own;
  private static EncodedDataset target;
  private static Anchors anchors;
  private static Encoder<String> encoder;

  @BeforeAll
  static void open() throws IOException {
    var options = ZooOptions.in(cache);
    zoo = ModelZoo.open(options.withHub(options.hub().withOffline(true)));
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i + "," + i + (i % 3 == 0 ? " cats,animal" : " ships,\"a ship\""))
            .collect(Collectors.joining("\n", "id,text,label\n", "\n"));
    LabelledData data = zoo.dataset("csv:" + Files.writeString(cache.resolve("pets.csv"), rows));
    own = zoo.encode("minilm", data);
    target = zoo.encode("bge-small", data);
    anchors = new Anchors(target.train().ids().subList(0, 12), "first", 0);
    encoder = zoo.encoder("minilm");
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private static Stitching stitching(Method method, HeadOptions.Kind kind) {
    HeadOptions how = HeadOptions.of(kind);
    Reads reads = method.reads();
    var recipe = new HeadRecipe(reads, Similarity.cosine(), Centering.ANCHORS, how.head(), 0);
    Decoder head = recipe.make(target.train(), anchors, zoo.heads(how));
    return Stitching.of(
        method,
        AnchoredSpace.of(own.train(), anchors),
        AnchoredSpace.of(target.train(), anchors),
        BridgeOptions.defaults(),
        head);
  }

  @ParameterizedTest
  @CsvSource({
    "RELATIVE, LINEAR",
    "AUTO, LINEAR",
    "COORDINATES, MLP",
    "RELATIVE, OFFICIAL_UNIT_TEXT",
    "PRODUCT, OFFICIAL_IMAGE"
  })
  void plainDjlGivesTheSame(Method method, HeadOptions.Kind kind) throws Exception {
    Stitching stitching = stitching(method, kind);
    Path place = folder.resolve("model of mine");
    ExportedModel.of(encoder, stitching).write(place);
    FloatMatrix scores = stitching.decode(encoder.encode(TEXTS)); // (N, C)
    Criteria<String, Classifications> criteria =
        Criteria.builder()
            .setTypes(String.class, Classifications.class)
            .optModelPath(place)
            .optEngine("PyTorch")
            .optArgument("translatorFactory", translator(place))
            .build();
    try (var model = criteria.loadModel();
        Predictor<String, Classifications> predictor = model.newPredictor()) {
      List<Classifications> together = predictor.batchPredict(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertSame(scores.row(i), predictor.predict(TEXTS.get(i)));
        assertSame(scores.row(i), together.get(i));
      }
    }
  }

  // DJL Serving reads it by itself, Criteria when told to.
  private static String translator(Path place) throws IOException {
    var settings = new Properties();
    try (var in = Files.newBufferedReader(place.resolve("serving.properties"))) {
      settings.load(in);
    }
    return settings.getProperty("translatorFactory");
  }

  private static void assertSame(float[] scores, Classifications found) {
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score);
    }
    List<String> classes = target.train().classes();
    Map<String, Double> shares =
        found.items().stream()
            .collect(
                Collectors.toMap(
                    Classifications.Classification::getClassName,
                    Classifications.Classification::getProbability));
    assertEquals(classes.size(), shares.size());
    for (int c = 0; c < scores.length; c++) {
      assertEquals(
          Math.exp(scores[c]) / sum, Objects.requireNonNull(shares.get(classes.get(c))), 1e-5);
    }
  }

  @Test
  void theFolderSaysHowToUseIt() throws IOException {
    Path place = folder.resolve("a").resolve("b");
    ExportedModel.of(encoder, stitching(Method.RELATIVE, HeadOptions.Kind.LINEAR)).write(place);
    try (Stream<Path> files = Files.list(place)) {
      assertEquals(
          List.of(
              "README.md",
              "config.json",
              "model.pt",
              "serving.properties",
              "synset.txt",
              "tokenizer.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    assertEquals("a ship\nanimal\n", Files.readString(place.resolve("synset.txt")));
    assertEquals(
        """
        engine=PyTorch
        translatorFactory=ai.djl.huggingface.translator.TextClassificationTranslatorFactory
        maxLength=256
        modelMaxLength=256
        """,
        Files.readString(place.resolve("serving.properties")));
    String readme = Files.readString(place.resolve("README.md"));
    assertTrue(readme.startsWith("# minilm into bge-small-head\n"), readme);
    assertTrue(readme.contains("at most 256 tokens"), readme);
    assertFalse(readme.contains("%"), readme);
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    var model = ExportedModel.of(encoder, stitching(Method.RELATIVE, HeadOptions.Kind.LINEAR));
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Failures.usage(() -> model.write(taken), "taken' exists already");
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Failures.usage(() -> model.write(file), "file' exists already");
    assertResources("Not a directory", () -> model.write(file.resolve("below")));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void whatFailsLeavesNoFolder() throws IOException {
    Path place = folder.resolve("half");
    assertResources(
        "No space left",
        () ->
            WholeFolder.write(
                place,
                files -> {
                  files.add("one", "done");
                  files.add(
                      "two",
                      out -> {
                        throw new IOException("No space left on device");
                      });
                }));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static void assertResources(String part, Executable action) {
    var e = assertThrows(StitchException.class, action);
    assertEquals(Kind.RESOURCES, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
