// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.QueryAdapter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * A new embedding model before an index of an old one: its queries are carried into the index's
 * space, and the index stays as it is. The new model may be anybody's.
 *
 * <p>It embeds queries alone, that is, texts. {@link Document}s are refused, and with them what a
 * vector store adds: their vectors would be near the index's space, not in it, and an index of both
 * is searched worse than either. Thread-safe if the model is.
 */
public final class StitchedEmbeddingModel implements EmbeddingModel {
  private final EmbeddingModel model;
  private final QueryAdapter adapter;

  private StitchedEmbeddingModel(EmbeddingModel model, QueryAdapter adapter) {
    this.model = model;
    this.adapter = adapter;
  }

  /**
   * Puts a model before an index.
   *
   * @param model of the new encoder; the caller closes what it holds
   * @param adapter from its space into the index's: two cards, or the bridge of a plan
   * @throws StitchException (bad input) if the model's vectors have another width than the adapter
   *     reads
   */
  public static StitchedEmbeddingModel of(EmbeddingModel model, QueryAdapter adapter) {
    adapter.requireFrom(model.getClass().getSimpleName(), model.dimensions());
    return new StitchedEmbeddingModel(model, adapter);
  }

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    EmbeddingResponse response = model.call(request);
    List<Embedding> carried = new ArrayList<>();
    for (Embedding own : response.getResults()) {
      carried.add(new Embedding(carry(own.getOutput()), own.getIndex(), own.getMetadata()));
    }
    return new EmbeddingResponse(carried, response.getMetadata());
  }

  @Override
  public float[] embed(String text) {
    return carry(model.embed(text));
  }

  @Override
  public float[] embed(Document document) {
    throw documents();
  }

  @Override
  public List<float[]> embed(
      List<Document> documents, EmbeddingOptions options, BatchingStrategy batching) {
    throw documents();
  }

  /** Width of the index's vectors. */
  @Override
  public int dimensions() {
    return adapter.targetWidth();
  }

  private float[] carry(float[] own) {
    return adapter.apply(FloatMatrix.of(new float[][] {own})).row(0);
  }

  private static StitchException documents() {
    return StitchException.usage(
        "this model embeds queries for an index of another encoder, not documents: their vectors"
            + " would be in another space than the index's; embed documents with the index's own"
            + " encoder, or carry the index over with 'stitch migrate apply'");
  }
}
