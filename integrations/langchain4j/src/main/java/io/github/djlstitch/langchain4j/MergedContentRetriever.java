// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.MergedSearch;
import io.github.djlstitch.core.migrate.MergedSearch.Found;
import io.github.djlstitch.core.migrate.MergedSearch.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One retriever over several stores, such as an old index and the new one that is being filled.
 * Scores of two encoders do not compare: those of each store are standardized by what the query
 * scores on a sample of it, and the results are merged by that. A document that is in both stores
 * under one id comes once. The score in the contents' metadata is the standardized one. Thread-safe
 * if the models and stores are.
 */
public final class MergedContentRetriever implements ContentRetriever {
  private static final int LEAST = 30;

  private final List<Population> populations;
  private final int most;

  private MergedContentRetriever(List<Population> populations, int most) {
    this.populations = List.copyOf(populations);
    this.most = most;
  }

  /**
   * A store and what is needed to search it.
   *
   * @param queries embeds queries into the store's space
   * @param store whose scores are cosine similarities made relevance scores, as LangChain4j's
   *     in-memory store has them; its community's Lucene store scores distances, and will not do
   * @param sample vectors of a random part of the store, shape (S, D), 30 or more; a few hundred do
   */
  public record Population(
      EmbeddingModel queries, EmbeddingStore<TextSegment> store, FloatMatrix sample) {
    /** Checks the sample. */
    public Population {
      if (sample.rows() < LEAST || sample.columns() != queries.dimension()) {
        throw StitchException.badInput(
            "a sample of %d vectors of width %d of a store whose queries have width %d; expected"
                + " at least %d, of that width",
            sample.rows(), sample.columns(), queries.dimension(), LEAST);
      }
    }

    private Found search(String text, int most, Map<String, TextSegment> segments) {
      var asked =
          EmbeddingRequest.builder().input(text).parameters(Embeddings.queries(queries)).build();
      Embedding query = queries.embed(asked).embeddings().get(0);
      var request = EmbeddingSearchRequest.builder().queryEmbedding(query).maxResults(most).build();
      List<Result> results = new ArrayList<>();
      for (EmbeddingMatch<TextSegment> match : store.search(request).matches()) {
        if (match.embedded() != null) {
          segments.put(match.embeddingId(), match.embedded());
          double cosine = CosineSimilarity.fromRelevanceScore(match.score());
          results.add(new Result(match.embeddingId(), cosine));
        }
      }
      return Found.byCosine(Embeddings.rows(List.of(query)), sample, results);
    }
  }

  /**
   * A retriever.
   *
   * @param populations two or more; of equal scores that of the earlier one comes first
   * @param most how many contents a query finds, at least 1
   */
  public static MergedContentRetriever of(List<Population> populations, int most) {
    if (populations.size() < 2 || most < 1) {
      throw StitchException.usage(
          "%d contents of %d stores; expected at least 1 of 2 or more", most, populations.size());
    }
    return new MergedContentRetriever(populations, most);
  }

  @Override
  public List<Content> retrieve(Query query) {
    Map<String, TextSegment> segments = new HashMap<>();
    List<Found> found =
        populations.stream().map(each -> each.search(query.text(), most, segments)).toList();
    return MergedSearch.merge(found, most).stream()
        .map(result -> content(Objects.requireNonNull(segments.get(result.id())), result))
        .toList();
  }

  private static Content content(TextSegment segment, Result result) {
    return Content.from(
        segment,
        Map.of(ContentMetadata.SCORE, result.score(), ContentMetadata.EMBEDDING_ID, result.id()));
  }
}
