// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.embedding.observation.DefaultEmbeddingModelObservationConvention;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationDocumentation;

/**
 * A frozen text encoder as an embedding model, in this process. Encoders that know the roles of a
 * search (E5, BGE) put the prefix of documents before {@link Document}s, that of queries before
 * {@link #embed(String)}, which is how Spring's vector stores ask, and their usual one before the
 * texts of a request. Each request is observed as Spring AI's own models are.
 *
 * <p>Failures are {@link StitchException}s of one line. The encoder is the caller's, and open until
 * the caller closes it. Thread-safe.
 */
public final class EncoderEmbeddingModel implements EmbeddingModel {
  static final String PROVIDER = "djl-stitch";

  private final TextEncoder encoder;
  private final TextEncoder queries;
  private final TextEncoder documents;
  private final ObservationRegistry observations;

  private EncoderEmbeddingModel(TextEncoder encoder, ObservationRegistry observations) {
    this.encoder = encoder;
    this.queries = encoder.inRole(Role.QUERY);
    this.documents = encoder.inRole(Role.DOCUMENT);
    this.observations = observations;
  }

  /** A model that nobody observes. */
  public static EncoderEmbeddingModel of(TextEncoder encoder) {
    return of(encoder, ObservationRegistry.NOOP);
  }

  /** A model whose requests are told to that registry. */
  public static EncoderEmbeddingModel of(TextEncoder encoder, ObservationRegistry observations) {
    return new EncoderEmbeddingModel(encoder, observations);
  }

  /** The encoder's name. */
  public String name() {
    return encoder.id();
  }

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    requireFitting(request.getOptions());
    return observed(request.getInstructions(), encoder);
  }

  @Override
  public float[] embed(String text) {
    return observed(List.of(text), queries).getResult().getOutput();
  }

  @Override
  public float[] embed(Document document) {
    return observed(texts(List.of(document)), documents).getResult().getOutput();
  }

  // Batches that others make for models with limits are not needed: a request has none here.
  @Override
  public List<float[]> embed(
      List<Document> given, EmbeddingOptions options, BatchingStrategy batching) {
    requireFitting(options);
    return observed(texts(given), documents).getResults().stream()
        .map(Embedding::getOutput)
        .toList();
  }

  @Override
  public int dimensions() {
    return encoder.dimension();
  }

  private static List<String> texts(List<Document> documents) {
    return documents.stream().map(EncoderEmbeddingModel::text).toList();
  }

  private static String text(Document document) {
    String text = document.getText();
    if (text == null) {
      throw StitchException.badInput(
          "document '%s' has no text; this model reads no media", document.getId());
    }
    return text;
  }

  private EmbeddingResponse observed(List<String> texts, TextEncoder how) {
    var request = new EmbeddingRequest(texts, EmbeddingOptions.builder().model(name()).build());
    var context =
        EmbeddingModelObservationContext.builder()
            .embeddingRequest(request)
            .provider(PROVIDER)
            .build();
    var observation =
        EmbeddingModelObservationDocumentation.EMBEDDING_MODEL_OPERATION.observation(
            null, new DefaultEmbeddingModelObservationConvention(), () -> context, observations);
    return observation.observe(
        () -> {
          EmbeddingResponse response = response(how.encode(texts));
          context.setResponse(response);
          return response;
        });
  }

  private EmbeddingResponse response(FloatMatrix vectors) {
    List<Embedding> embeddings =
        IntStream.range(0, vectors.rows()).mapToObj(i -> new Embedding(vectors.row(i), i)).toList();
    var metadata = new EmbeddingResponseMetadata(name(), new EmptyUsage());
    return new EmbeddingResponse(embeddings, metadata);
  }

  private void requireFitting(@Nullable EmbeddingOptions options) {
    if (options == null) {
      return;
    }
    String model = options.getModel();
    Integer width = options.getDimensions();
    if (model != null && !model.equals(name())) {
      throw StitchException.usage(
          "this is encoder '%s', and the request is for '%s'; leave the model out", name(), model);
    }
    if (width != null && width != dimensions()) {
      throw StitchException.usage(
          "encoder '%s' makes vectors of width %d, not %d; leave the dimensions out",
          name(), dimensions(), width);
    }
  }
}
