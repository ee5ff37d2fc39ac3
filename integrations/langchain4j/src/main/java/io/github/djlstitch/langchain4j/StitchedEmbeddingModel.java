// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import io.github.djlstitch.core.migrate.QueryAdapter;
import java.util.List;
import java.util.Set;

/**
 * A new embedding model before an index of an old one: its queries are carried into the index's
 * space, and the index stays as it is. The new model may be anybody's.
 *
 * <p>It embeds queries alone: texts by {@link #embed(String)}, and requests whose input type is
 * query or not given. Documents are refused, that is, requests of that type, segments, and {@link
 * #embedAll}: their vectors would be near the index's space, not in it, and an index of both is
 * searched worse than either. Thread-safe if the model is.
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
   * @throws io.github.djlstitch.core.StitchException (bad input) if the model's vectors have
   *     another width than the adapter reads
   */
  public static StitchedEmbeddingModel of(EmbeddingModel model, QueryAdapter adapter) {
    adapter.requireFrom(model.modelName(), model.dimension());
    return new StitchedEmbeddingModel(model, adapter);
  }

  @Override
  public EmbeddingResponse doEmbed(EmbeddingRequest request) {
    if (request.inputType() == EmbeddingInputType.DOCUMENT) {
      throw documents();
    }
    List<Embedding> own =
        model
            .embed(
                EmbeddingRequest.builder()
                    .inputs(request.inputs())
                    .parameters(Embeddings.queries(model))
                    .build())
            .embeddings();
    return EmbeddingResponse.builder().embeddings(carry(own)).modelName(modelName()).build();
  }

  private List<Embedding> carry(List<Embedding> own) {
    return own.isEmpty() ? own : Embeddings.of(adapter.apply(Embeddings.rows(own)));
  }

  @Override
  public Response<Embedding> embed(String text) {
    EmbeddingResponse response = embed(EmbeddingRequest.builder().input(text).build());
    return Response.from(response.embeddings().get(0));
  }

  @Override
  public Response<Embedding> embed(TextSegment segment) {
    throw documents();
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    throw documents();
  }

  private UnsupportedFeatureException documents() {
    return new UnsupportedFeatureException(
        ("'%s' embeds queries for an index of another encoder, not documents: their vectors would"
                + " be in another space than the index's; embed documents with the index's own"
                + " encoder, or carry the index over with 'stitch migrate apply'")
            .formatted(modelName()));
  }

  @Override
  public Set<EmbeddingParameter<?>> supportedParameters() {
    return Set.of(EmbeddingRequestParameters.INPUT_TYPE);
  }

  /** Width of the index's vectors. */
  @Override
  public int dimension() {
    return adapter.targetWidth();
  }

  @Override
  public String modelName() {
    return model.modelName() + ", stitched";
  }
}
