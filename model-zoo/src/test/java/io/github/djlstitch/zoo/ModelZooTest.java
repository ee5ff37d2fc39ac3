// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zoo as a library. */
final class ModelZooTest {
  @TempDir static Path cache;
  @TempDir Path folder;

  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Test
  void everyCardIsComplete() {
    ModelZoo zoo = zoo(cache, 32);
    for (ModelCard card : zoo.cards()) {
      assertTrue(card.name().matches("[a-z0-9-]+"), card.name());
      assertTrue(card.reads().matches("texts|images|both"), card.reads());
      assertTrue(card.origin().matches("[\\w-]+/[\\w.-]+"), card.origin());
      assertFalse(card.licence().isBlank() || card.trainedOn().isBlank(), card.name());
      assertTrue(card.width() >= 64 && card.width() <= 1280, card.name());
      assertFalse(card.details().isEmpty(), card.name());
    }
    assertEquals(zoo.names().size(), Set.copyOf(zoo.names()).size());
    assertTrue(zoo.atHand().containsAll(zoo.bundled()));
    assertTrue(zoo.names().containsAll(List.of("vit-base", "rexnet", "roberta-base")));
  }

  @Test
  void queriesAndDocumentsHaveThePrefixesThatTheEncoderWasTrainedWith() throws IOException {
    Path texts = Files.writeString(folder.resolve("t.txt"), "lift of a wing\nheat\n");
    Path spelled =
        Files.writeString(folder.resolve("p.txt"), "passage: lift of a wing\npassage: heat\n");
    ModelZoo documents = zoo(cache, 32).reading(how -> how.withRole(Role.DOCUMENT));
    ModelZoo queries = zoo(cache, 32).reading(how -> how.withRole(Role.QUERY));
    ModelZoo bare = zoo(cache, 32).reading(how -> how.withPrefix(""));
    LatentSpace passages = encode(documents, "e5-small", texts);
    LatentSpace usual = encode(zoo(cache, 32), "e5-small", texts);
    LatentSpace asked = encode(queries, "e5-small", texts);
    assertEquals(encode(bare, "e5-small", spelled).vectors(), passages.vectors());
    assertEquals(usual.vectors(), asked.vectors());
    assertEquals(usual.provenance().key(), asked.provenance().key());
    assertNotEquals(passages.provenance().key(), asked.provenance().key());
    assertTrue(passages.provenance().sameNetwork(asked.provenance()));
    assertTrue(passages.provenance().sameNetwork(usual.provenance()));
    assertEquals("passage: ", passages.provenance().prefix().orElseThrow().text());
    requireRoles((TextEncoder) zoo(cache, 32).encoder("e5-small"), usual, passages);
    assertEquals(List.of(), warnings);
    encode(queries, "minilm", texts);
    assertEquals(
        List.of("encoder 'minilm' has no prefix by role; queries and documents are encoded alike"),
        warnings);
    StitchException images =
        assertThrows(StitchException.class, () -> queries.require("vit-digits"));
    assertTrue(images.getMessage().contains("reads images"), images.getMessage());
  }

  @Test
  void programsShareTheFolderOfTheCommandLine() {
    Path home = Path.of("/home/user");
    Path usual = home.resolve(".cache/djl-stitch");
    assertEquals(usual, ZooOptions.usualCache(Map.of(), home));
    assertEquals(usual, ZooOptions.usualCache(Map.of("XDG_CACHE_HOME", ""), home));
    Path other = ZooOptions.usualCache(Map.of("XDG_CACHE_HOME", "/caches"), home);
    assertEquals(Path.of("/caches/djl-stitch"), other);
  }

  private static void requireRoles(TextEncoder encoder, LatentSpace usual, LatentSpace passages) {
    List<String> texts = List.of("lift of a wing", "heat");
    TextEncoder documents = encoder.inRole(Role.DOCUMENT);
    try (encoder) {
      assertSame(encoder, encoder.inRole(Role.QUERY)); // as usual
      assertEquals(passages.provenance().encoderSha256(), documents.sha256());
      assertEquals(passages.vectors(), documents.encode(texts));
      documents.close(); // does nothing
      assertEquals(passages.vectors(), documents.encode(texts));
      assertEquals(usual.vectors(), documents.inRole(Role.QUERY).encode(texts));
    }
    StitchException closed = assertThrows(StitchException.class, () -> documents.encode(texts));
    assertEquals("encoder 'e5-small' is closed; open it again to encode", closed.getMessage());
  }

