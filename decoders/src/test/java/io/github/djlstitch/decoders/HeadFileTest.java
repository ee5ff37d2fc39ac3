// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.clusters;
import static io.github.djlstitch.decoders.Problems.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Anchors.Prototype;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.decoders.Problems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadFileTest {
  private static final Problem PROBLEM = clusters(1, 40, 3, 1, 1, 1, 1);

  @TempDir Path folder;
  private Path json;
  private Path weights;

  @BeforeEach
  void place() {
    json = folder.resolve("new/head.json");
    weights = folder.resolve("new/head.safetensors");
  }

  private static ClassifierHead head(HeadOptions.Kind kind) {
    return PROBLEM.train(new HeadOptions(kind, OptionalDouble.of(1e-3), false, 1, 1e-3, 16), 7);
  }

  private void save() {
    HeadFile.save(head(HeadOptions.Kind.LINEAR), json);
  }

  @ParameterizedTest
  @EnumSource(HeadOptions.Kind.class)
  void whatIsSavedIsLoaded(HeadOptions.Kind kind) {
    ClassifierHead head = head(kind);
    HeadFile.save(head, json);
    ClassifierHead loaded = HeadFile.load(json);
    assertEquals(head.spec(), loaded.spec());
    assertEquals(head.metrics(), loaded.metrics());
    assertEquals(head.weights(), loaded.weights());
    assertEquals(head.decode(PROBLEM.inputs()), loaded.decode(PROBLEM.inputs()));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aWeightThatIsNotFiniteIsNamed(float value) {
    ClassifierHead head = head(HeadOptions.Kind.LINEAR);
    FloatMatrix bias = FloatMatrix.of(1, 3, 1, value, 3);
    FloatMatrix weight = ((LinearWeights) head.weights()).weight();
    HeadFile.save(new ClassifierHead(head.spec(), new LinearWeights(weight, bias), Map.of()), json);
    refusedToLoad("tensor 'bias' has a value that is not finite in row 0", Kind.BAD_INPUT);
  }

  @Test
  void lambdaOfOlderFilesIsRead() throws IOException {
    HeadFile.save(head(HeadOptions.Kind.LINEAR), json);
    String older = Files.readString(json).replace("\"parameter\"", "\"lambda\"");
    Files.writeString(json, older);
    assertEquals(Similarity.coordinates(0.5), HeadFile.load(json).spec().similarity());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void orderAndSignOfDistancesAreKept(boolean negated) throws IOException {
    HeadFile.save(head(HeadOptions.Kind.LINEAR), json);
    String sign = negated ? "negated" : "positive";
    String distances = "\"minkowski\",\n  \"distances\": \"" + sign + "\"";
    String edited = Files.readString(json).replace("\"coordinates\"", distances);
    Files.writeString(json, edited.replace("\"parameter\": 0.5", "\"parameter\": 3"));
    ClassifierHead loaded = HeadFile.load(json);
    var expected = new Similarity(Similarity.Kind.MINKOWSKI, 3, negated);
    assertEquals(expected, loaded.spec().similarity());
    HeadFile.save(loaded, json);
    assertEquals(expected, HeadFile.load(json).spec().similarity());
  }

  @Test
  void prototypesAndTheirDataSetAreSavedWithTheHead() throws IOException {
    ClassifierHead plain = head(HeadOptions.Kind.LINEAR);
    DecoderSpec spec = plain.spec();
    var blend = new Prototype(List.of("anchor-0", "x"), List.of(1 / 3.0, 1 - 1 / 3.0));
    List<Prototype> prototypes = new ArrayList<>(List.of(blend));
    spec.anchors().ids().stream().skip(1).map(Prototype::of).forEach(prototypes::add);
    Anchors anchors = Anchors.ofPrototypes(prototypes, "kmeans-mean", 3).from("d2");
    var head =
        new ClassifierHead(
            new DecoderSpec(
                spec.reads(),
                spec.training(),
                anchors,
                spec.similarity(),
                spec.centering(),
                spec.width(),
                spec.classes(),
                spec.head(),
                spec.seed()),
            plain.weights(),
            plain.metrics());
    HeadFile.save(head, json);
    assertEquals(head.spec(), HeadFile.load(json).spec());
    String text = Files.readString(json);
    Files.writeString(json, text.replace("\"x\"", "\"y\""));
    refusedToLoad("anchors of", Kind.VERIFICATION);
    Files.writeString(json, text.replace("d2", "d3"));
    refusedToLoad("anchors of", Kind.VERIFICATION);
    save();
    assertEquals(-1, Files.readString(json).indexOf("prototypes"));
  }

  @Test
  void productHeadsAreFourTimesAsWideAsTheirAnchors() throws IOException {
    save();
    String text = Files.readString(json);
    Files.writeString(json, text.replace("\"relative\"", "\"product\""));
    refusedToLoad(
        "a product head over 4 anchors cannot read 4 values; expected 16", Kind.BAD_INPUT);
    DecoderSpec four = head(HeadOptions.Kind.LINEAR).spec();
    var spec =
        new DecoderSpec(
            DecoderSpec.Reads.PRODUCT,
            four.training(),
            four.anchors(),
            Similarity.cosine(),
            four.centering(),
            16,
            four.classes(),
            DecoderSpec.Head.of("linear"),
            1);
    FloatMatrix weight = FloatMatrix.of(3, 16, new float[48]);
    var weights = new LinearWeights(weight, FloatMatrix.of(1, 3, 1, 2, 3));
    HeadFile.save(new ClassifierHead(spec, weights, Map.of()), json);
    assertEquals(spec, HeadFile.load(json).spec());
    assertEquals(weights, HeadFile.load(json).weights());
  }

  @Test
  void sameHeadIsSavedToTheSameBytes() throws IOException {
    save();
    HeadFile.save(head(HeadOptions.Kind.LINEAR), folder.resolve("again.json"));
    assertEquals(-1, Files.mismatch(json, folder.resolve("again.json")));
    assertEquals(-1, Files.mismatch(weights, folder.resolve("again.safetensors")));
  }

  @Test
  void anyFlippedByteOfTheWeightsIsFound() throws IOException {
    save();
    byte[] bytes = Files.readAllBytes(weights);
    for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(weights, flipped);
      refusedToLoad("but the head's file says", Kind.VERIFICATION);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anchor-2, anchor-x, VERIFICATION, anchors of",
    "decoder, latent-space, BAD_INPUT, field 'kind' is 'latent-space'",
    "'\"schema\": \"1\"', '\"schema\": \"2\"', BAD_INPUT, field 'schema' is '2'",
    "'\"reads\": \"relative\"', '\"reads\": \"both\"', BAD_INPUT, 'not ''both'''",
    "'\"width\": 4', '\"width\": 5', BAD_INPUT, over 4 anchors cannot read 5",
    "'\"class 2\"', '\"class 2\", \"class 3\"', BAD_INPUT, 4 classes but its weights map 4 to 3",
    "'\"seed\"', '\"seeds\"', BAD_INPUT, no field 'anchors.seed'"
  })
  void editedCardIsRefused(String from, String to, Kind kind, String message) throws IOException {
    save();
    Files.writeString(json, Files.readString(json).replace(from, to));
    refusedToLoad(message, kind);
  }

  @Test
  void tensorsThatDoNotFitAreRefusedThoughTheDigestFits() throws IOException {
    save();
    FloatMatrix weight = FloatMatrix.of(3, 4, new float[12]);
    replaceWeights(Tensor.of("weight", weight));
    refusedToLoad("needs tensors 'weight' and 'bias' but has [weight]", Kind.BAD_INPUT);
    replaceWeights(Tensor.of("weight", weight), Tensor.of("bias", FloatMatrix.of(1, 2, 0, 0)));
    refusedToLoad("needs a bias of shape (1, 3) but has FloatMatrix(1, 2)", Kind.BAD_INPUT);
    Files.writeString(json, Files.readString(json).replace("linear l2", "mlp l2"));
    refusedToLoad("needs tensors 'fc1.weight' and 'out.weight'", Kind.BAD_INPUT);
  }

  private void replaceWeights(Tensor... tensors) throws IOException {
    String old = Sha256.ofFile(weights);
    SafetensorsWriter.write(weights, Map.of(), List.of(tensors));
    Files.writeString(json, Files.readString(json).replace(old, Sha256.ofFile(weights)));
  }

  @Test
  void mlpThatLacksATensorIsRefused() {
    var cut =
        new MlpWeights(
            Map.of(
                "fc1.weight", FloatMatrix.of(MlpWeights.HIDDEN, 1, new float[MlpWeights.HIDDEN]),
                "out.weight", FloatMatrix.of(1, MlpWeights.HIDDEN, new float[MlpWeights.HIDDEN])));
    refused(
        "an MLP head needs tensor 'norm.gamma'",
        Kind.BAD_INPUT,
        () -> cut.decode(FloatMatrix.of(1, 1, 1)));
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    refusedToLoad("no file '" + json, Kind.BAD_INPUT);
    save();
    Files.delete(weights);
    refusedToLoad("no weights '" + weights, Kind.BAD_INPUT);
  }

  private void refusedToLoad(String part, Kind kind) {
    refused(part, kind, () -> HeadFile.load(json));
  }

  @Test
  void otherNamesThanJsonAreRefused() throws IOException {
    Path other = folder.resolve("head.safetensors");
    ClassifierHead head = head(HeadOptions.Kind.LINEAR);
    refused("named by its .json file", Kind.BAD_INPUT, () -> HeadFile.save(head, other));
    refused("named by its .json file", Kind.BAD_INPUT, () -> HeadFile.weights(folder));
    assertEquals(List.of(), files());
  }

  @Test
  void nothingIsLeftWhereAFileStandsInTheWay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    ClassifierHead head = head(HeadOptions.Kind.LINEAR);
    refused(
        "is not a folder", Kind.RESOURCES, () -> HeadFile.save(head, file.resolve("head.json")));
    assertEquals("mine", Files.readString(file));
    assertEquals(List.of("file"), files());
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
