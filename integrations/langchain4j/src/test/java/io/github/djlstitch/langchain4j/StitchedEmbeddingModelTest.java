// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.QueryAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** An index of one encoder, asked by another. */
final class StitchedEmbeddingModelTest {
  private static final List<String> TEXTS = Texts.some(240);

  @TempDir static Path cache;

  @Test
  void queriesOfANewModelFindWhatTheOldIndexHolds() {
    try (var old = EncoderEmbeddingModel.open(Zoo.in(cache), "bge-small");
        var fresh = EncoderEmbeddingModel.open(Zoo.in(cache), "minilm")) {
      var store = new InMemoryEmbeddingStore<TextSegment>();
      List<TextSegment> segments = TEXTS.stream().map(TextSegment::from).toList();
      store.addAll(old.embedAll(segments).content(), segments);
      QueryAdapter adapter =
          QueryAdapter.over(
              BridgeMethod.PROCRUSTES.fit(
                  fresh.encoder().encode(TEXTS), old.encoder().encode(TEXTS)));
      EmbeddingModel stitched = StitchedEmbeddingModel.of(fresh, adapter);
      assertEquals(384, stitched.dimension());
      assertEquals("minilm, stitched", stitched.modelName());
      var retriever =
          EmbeddingStoreContentRetriever.builder()
              .embeddingStore(store)
              .embeddingModel(stitched)
              .maxResults(1)
              .build();
      for (int i = 0; i < TEXTS.size(); i += 20) {
        Query query = Query.from(TEXTS.get(i));
        assertEquals(TEXTS.get(i), retriever.retrieve(query).get(0).textSegment().text());
      }
      FloatMatrix expected = adapter.apply(fresh.encoder().encode(List.of("a wild cat")));
      float[] found = stitched.embed("a wild cat").content().vector();
      assertArrayEquals(expected.row(0), found, 1e-6f);
      documentsAreRefused(stitched, store);
    }
  }

  private static void documentsAreRefused(
      EmbeddingModel stitched, InMemoryEmbeddingStore<TextSegment> store) {
    TextSegment segment = TextSegment.from("a document");
    EmbeddingRequest document =
        EmbeddingRequest.builder()
            .input("a document")
            .inputType(EmbeddingInputType.DOCUMENT)
            .build();
    var ingestor =
        EmbeddingStoreIngestor.builder().embeddingModel(stitched).embeddingStore(store).build();
    List<Executable> ways =
        List.of(
            () -> stitched.embed(segment),
            () -> stitched.embedAll(List.of(segment)),
            () -> stitched.embed(document),
            () -> ingestor.ingest(dev.langchain4j.data.document.Document.from("a document")));
    for (Executable way : ways) {
      var refusal = assertThrows(UnsupportedFeatureException.class, way);
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.startsWith("'minilm, stitched' embeds queries for an index"), message);
    }
  }

  @Test
  void aModelOfAnotherWidthIsRefusedAtOnceAndWhenItChanges() {
    var random = new Random(1);
    FloatMatrix from = gaussian(random, 40, 3);
    QueryAdapter adapter =
        QueryAdapter.over(BridgeMethod.PROCRUSTES.fit(from, gaussian(random, 40, 5)));
    var wide = new Constant(4);
    var refusal =
        assertThrows(StitchException.class, () -> StitchedEmbeddingModel.of(wide, adapter));
    assertEquals(
        "model 'constant' makes vectors of width 4 but the way into the index reads 3; is it the"
            + " model that the card or bridge was made for?",
        refusal.getMessage());
    var changing = new Constant(3);
    EmbeddingModel stitched = StitchedEmbeddingModel.of(changing, adapter);
    assertEquals(5, stitched.embed("as it was").content().dimension());
    changing.width = 2;
    refusal = assertThrows(StitchException.class, () -> stitched.embed("another"));
    assertEquals(
        "queries of width 2, but the way into the index reads 3; has the model been exchanged?",
        refusal.getMessage());
    changing.width = 3;
    changing.value = Float.NaN;
    refusal = assertThrows(StitchException.class, () -> stitched.embed("nothing"));
    assertEquals("query 0 has a value that is not finite", refusal.getMessage());
  }

  private static FloatMatrix gaussian(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatMatrix.wrap(rows, columns, values);
  }

  /** Somebody's model. */
  private static final class Constant implements EmbeddingModel {
    private int width;
    private float value = 1;

    Constant(int width) {
      this.width = width;
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
      float[] vector = new float[width];
      vector[0] = value;
      return EmbeddingResponse.builder().embeddings(List.of(Embedding.from(vector))).build();
    }

    @Override
    public int dimension() {
      return width;
    }

    @Override
    public String modelName() {
      return "constant";
    }
  }
}
