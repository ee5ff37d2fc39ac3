// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Anchors.Prototype;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Spaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpaceCardFileTest {
  private static final Anchors ANCHORS = new Anchors(List.of("s4", "s0", "s7", "s2"), "uniform", 5);
  private static final LatentSpace X = Spaces.of(gaussian(1, 20, 6));
  private static final LatentSpace Y = Spaces.of(gaussian(2, 20, 3));
  private static final int AUTOMATIC = 5;
  private static final int CODECS = 6;

  @TempDir Path folder;
  private Path file;
  private Path json;

  @BeforeEach
  void place() {
    file = folder.resolve("new/x.safetensors");
    json = folder.resolve("new/x.json");
  }

  private static List<SpaceCodec> codecs(LatentSpace space) {
    var own = AnchoredSpace.of(space, ANCHORS);
    var pruned = new Subspaces(4, .5, List.of(List.of(0, 2), List.of(1, 2, 3)));
    var options = Irp.plain(Centering.ANCHORS);
    return List.of(
        new CodecSpec.Coordinates(Centering.NONE, .1).fit(own),
        options.over(pruned).fit(own),
        options.withInverse(Inverse.parseval()).over(pruned).fit(own),
        CodecSpec.Parseval.defaults().fit(own),
        new CodecSpec.Balanced().fit(own),
        new CodecSpec.Automatic().fit(own));
  }

  private static SpaceCard card(LatentSpace space, int codec) {
    return new SpaceCard(codecs(space).get(codec), ANCHORS, space.provenance());
  }

  @Test
  void whatIsSavedIsLoadedToTheLastBit() {
    for (int k = 0; k < CODECS; k++) {
      SpaceCard x = card(X, k);
      SpaceCard y = card(Y, k);
      SpaceCard x2 = reloaded(x, "x");
      SpaceCard y2 = reloaded(y, "y");
      assertEquals(x.anchors(), x2.anchors());
      assertEquals(x.provenance(), x2.provenance());
      assertEquals(x.codec().spec(), x2.codec().spec());
      assertEquals(x.codec().numbers(), x2.codec().numbers());
      assertEquals(x.codec().diagnostics(), x2.codec().diagnostics());
      FloatMatrix expected = x.translate(X.vectors(), y);
      assertEquals(expected, x2.translate(X.vectors(), y2));
      assertEquals(y.codec().rescaled(expected), y2.codec().rescaled(expected));
      assertEquals(k == AUTOMATIC, x2.codec().memory().isPresent());
      assertEquals(x.codec().memory(), x2.codec().memory());
      assertEquals(x.codec().decoderParameters(), x2.codec().decoderParameters());
    }
  }

  @Test
  void prototypesAreSavedWithTheirWeights() throws IOException {
    var blend = new Prototype(List.of("s1", "s9"), List.of(1 / 3.0, 1 - 1 / 3.0));
    List<Prototype> prototypes = List.of(blend, Prototype.of("s0"), Prototype.of("s7"));
    Anchors anchors = Anchors.ofPrototypes(prototypes, "kmeans-mean", 3);
    var codec = new CodecSpec.Automatic().fit(AnchoredSpace.of(X, anchors));
    SpaceCard again = reloaded(new SpaceCard(codec, anchors, X.provenance()), "p");
    assertEquals(anchors, again.anchors());
    assertEquals(X.anchors(anchors), X.anchors(again.anchors()));
    Path card = folder.resolve("p.json");
    Files.writeString(card, Files.readString(card).replace("\"s9\"", "\"s8\""));
    refused(
        "anchors.sha256",
        Kind.VERIFICATION,
        () -> SpaceCardFile.load(folder.resolve("p.safetensors")));
  }

  @Test
  void memoriesThatDoNotFitAreRefusedThoughTheDigestFits() throws IOException {
    String expected = "expected one or more rows of 6 for the codec 'auto'";
    replaced(AUTOMATIC, Tensor.of("memory", gaussian(1, 4, 5)), expected);
    FloatMatrix none = FloatMatrix.wrap(0, 6, new float[0]);
    replaced(AUTOMATIC, Tensor.of("memory", none), expected);
    FloatMatrix nan = Matrices.of(3, 6, (i, j) -> i == 2 ? Double.NaN : 1);
    replaced(AUTOMATIC, Tensor.of("memory", nan), "row 2 of 'memory' has a value");
    FloatMatrix many = Matrices.of(8193, 6, (i, j) -> 1);
    replaced(AUTOMATIC, Tensor.of("memory", many), "a memory of 8193 vectors");
    FloatMatrix some = gaussian(1, 4, 6);
    replaced(1, Tensor.of("memory", some), "expected no rows of 6 for the codec 'irp'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sharpness\": | \"sharpness\": -5, \"was\": | a sharpness from 1 to 1000",
        "\"sharpness\": | \"sharpness\": 1e9, \"was\": | a sharpness from 1 to 1000",
        "\"sharpness\": | \"blunt\": | codec 'auto' without 'sharpness'",
        "\"name\": \"auto\" | \"name\": \"balanced\" | expected no rows of 6",
      })
  void aChangedSharpnessIsRefused(String old, String changed, String part) throws IOException {
    SpaceCardFile.save(card(X, AUTOMATIC), file);
    String text = Files.readString(json);
    assertTrue(text.contains(old), text);
    Files.writeString(json, text.replace(old, changed));
    refused(part, Kind.BAD_INPUT, () -> SpaceCardFile.load(file));
  }

  private SpaceCard reloaded(SpaceCard card, String name) {
    Path place = folder.resolve(name + ".safetensors");
    SpaceCardFile.save(card, place);
    assertTrue(SpaceCardFile.isCard(place));
    return SpaceCardFile.load(place);
  }

  @Test
  void aCodecIsMadeAgainFromItsDescription() {
    var own = AnchoredSpace.of(Y, ANCHORS);
    for (int k = 0; k < CODECS; k++) {
      SpaceCodec again = codecs(X).get(k).spec().fit(own);
      assertEquals(codecs(Y).get(k).decoder(), again.decoder());
      assertEquals(codecs(Y).get(k).spec(), again.spec());
      assertEquals(codecs(Y).get(k).numbers(), again.numbers());
    }
  }

  /** Cards are exchanged, so their descriptions must not change. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | coordinates | none | {'lambda':0.1} | 0.0",
        "1 | irp | anchors | {} | 0.5",
        "2 | irp-parseval | anchors | {} | 0.5",
        "3 | parseval | data | {'components':2.0,'lambda':0.1,'power':0.0} | 0.0",
        "4 | balanced | data"
            + " | {'components':3.0,'lambda':0.23333333333333334,'split':0.6666666666666666} | 0.0",
      })
  void codecsAreDescribedInTheSameWords(
      int codec, String name, String center, String options, String delta) {
    String expected =
        "{'name':'%s','center':'%s','options':%s,'delta':%s}"
            .formatted(name, center, options, delta);
    String found = SpaceCardJson.codec(card(X, codec).codec()).toString();
    assertEquals(expected.replace('\'', '"'), found);
  }

  @Test
  void everyInverseProjectionIsReadFromItsCard() {
    var own = AnchoredSpace.of(Y, ANCHORS);
    for (Completion completion : Completion.values()) {
      for (Inverse inverse :
          List.of(Inverse.pseudo(), Inverse.ridge(2), Inverse.truncated(.1), Inverse.parseval())) {
        var spec = new Irp(Centering.NONE, inverse, completion).over(Subspaces.whole(4));
        SpaceCodec codec = spec.fit(own);
        assertEquals(spec, codec.spec());
        SpaceCodec again = reloaded(new SpaceCard(codec, ANCHORS, Y.provenance()), "i").codec();
        assertEquals(spec, again.spec());
        assertEquals(codec.numbers(), again.numbers());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\": \"coordinates\" | \"name\": \"morse\" | no codec 'morse'; make the card again",
        "\"name\": \"coordinates\" | \"name\": \"coordinates-basis\" | no codec 'coordinates-",
        "\"name\": \"coordinates\" | \"name\": \"irp-morse\" | no codec 'irp-morse'",
        "\"lambda\" | \"lamb\" | codec 'coordinates' without 'lambda'; it has [lamb]",
        "\"lambda\": 0.1 | \"lambda\": -1 | space card:",
        "\"name\": \"coordinates\" | \"name\": \"balanced\" | centred on 'none', expected 'data'",
      })
  void anUnknownCodecIsRefused(String old, String changed, String part) throws IOException {
    SpaceCardFile.save(card(X, 0), file);
    String text = Files.readString(json);
    assertTrue(text.contains(old), text);
    Files.writeString(json, text.replace(old, changed));
    refused(part, Kind.BAD_INPUT, () -> SpaceCardFile.load(file));
  }

  @Test
  void otherFilesAreNoCards() {
    X.save(file);
    assertFalse(SpaceCardFile.isCard(file));
    assertFalse(SpaceCardFile.isCard(folder));
    refused("field 'kind' is 'latent-space'", Kind.BAD_INPUT, () -> SpaceCardFile.load(file));
    refused(
        "no space card", Kind.BAD_INPUT, () -> SpaceCardFile.load(folder.resolve("n.safetensors")));
  }

  @Test
  void anyFlippedByteIsFound() throws IOException {
    SpaceCardFile.save(card(X, 1), file);
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {0, 30, bytes.length / 2, bytes.length - 1}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      refused("but its card says", Kind.VERIFICATION, () -> SpaceCardFile.load(file));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\": \"1\" | \"schema\": \"2\" | field 'schema' is '2', expected '1'",
        "\"kind\" | \"extra\": 1, \"kind\" | unknown field 'extra'",
        "\"rank\" | \"rang\": 1, \"rank\" | unknown field 'statistics.rang'",
        "\"rank\": 2 | \"rank\": 2.5 | field 'statistics.rank' is not a whole number",
        "\"count\": 4 | \"count\": 5 | lists 4 anchors but says 5",
        "\"center\": \"anchors\" | \"center\": \"all\" | unknown centring 'all'",
        "\"delta\": 0.5 | \"delta\": null | 'codec.delta' is not a number",
        "\"name\" | \"nam\" | unknown field 'codec.nam'",
      })
  void aChangedCardIsRefused(String old, String changed, String part) throws IOException {
    SpaceCardFile.save(card(X, 1), file);
    String text = Files.readString(json);
    assertTrue(text.contains(old), text);
    Files.writeString(json, text.replace(old, changed));
    refused(part, Kind.BAD_INPUT, () -> SpaceCardFile.load(file));
  }

  @Test
  void anchorsThatAreNotTheDigestedOnesAreFound() throws IOException {
    SpaceCardFile.save(card(X, 0), file);
    String digest = ANCHORS.sha256();
    Files.writeString(json, Files.readString(json).replace(digest, "0" + digest.substring(1)));
    refused("anchors.sha256", Kind.VERIFICATION, () -> SpaceCardFile.load(file));
  }

  @Test
  void tensorsThatDoNotGoTogetherAreRefusedThoughTheDigestFits() throws IOException {
    FloatMatrix center = gaussian(1, 1, 6);
    replaced(1, Tensor.of("center", gaussian(1, 1, 5)), "do not go together");
    replaced(1, Tensor.of("center", gaussian(1, 2, 6)), "do not go together");
    replaced(1, Tensor.of("decode", gaussian(1, 5, 6)), "do not go together");
    replaced(1, Tensor.of("encode", gaussian(1, 6, 5)), "do not go together");
    replaced(1, Tensor.of("other", center), "has the tensors");
    replaced(1, Tensor.ints("kept", new int[] {2}, new int[] {2, 9}), "keeps 9 of 3 rows");
    replaced(1, Tensor.ints("rows", new int[] {5}, new int[] {0, 2, 1, 2, 4}), "keeps anchor 4");
    float[] nan = center.toArray();
    nan[3] = Float.NaN;
    replaced(1, Tensor.of("center", FloatMatrix.wrap(1, 6, nan)), "row 0 of 'center' has a value");
  }

  private void replaced(int codec, Tensor tensor, String part) throws IOException {
    SpaceCardFile.save(card(X, codec), file);
    String before = Sha256.ofFile(file);
    Safetensors old = Safetensors.open(file);
    List<Tensor> tensors = new ArrayList<>(List.of(tensor));
    for (String name : List.of("encode", "decode", "center", "memory")) {
      if (!name.equals(tensor.name())) {
        tensors.add(Tensor.of(name, old.matrix(name)));
      }
    }
    for (String name : List.of("kept", "rows")) {
      if (!name.equals(tensor.name())) {
        int[] values = old.ints(name);
        tensors.add(Tensor.ints(name, new int[] {values.length}, values));
      }
    }
    SafetensorsWriter.write(file, Map.of(), tensors);
    Files.writeString(json, Files.readString(json).replace(before, Sha256.ofFile(file)));
    refused(part, Kind.BAD_INPUT, () -> SpaceCardFile.load(file));
  }

  @Test
  void cardsThatDoNotUnderstandEachOtherAreRefused() {
    SpaceCard x = card(X, 0);
    var others = new Anchors(List.of("s4", "s0", "s7", "s3"), "uniform", 5);
    var far =
        new SpaceCard(
            new CodecSpec.Coordinates(Centering.NONE, 1).fit(AnchoredSpace.of(Y, others)),
            others,
            Y.provenance());
    refused("make both with the same anchors", Kind.BAD_INPUT, () -> x.translate(X.vectors(), far));
    refused(
        "codes of the codec 'coordinates' cannot be read by 'irp'",
        Kind.BAD_INPUT,
        () -> x.translate(X.vectors(), card(Y, 1)));
    refused(
        "'irp' cannot be read by 'irp-parseval'",
        () -> card(X, 1).translate(X.vectors(), card(Y, 2)));
    var fewer = new Anchors(List.of("s4"), "uniform", 5);
    refused(
        "a codec over 4 anchors does not go with a list of 1",
        () -> new SpaceCard(x.codec(), fewer, X.provenance()));
  }
}