  private static LatentSpace encode(ModelZoo zoo, String encoder, Path texts) {
    return zoo.encode(encoder, texts, DatasetOptions.defaults());
  }

  @Test
  void whatDecidesTheVectorsDecidesTheDigest() {
    Set<String> digests = new HashSet<>();
    for (EmbeddedCard card : EmbeddedModels.CARDS) {
      assertTrue(card.weights().sha256().matches("[0-9a-f]{64}"), card.name());
      assertTrue(card.tokenizer().sha256().matches("[0-9a-f]{64}"), card.name());
      assertTrue(card.source().matches("[\\w.]+:[\\w-]+:[\\w.-]+"), card.source());
      Readout own = Readout.sentence(card.pooling());
      digests.add(card.sha256(NumberType.FLOAT32, own));
      digests.add(card.sha256(NumberType.BFLOAT16, own));
      digests.add(card.sha256(NumberType.FLOAT32, new Readout(2, card.pooling(), true)));
      digests.add(card.sha256(NumberType.FLOAT32, Readout.sentence(Pooling.MAX)));
    }
    assertEquals(16, digests.size());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    ModelZoo zoo = zoo(cache, 32);
    refused(StitchException.Kind.USAGE, "did you mean 'minilm'?", () -> zoo.encoder("minilmm"));
    refused(StitchException.Kind.USAGE, "no encoder 'nope'", () -> zoo.head("nope-head", data()));
    refused(StitchException.Kind.USAGE, "a batch of 0", () -> zoo(cache, 0));
  }

  @Test
  void aDeviceIsCheckedWhenTheZooIsOpened() {
    refused(StitchException.Kind.USAGE, "no device 'tpu'", () -> on("tpu"));
    refused(StitchException.Kind.UNAVAILABLE, "device 'gpu99'", () -> on("gpu99"));
    assertEquals("cpu", on("cpu").device());
    assertTrue(zoo(cache, 32).device().matches("cpu|gpu\\d+"));
  }

  private ModelZoo on(String device) {
    return ModelZoo.open(
        options(cache).withEncoders(EncoderOptions.defaults().withDevice(device).withBatch(1)));
  }

  @Test
  void aDataSetIsEncodedOnce() {
    Path own = folder.resolve("new cache ü");
    ModelZoo zoo = zoo(own, 32);
    EncodedDataset encoded = zoo.encode("minilm", data());
    assertEquals("minilm", encoded.encoder());
    assertEquals(320, encoded.train().vectors().rows());
    assertEquals(384, encoded.test().vectors().columns());
    assertEquals(0, zoo.cacheCounts().hits());
    assertEquals(2, zoo.cacheCounts().misses());
    assertEquals("yes", zoo.describe("minilm").get("unpacked"));
    assertEquals("at first use", zoo.describe("e5-small").get("unpacked"));

    ModelZoo again = zoo(own, 7);
    same(encoded.train(), again.encode("minilm", data()).train());
    assertEquals(2, again.cacheCounts().hits());
    assertEquals(0, again.cacheCounts().misses());
    assertEquals(List.of(), warnings);
  }

