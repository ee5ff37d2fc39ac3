// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.langchain4j.MergedContentRetriever.Population;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models and retrievers over Lucene indexes on disk: e5-small embedded all texts, and MiniLM the
 * last 100 of 240 again, as in the middle of a backfill.
 */
final class LuceneStoreTest {
  private static final List<String> TEXTS = Texts.some(240);
  private static final int BACKFILLED = 140;

  @TempDir static Path folder;
  private static EncoderEmbeddingModel old;
  private static EncoderEmbeddingModel fresh;
  private static LuceneStore whole;

  @BeforeAll
  static void index() {
    old = EncoderEmbeddingModel.open(Zoo.in(folder), "e5-small");
    fresh = EncoderEmbeddingModel.open(Zoo.in(folder), "minilm");
    whole = store("whole", old, 0);
  }

  @AfterAll
  static void close() {
    old.close();
    fresh.close();
  }

  @Test
  void aModelFindsWhatItIndexedAndScoresAreThoseInMemory() {
    var memory = new InMemoryEmbeddingStore<TextSegment>();
    List<TextSegment> segments = segments(0);
    memory.addAll(ids(0), old.embedAll(segments).content(), segments);
    ContentRetriever onDisk = retriever(old, whole);
    ContentRetriever inMemory = retriever(old, memory);
    for (int i = 0; i < TEXTS.size(); i += 20) {
      List<Content> found = onDisk.retrieve(Query.from(TEXTS.get(i)));
      assertEquals(TEXTS.get(i), found.get(0).textSegment().text());
      double expected = score(inMemory.retrieve(Query.from(TEXTS.get(i))).get(0));
      assertEquals(expected, score(found.get(0)), 1e-6);
    }
  }

  @Test
  void anotherModelFindsItOverABridgeAndAddsNothing() {
    var bridge =
        BridgeMethod.PROCRUSTES.fit(
            fresh.encoder().encode(TEXTS), old.encoder().inRole(Role.DOCUMENT).encode(TEXTS));
    EmbeddingModel stitched = StitchedEmbeddingModel.of(fresh, QueryAdapter.over(bridge));
    for (int i = 0; i < TEXTS.size(); i += 20) {
      List<Content> found = retriever(stitched, whole).retrieve(Query.from(TEXTS.get(i)));
      assertEquals(TEXTS.get(i), found.get(0).textSegment().text());
    }
    var ingestor =
        EmbeddingStoreIngestor.builder().embeddingModel(stitched).embeddingStore(whole).build();
    assertThrows(
        UnsupportedFeatureException.class, () -> ingestor.ingest(Document.from("a document")));
    assertEquals(TEXTS.size(), whole.size());
  }

  @Test
  void anOldIndexAndANewOneAreOneRetriever() {
    LuceneStore backfilled = store("backfilled", fresh, BACKFILLED);
    var documents = old.encoder().inRole(Role.DOCUMENT).encode(TEXTS.subList(0, 100));
    var vectors = fresh.encoder().encode(TEXTS.subList(BACKFILLED, TEXTS.size()));
    var merged =
        MergedContentRetriever.of(
            List.of(
                new Population(old, whole, documents), new Population(fresh, backfilled, vectors)),
            3);
    for (int i = 0; i < TEXTS.size(); i += 20) {
      List<Content> found = merged.retrieve(Query.from(TEXTS.get(i)));
      assertEquals("id " + i, found.get(0).metadata().get(ContentMetadata.EMBEDDING_ID));
      assertEquals(3, found.stream().map(Content::textSegment).distinct().count());
      assertTrue(score(found.get(0)) > 1.5, score(found.get(0)) + " deviations");
    }
  }

  private static LuceneStore store(String name, EncoderEmbeddingModel model, int from) {
    var store = new LuceneStore(folder.resolve(name));
    store.addAll(ids(from), model.embedAll(segments(from)).content(), segments(from));
    return store;
  }

  private static List<TextSegment> segments(int from) {
    return TEXTS.subList(from, TEXTS.size()).stream().map(TextSegment::from).toList();
  }

  private static List<String> ids(int from) {
    return IntStream.range(from, TEXTS.size()).mapToObj(i -> "id " + i).toList();
  }

  private static ContentRetriever retriever(
      EmbeddingModel model, EmbeddingStore<TextSegment> store) {
    return EmbeddingStoreContentRetriever.builder()
        .embeddingModel(model)
        .embeddingStore(store)
        .maxResults(3)
        .build();
  }

  private static double score(Content content) {
    return (Double) Objects.requireNonNull(content.metadata().get(ContentMetadata.SCORE));
  }
}
