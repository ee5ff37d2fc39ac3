// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import io.github.djlstitch.core.FloatMatrix;
import java.util.List;
import java.util.stream.IntStream;

/** Between rows and embeddings, and what a model is to be told of queries. */
final class Embeddings {
  private Embeddings() {}

  static List<Embedding> of(FloatMatrix rows) {
    return IntStream.range(0, rows.rows()).mapToObj(i -> Embedding.from(rows.row(i))).toList();
  }

  /** One or more of one width, as rows. */
  static FloatMatrix rows(List<Embedding> embeddings) {
    return FloatMatrix.of(embeddings.stream().map(Embedding::vector).toArray(float[][]::new));
  }

  /** That the inputs are queries, if the model listens to that. */
  static EmbeddingRequestParameters queries(EmbeddingModel model) {
    return model.supportedParameters().contains(EmbeddingRequestParameters.INPUT_TYPE)
        ? EmbeddingRequestParameters.builder().inputType(EmbeddingInputType.QUERY).build()
        : EmbeddingRequestParameters.EMPTY;
  }
}
