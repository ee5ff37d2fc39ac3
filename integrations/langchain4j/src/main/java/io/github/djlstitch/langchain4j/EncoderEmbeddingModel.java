// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.zoo.ModelZoo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A frozen text encoder as an embedding model, in this process: all texts of a request go through
 * the network in batches of like length. Encoders that know the roles of a search (E5, BGE) take
 * LangChain4j's input type as the role, and put its prefix before the texts; the others refuse the
 * input type, as LangChain4j has it. Vectors have the length that the encoder gives them, mostly 1.
 *
 * <p>Failures are {@link StitchException}s of one line. Thread-safe until closed; closing waits for
 * requests at work.
 */
public final class EncoderEmbeddingModel implements EmbeddingModel, AutoCloseable {
  private final TextEncoder encoder;
  private final TextEncoder queries;
  private final TextEncoder documents;

  private EncoderEmbeddingModel(TextEncoder encoder) {
    this.encoder = encoder;
    this.queries = encoder.inRole(Role.QUERY);
    this.documents = encoder.inRole(Role.DOCUMENT);
  }

  /**
   * Opens an encoder; this closes it.
   *
   * @param name in the zoo, such as {@code minilm}, or the path of a folder of a published model
   * @throws StitchException (usage) if there is no such encoder or it reads images; (bad input) if
   *     its files are damaged; (unavailable) if they cannot be downloaded, or LibTorch not loaded
   */
  public static EncoderEmbeddingModel open(ModelZoo zoo, String name) {
    return of((TextEncoder) zoo.encoder(name));
  }

  /** An encoder that is open; this closes it. */
  public static EncoderEmbeddingModel of(TextEncoder encoder) {
    return new EncoderEmbeddingModel(encoder);
  }

  /** The encoder, which this closes. */
  public TextEncoder encoder() {
    return encoder;
  }

  @Override
  public EmbeddingResponse doEmbed(EmbeddingRequest request) {
    List<String> texts = request.inputs().stream().map(EmbeddingInput::text).toList();
    return EmbeddingResponse.builder()
        .embeddings(Embeddings.of(inRole(request.inputType()).encode(texts)))
        .modelName(modelName())
        .build();
  }

  private TextEncoder inRole(@Nullable EmbeddingInputType type) {
    if (type == null) {
      return encoder;
    }
    return type == EmbeddingInputType.QUERY ? queries : documents;
  }

  @Override
  public Set<EmbeddingParameter<?>> supportedParameters() {
    return queries.sha256().equals(documents.sha256())
        ? Set.of()
        : Set.of(EmbeddingRequestParameters.INPUT_TYPE);
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public String modelName() {
    return encoder.id();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
