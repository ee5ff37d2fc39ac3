// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.langchain4j.MergedContentRetriever.Population;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** During a backfill: 160 texts still in the old index, 100 in the new one, 20 of them in both. */
final class MergedContentRetrieverTest {
  private static final List<String> TEXTS = Texts.some(240);
  private static final int OLD = 160;
  private static final int NEW = 140;

  @TempDir static Path cache;

  @Test
  void eachTextIsFoundInWhicheverStoreItIs() {
    try (var old = EncoderEmbeddingModel.open(Zoo.in(cache), "bge-small");
        var fresh = EncoderEmbeddingModel.open(Zoo.in(cache), "minilm")) {
      Population before = population(old, 0, OLD);
      Population after = population(fresh, NEW, TEXTS.size());
      var retriever = MergedContentRetriever.of(List.of(before, after), 3);
      for (int i = 0; i < TEXTS.size(); i += 10) {
        List<Content> found = retriever.retrieve(Query.from(TEXTS.get(i)));
        assertEquals(TEXTS.get(i), found.get(0).textSegment().text());
        assertEquals("id " + i, found.get(0).metadata().get(ContentMetadata.EMBEDDING_ID));
        assertEquals(3, found.stream().map(Content::textSegment).distinct().count());
        double first = score(found.get(0));
        assertTrue(first >= score(found.get(1)) && first > 1.5, first + " deviations");
      }
      var few = assertThrows(StitchException.class, () -> population(old, 0, 20));
      assertTrue(few.getMessage().startsWith("a sample of 20 vectors of width 384"));
      var alone =
          assertThrows(StitchException.class, () -> MergedContentRetriever.of(List.of(before), 3));
      assertEquals("3 contents of 1 stores; expected at least 1 of 2 or more", alone.getMessage());
    }
  }

  private static double score(Content content) {
    return (Double) Objects.requireNonNull(content.metadata().get(ContentMetadata.SCORE));
  }

  private static Population population(EncoderEmbeddingModel model, int from, int to) {
    var store = new InMemoryEmbeddingStore<TextSegment>();
    List<String> texts = TEXTS.subList(from, to);
    List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
    List<String> ids = IntStream.range(from, to).mapToObj(i -> "id " + i).toList();
    store.addAll(ids, model.embedAll(segments).content(), segments);
    return new Population(model, store, model.encoder().encode(texts));
  }
}