  @Test
  void textsThatAreCutAreCounted() throws IOException {
    Path lines = folder.resolve("long.txt");
    Files.writeString(lines, "a word ".repeat(200) + "\nshort\n");
    zoo(cache, 2).encodeTo(folder.resolve("long.safetensors"), "minilm", lines);
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("did not read all of 1 text,"), warnings::toString);
  }

  @Test
  void aHeadIsTrainedOnceAndKept() {
    ModelZoo zoo = zoo(cache, 32);
    Decoder head = zoo.head("minilm-head", data());
    int misses = zoo.cacheCounts().misses();
    Decoder kept = zoo.head("minilm-head", data());
    assertEquals(misses, zoo.cacheCounts().misses());
    assertEquals(head.spec(), kept.spec());
    assertEquals(300, head.spec().width());
    assertEquals(List.of("animal", "vehicle"), head.spec().classes());
  }

  @Test
  void aDamagedModelFileIsUnpackedAgainWithOneWarning() throws IOException {
    ModelZoo zoo = zoo(folder, 32);
    float[] before = hello(zoo);
    try (Stream<Path> files = Files.walk(folder.resolve("models"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertArrayEquals(before, hello(zoo));
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.remove(0).contains(file.getFileName() + "' is damaged; unpacking"));
      }
    }
  }

  private static float[] hello(ModelZoo zoo) {
    try (var encoder = zoo.encoder("minilm")) {
      return encoder.encode(List.of("hello")).toArray();
    }
  }

  @Test
  void anEncodingThatCannotBeReadAsItsCardSaysIsMadeAgain() throws IOException {
    ModelZoo zoo = zoo(cache, 32);
    LatentSpace before = zoo.encode("minilm", data()).test();
    Path card;
    try (Stream<Path> files = Files.list(cache.resolve("encodings"))) {
      card = files.filter(f -> f.toString().matches(".*minilm-test.*json")).toList().get(0);
    }
    String text = Files.readString(card);
    for (String edited : List.of("{", "", text.replace("\"animal\"", "\"animol\""))) {
      Files.writeString(card, edited);
      same(before, zoo.encode("minilm", data()).test());
      assertEquals(1, warnings.size(), warnings::toString);
      assertTrue(warnings.remove(0).startsWith("cached encoding is damaged, encoding again"));
    }
  }

  @Test
  void textsAndSplitsAreEncodedToFiles() throws IOException {
    ModelZoo zoo = zoo(cache, 32);
    Path texts = Files.writeString(folder.resolve("texts.txt"), "hello\nyou\n");
    Path out = folder.resolve("out/texts.safetensors");
    zoo.encodeTo(out, "minilm", texts);
    assertEquals(List.of("line-1", "line-2"), LatentSpace.open(out).ids());
    zoo.encodeTo(out, "minilm", data(), "test");
    same(zoo.encode("minilm", data()).test(), LatentSpace.open(out));
  }

  @Test
  void writersOfOneCacheDoNotDisturbEachOther()
      throws IOException, InterruptedException, ExecutionException {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    List<Callable<LatentSpace>> writers = new ArrayList<>();
    for (int batch : List.of(1, 5, 32, 320)) {
      writers.add(
          () -> {
            ModelZoo zoo = zoo(shared, batch);
            zoo.head("minilm-head", data());
            return zoo.encode("minilm", data()).train();
          });
    }
    var pool = Executors.newFixedThreadPool(writers.size());
    try {
      List<LatentSpace> spaces = new ArrayList<>();
      for (Future<LatentSpace> done : pool.invokeAll(writers)) {
        spaces.add(done.get());
      }
      spaces.forEach(space -> same(spaces.get(0), space));
    } finally {
      pool.shutdown();
    }
    try (Stream<Path> files = Files.walk(shared)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
    assertEquals(List.of(), new ArrayList<>(new HashSet<>(warnings)));
    zoo(shared, 32).encode("minilm", data());
    assertEquals(List.of(), warnings);
  }

  private ModelZoo zoo(Path where, int batch) {
    return ModelZoo.open(options(where).withEncoders(EncoderOptions.defaults().withBatch(batch)));
  }

  // The Hub's cache of whoever runs this must not decide the outcome.
  private ZooOptions options(Path where) {
    return new ZooOptions(
        where,
        HubOptions.from(Map.of(), cache).withOffline(true),
        EncoderOptions.defaults(),
        Progress.NONE,
        warnings::add);
  }

  private static LabelledData data() {
    return LabelledData.ofTexts(
        Dataset.ofTexts(
            "made up", List.of("animal", "vehicle"), samples("train", 320), samples("test", 20)));
  }

  private static List<Sample<String>> samples(String split, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new Sample<>(split + i, i + (i % 2 == 0 ? " cats and a dog" : " ships"), i % 2))
        .toList();
  }

  private static void same(LatentSpace expected, LatentSpace found) {
    assertEquals(expected.ids(), found.ids());
    assertArrayEquals(expected.vectors().toArray(), found.vectors().toArray(), 1e-5f);
  }

  private static void refused(
      StitchException.Kind kind, String part, org.junit.jupiter.api.function.Executable action) {
    var failure = assertThrows(StitchException.class, action);
    assertEquals(kind, failure.kind(), failure.getMessage());
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }
}
