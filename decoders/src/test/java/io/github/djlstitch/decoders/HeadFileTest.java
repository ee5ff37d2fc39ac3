// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.clusters;
import static io.github.djlstitch.decoders.Problems.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.file.DType;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Anchors.Prototype;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.decoders.Problems.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadFileTest {
  private static final Problem PROBLEM = clusters(1, 40, 3, 1, 1, 1, 1);
  private static final FloatMatrix VECTORS =
      FloatMatrix.of(new float[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("new/head.safetensors");
  }

  private static ClassifierHead head(HeadOptions.Kind kind) {
    return PROBLEM.train(new HeadOptions(kind, OptionalDouble.of(1e-3), false, 1, 1e-3, 16), 7);
  }

  private static AnchorInputs inputs() {
    return AnchorInputs.ofTexts(
        head(HeadOptions.Kind.LINEAR).spec().anchors().ids(),
        List.of("one", "zw\u00f6lf", "\ud83d\udc08", "four"));
  }

  private static ClassifierHead standalone() {
    return head(HeadOptions.Kind.LINEAR)
        .with(Standalone.of(new AnchoredSpace(VECTORS, VECTORS), inputs(), "{\"seed\": 3}"));
  }

  private void save() {
    HeadFile.save(standalone(), file);
  }

  @ParameterizedTest
  @EnumSource(HeadOptions.Kind.class)
  void whatIsSavedIsLoaded(HeadOptions.Kind kind) {
    ClassifierHead head = head(kind);
    HeadFile.save(head, file);
    ClassifierHead loaded = HeadFile.load(file);
    assertEquals(head.spec(), loaded.spec());
    assertEquals(head.metrics(), loaded.metrics());
    assertEquals(head.weights(), loaded.weights());
    assertEquals(head.decode(PROBLEM.inputs()), loaded.decode(PROBLEM.inputs()));
    assertTrue(loaded.standalone().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aWeightThatIsNotFiniteIsNamed(float value) {
    ClassifierHead head = head(HeadOptions.Kind.LINEAR);
    FloatMatrix bias = FloatMatrix.of(1, 3, 1, value, 3);
    FloatMatrix weight = ((LinearWeights) head.weights()).weight();
    HeadFile.save(new ClassifierHead(head.spec(), new LinearWeights(weight, bias), Map.of()), file);
    refusedToLoad("tensor 'head.bias' has a value that is not finite in row 0", Kind.BAD_INPUT);
  }

  @Test
  void whatItTakesToStandAloneIsInTheSameFile() throws IOException {
    ClassifierHead head = standalone().withMetric("test_accuracy", .5);
    HeadFile.save(head, file);
    ClassifierHead loaded = HeadFile.load(file);
    assertEquals(head.standalone(), loaded.standalone());
    assertEquals(.5, loaded.metrics().get("test_accuracy"));
    try (var files = Files.list(folder.resolve("new"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void imagesAreKeptByteForByte() {
    List<byte[]> images = List.of(new byte[] {1, 2}, new byte[0], new byte[] {3}, new byte[] {-4});
    var both = new AnchorInputs(inputs().ids(), inputs().texts(), images);
    var space = new AnchoredSpace(VECTORS, VECTORS);
    HeadFile.save(head(HeadOptions.Kind.LINEAR).with(Standalone.of(space, both, "{}")), file);
    AnchorInputs loaded = HeadFile.load(file).standalone().orElseThrow().inputs().orElseThrow();
    assertEquals(both.texts(), loaded.texts());
    assertEquals(both.sha256(), loaded.sha256());
    for (int i = 0; i < images.size(); i++) {
      assertArrayEquals(images.get(i), loaded.images().get(i));
    }
  }

  @Test
  void vectorsThatTheInputsDependOnAreKept() {
    FloatMatrix data = FloatMatrix.of(new float[][] {{0, 1}, {2, 3}, {4, 9}});
    var known = Standalone.of(new AnchoredSpace(VECTORS, data), inputs(), "{}");
    HeadFile.save(head(HeadOptions.Kind.LINEAR).with(known), file);
    assertEquals(data, HeadFile.load(file).standalone().orElseThrow().space().data());
  }

  @Test
  void privateInputsStayOutAndComeBackUnchangedOnly() throws IOException {
    Standalone known = standalone().standalone().orElseThrow();
    HeadFile.save(standalone().with(known.withoutInputs()), file);
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertEquals(-1, bytes.indexOf("four"));
    Standalone loaded = HeadFile.load(file).standalone().orElseThrow();
    assertEquals(Optional.empty(), loaded.inputs());
    assertEquals(known, loaded.with(inputs()));
    var others = AnchorInputs.ofTexts(inputs().ids(), List.of("one", "two", "three", "four"));
    refused(
        "are others than the head was trained with", Kind.VERIFICATION, () -> loaded.with(others));
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void everySimilarityIsRead(Similarity.Kind kind) {
    ClassifierHead head = head(HeadOptions.Kind.LINEAR);
    var usual = kind == Similarity.Kind.MINKOWSKI ? new Similarity(kind, 3) : Similarity.of(kind);
    for (var similarity : kind.distance() ? List.of(usual, usual.positive()) : List.of(usual)) {
      DecoderSpec spec = spec(head.spec(), head.spec().anchors(), similarity);
      HeadFile.save(new ClassifierHead(spec, head.weights(), head.metrics()), file);
      assertEquals(similarity, HeadFile.load(file).spec().similarity());
    }
  }

  private static DecoderSpec spec(DecoderSpec spec, Anchors anchors, Similarity similarity) {
    return new DecoderSpec(
        spec.reads(),
        spec.training(),
        anchors,
        similarity,
        spec.centering(),
        spec.width(),
        spec.classes(),
        spec.head(),
        spec.seed());
  }

  @Test
  void prototypesAndTheirDataSetAreSavedWithTheHead() {
    ClassifierHead plain = head(HeadOptions.Kind.LINEAR);
    DecoderSpec spec = plain.spec();
    var blend = new Prototype(List.of("anchor-0", "x"), List.of(1 / 3.0, 1 - 1 / 3.0));
    List<Prototype> prototypes = new ArrayList<>(List.of(blend));
    spec.anchors().ids().stream().skip(1).map(Prototype::of).forEach(prototypes::add);
    Anchors anchors = Anchors.ofPrototypes(prototypes, "kmeans-mean", 3).from("d2");
    List<String> samples = List.of("anchor-0", "x", "anchor-1", "anchor-2", "anchor-3");
    assertEquals(samples, anchors.samples());
    var space = new AnchoredSpace(VECTORS, VECTORS);
    var inputs = AnchorInputs.ofTexts(samples, List.of("a", "b", "c", "d", "e"));
    ClassifierHead head =
        new ClassifierHead(spec(spec, anchors, spec.similarity()), plain.weights(), plain.metrics())
            .with(Standalone.of(space, inputs, "{}"));
    HeadFile.save(head, file);
    assertEquals(head.spec(), HeadFile.load(file).spec());
    assertEquals(head.standalone(), HeadFile.load(file).standalone());
    refused(
        "made of other samples than its 4 anchor inputs",
        Kind.BAD_INPUT,
        () -> head.with(Standalone.of(space, inputs(), "{}")));
  }

  @Test
  void productHeadsAreFourTimesAsWideAsTheirAnchors() {
    DecoderSpec four = head(HeadOptions.Kind.LINEAR).spec();
    var spec =
        new DecoderSpec(
            DecoderSpec.Reads.PRODUCT,
            four.training(),
            four.anchors(),
            Similarity.cosine(),
            Centering.DATA,
            16,
            four.classes(),
            DecoderSpec.Head.of("linear"),
            1);
    FloatMatrix weight = FloatMatrix.of(3, 16, new float[48]);
    var weights = new LinearWeights(weight, FloatMatrix.of(1, 3, 1, 2, 3));
    HeadFile.save(new ClassifierHead(spec, weights, Map.of()), file);
    assertEquals(spec, HeadFile.load(file).spec());
    assertEquals(weights, HeadFile.load(file).weights());
  }

  @Test
  void sameHeadIsSavedToTheSameBytes() throws IOException {
    save();
    HeadFile.save(standalone(), folder.resolve("again.safetensors"));
    assertEquals(-1, Files.mismatch(file, folder.resolve("again.safetensors")));
  }

  @Test
  void flippedBytesAreFound() throws IOException {
    save();
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at += 3) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      try {
        // A space of the header's padding may become another blank; nothing else may change.
        assertEquals(standalone().standalone(), HeadFile.load(file).standalone(), "byte " + at);
        assertEquals(' ', bytes[at], "byte " + at);
      } catch (StitchException e) {
        assertTrue(
            e.kind() == Kind.VERIFICATION || e.kind() == Kind.BAD_INPUT, "byte " + at + ": " + e);
      }
    }
  }

  @Test
  void anyCutIsRefused() throws IOException {
    save();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      refusedToLoad("safetensors", Kind.BAD_INPUT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anchor-2 | anchor-x | VERIFICATION | the sha256 of its list of anchors is",
        "\"reads\":\"relative\" | \"reads\":\"both\" | BAD_INPUT | not 'both'",
        "\"reads\":\"relative\" | \"reads\":\"product\" | BAD_INPUT | expected 16",
        "\"width\":4 | \"width\":5 | BAD_INPUT | over 4 anchors cannot read 5",
        "\"width\":4 | \"width\":99999999999 | BAD_INPUT | 'width'",
        "\"class 2\" | \"class 2\",\"class 3\" | BAD_INPUT | 4 classes but its weights map 4 to 3",
        "linear l2 | conv l2 | BAD_INPUT | of the unknown kind 'conv'",
        "linear l2 | mlp l2 | BAD_INPUT | needs tensors 'fc1.weight' and 'out.weight'",
        "\"standalone\" | \"other\" | BAD_INPUT | ",
      })
  void aDescriptionThatContradictsItselfIsRefused(
      String from, String to, Kind kind, String message) {
    save();
    rewrite(card -> card.replace(from, to), Map.of());
    if (message == null) {
      assertTrue(HeadFile.load(file).standalone().isEmpty());
    } else {
      refusedToLoad(message, kind);
    }
  }

  // Writes the file again with consistent digests, as somebody who wants to do harm would.
  private void rewrite(UnaryOperator<String> change, Map<String, Tensor> others) {
    Safetensors old = Safetensors.open(file);
    List<Tensor> tensors = new ArrayList<>();
    String card = change.apply(old.metadata().get("card"));
    for (String name : old.names()) {
      int[] shape = old.info(name).shape().stream().mapToInt(Math::toIntExact).toArray();
      Tensor same = Tensor.of(name, old.info(name).dtype(), shape, old.raw(name));
      Tensor now = others.getOrDefault(name, same);
      tensors.add(now);
      card = card.replace(old.sha256(name), now.sha256());
    }
    Map<String, String> about = new HashMap<>(old.metadata());
    about.put("card", card);
    about.put("card_sha256", Sha256.builder().add(card).hex());
    SafetensorsWriter.write(file, about, tensors);
  }

  @Test
  void tensorsThatDoNotFitAreRefusedThoughTheDigestsFit() {
    save();
    var short2 = Tensor.of("head.bias", FloatMatrix.of(1, 2, 0, 0));
    refusedWith(short2, "needs a bias of shape (1, 3) but has FloatMatrix(1, 2)");
    refusedWith(
        Tensor.of("anchors", FloatMatrix.of(3, 2, new float[6])), "has 4 anchors but vectors of 3");
    byte[] far = new byte[32];
    far[6] = 1;
    refusedWith(
        Tensor.of("inputs.texts.ends", DType.I64, new int[] {4}, far),
        "input 0 of 'inputs.texts' ends at byte");
    refusedWith(
        Tensor.of("inputs.texts.ends", DType.I64, new int[] {1}, new byte[8]),
        "need as many texts or images but have 1 texts");
  }

  private void refusedWith(Tensor other, String message) {
    save();
    rewrite(card -> card, Map.of(other.name(), other));
    refusedToLoad(message, Kind.BAD_INPUT);
  }

  @Test
  void aTensorMoreOrLessIsRefused() {
    save();
    Safetensors old = Safetensors.open(file);
    SafetensorsWriter.write(
        file, old.metadata(), List.of(Tensor.of("head.bias", FloatMatrix.of(1, 3, 0, 0, 0))));
    refusedToLoad("has tensors [head.bias] but was written with", Kind.VERIFICATION);
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
  void missingAndForeignFilesAreNamed() {
    refusedToLoad("'" + file + "' does not exist", Kind.BAD_INPUT);
    SafetensorsWriter.write(file, Map.of("format", "pt"), List.of());
    refusedToLoad(
        "is not a head; 'stitch train --out NAME.safetensors' writes one", Kind.BAD_INPUT);
  }

  @Test
  void filesOfOtherVersionsAreRefusedByVersion() throws IOException {
    save();
    Safetensors now = Safetensors.open(file);
    Map<String, String> later = new HashMap<>(now.metadata());
    later.put("schema", "3");
    SafetensorsWriter.write(file, later, List.of());
    refusedToLoad("has schema 3 but this version reads 2", Kind.BAD_INPUT);
    Path old = Files.writeString(folder.resolve("old.json"), "{}");
    refused("heads are single .safetensors files now", Kind.BAD_INPUT, () -> HeadFile.load(old));
  }

  private void refusedToLoad(String part, Kind kind) {
    refused(part, kind, () -> HeadFile.load(file));
  }

  @Test
  void otherEndingsAreRefused() throws IOException {
    Path other = folder.resolve("head.bin");
    refused("ends in .safetensors", Kind.BAD_INPUT, () -> HeadFile.save(standalone(), other));
    assertEquals(List.of(), files());
  }

  @Test
  void nothingIsLeftWhereAFileStandsInTheWay() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "mine");
    Path inside = blocked.resolve("head.safetensors");
    refused("is not a folder", Kind.RESOURCES, () -> HeadFile.save(standalone(), inside));
    assertEquals("mine", Files.readString(blocked));
    assertEquals(List.of("file"), files());
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
