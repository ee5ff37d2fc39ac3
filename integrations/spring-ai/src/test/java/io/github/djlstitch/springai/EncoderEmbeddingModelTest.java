// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.content.Media;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.util.MimeTypeUtils;

final class EncoderEmbeddingModelTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 216)
          .mapToObj(
              i ->
                  List.of("a cat", "the pilot", "my doctor", "a ship", "the bank", "a wolf")
                          .get(i % 6)
                      + List.of(" in", " far from", " over", " before", " below", " without")
                          .get(i / 6 % 6)
                      + List.of(" the garden", " a city", " rain", " music", " money", " a school")
                          .get(i / 36 % 6))
          .toList();

  @TempDir static Path cache;
  private static TextEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = open("e5-small");
  }

  private static TextEncoder open(String name) {
    return (TextEncoder) ModelZoo.open(ZooOptions.in(cache)).encoder(name);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void documentsAndQueriesHaveTheirRoles() {
    var model = EncoderEmbeddingModel.of(encoder);
    List<String> texts = List.of("lift of a wing", "heat");
    FloatMatrix usual = encoder.encode(texts);
    FloatMatrix found = encoder.inRole(Role.DOCUMENT).encode(texts);
    FloatMatrix asked = encoder.inRole(Role.QUERY).encode(texts.subList(0, 1));
    List<Document> documents = texts.stream().map(Document::new).toList();
    assertArrayEquals(asked.row(0), model.embed(texts.get(0)), 1e-6f);
    assertArrayEquals(found.row(0), model.embed(documents.get(0)), 1e-6f);
    var batched = model.embed(documents, EmbeddingOptions.builder().build(), List::of);
    assertArrayEquals(found.row(1), batched.get(1), 1e-6f);
    var response = model.call(new EmbeddingRequest(texts, null));
    assertArrayEquals(usual.row(1), response.getResults().get(1).getOutput(), 1e-6f);
    assertEquals("e5-small", response.getMetadata().getModel());
    assertEquals(384, model.dimensions());
  }

  @Test
  void requestsForSomethingElseAreRefused() {
    var model = EncoderEmbeddingModel.of(encoder);
    var other = EmbeddingOptions.builder().model("text-embedding-3-small").build();
    var refusal =
        assertThrows(
            StitchException.class, () -> model.call(new EmbeddingRequest(List.of("a"), other)));
    assertEquals(
        "this is encoder 'e5-small', and the request is for 'text-embedding-3-small'; leave the"
            + " model out",
        refusal.getMessage());
    var narrow = EmbeddingOptions.builder().dimensions(64).build();
    refusal =
        assertThrows(
            StitchException.class, () -> model.call(new EmbeddingRequest(List.of("a"), narrow)));
    assertEquals(
        "encoder 'e5-small' makes vectors of width 384, not 64; leave the dimensions out",
        refusal.getMessage());
  }

  @Test
  void whatHasNoTextOrAnotherWidthIsRefused() {
    var model = EncoderEmbeddingModel.of(encoder);
    var picture =
        Document.builder()
            .id("7")
            .media(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("a")))
            .build();
    var refusal = assertThrows(StitchException.class, () -> model.embed(picture));
    assertEquals("document '7' has no text; this model reads no media", refusal.getMessage());
    var narrow = FloatMatrix.of(3, 2, 1, 2, 3, 4, 5, 7);
    var adapter = QueryAdapter.over(BridgeMethod.PROCRUSTES.fit(narrow, narrow));
    refusal = assertThrows(StitchException.class, () -> StitchedEmbeddingModel.of(model, adapter));
    assertEquals(
        "model 'EncoderEmbeddingModel' makes vectors of width 384 but the way into the index reads 2;"
            + " is it the model that the card or bridge was made for?",
        refusal.getMessage());
  }

  @Test
  void requestsAreCountedAndTimed() {
    var meters = new SimpleMeterRegistry();
    var observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    var model = EncoderEmbeddingModel.of(encoder, observations);
    model.embed("once");
    model.embed(List.of("twice", "at once"));
    var timer = meters.get("gen_ai.client.operation").timer();
    assertEquals(2, timer.count());
    assertEquals("djl-stitch", timer.getId().getTag("gen_ai.system"));
    assertEquals("e5-small", timer.getId().getTag("gen_ai.response.model"));
  }

  @Test
  void anotherEncodersStoreIsSearchedAndNotAddedTo() {
    try (TextEncoder old = open("bge-small")) {
      var store = SimpleVectorStore.builder(EncoderEmbeddingModel.of(old)).build();
      store.add(TEXTS.stream().map(Document::new).toList());
      var file = cache.resolve("store.json").toFile();
      store.save(file);
      FloatMatrix documents = old.inRole(Role.DOCUMENT).encode(TEXTS);
      FloatMatrix queries = encoder.inRole(Role.QUERY).encode(TEXTS);
      var adapter = QueryAdapter.over(BridgeMethod.PROCRUSTES.fit(queries, documents));
      var stitched = StitchedEmbeddingModel.of(EncoderEmbeddingModel.of(encoder), adapter);
      var same = SimpleVectorStore.builder(stitched).build();
      same.load(file);
      for (int i = 0; i < TEXTS.size(); i += 30) {
        var request = SearchRequest.builder().query(TEXTS.get(i)).topK(1).build();
        assertEquals(TEXTS.get(i), same.similaritySearch(request).get(0).getText());
      }
      assertArrayEquals(adapter.apply(queries).row(7), stitched.embed(TEXTS.get(7)), 1e-5f);
      var response = stitched.call(new EmbeddingRequest(TEXTS.subList(7, 8), null));
      assertArrayEquals(
          adapter.apply(encoder.encode(TEXTS.subList(7, 8))).row(0),
          response.getResult().getOutput(),
          1e-5f);
      var refusal =
          assertThrows(
              StitchException.class, () -> same.add(List.of(new Document("another document"))));
      assertTrue(refusal.getMessage().contains("not documents"), refusal.getMessage());
      assertThrows(StitchException.class, () -> stitched.embed(new Document("one")));
    }
  }
}
