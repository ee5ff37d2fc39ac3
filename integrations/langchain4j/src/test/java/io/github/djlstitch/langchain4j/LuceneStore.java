// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;

/**
 * A store over a Lucene index on disk, opened anew for each call. Lucene's score of a cosine, (1 +
 * cosine) / 2, is LangChain4j's as well.
 */
record LuceneStore(Path folder) implements EmbeddingStore<TextSegment> {
  // Of the neighbors in its graph, Lucene visits more the more it is asked for: few are missed.
  private static final int VISITED = 50;

  @Override
  public void addAll(List<String> ids, List<Embedding> vectors, List<TextSegment> segments) {
    try (var directory = FSDirectory.open(folder);
        var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < ids.size(); i++) {
        var document = new Document();
        document.add(new StoredField("id", ids.get(i)));
        document.add(new StoredField("text", segments.get(i).text()));
        document.add(
            new KnnFloatVectorField(
                "vector", vectors.get(i).vector(), VectorSimilarityFunction.COSINE));
        writer.addDocument(document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
    var query = new KnnFloatVectorQuery("vector", request.queryEmbedding().vector(), VISITED);
    List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      for (ScoreDoc hit : new IndexSearcher(reader).search(query, request.maxResults()).scoreDocs) {
        Document found = reader.storedFields().document(hit.doc);
        matches.add(
            new EmbeddingMatch<>(
                (double) hit.score,
                found.get("id"),
                null, // Lucene's vectors are not kept with its documents
                TextSegment.from(found.get("text"))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EmbeddingSearchResult<>(matches);
  }

  int size() {
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      return reader.numDocs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String add(Embedding vector, TextSegment segment) {
    return addAll(List.of(vector), List.of(segment)).get(0);
  }

  @Override
  public String add(Embedding vector) {
    throw new UnsupportedOperationException("vectors without texts");
  }

  @Override
  public void add(String id, Embedding vector) {
    throw new UnsupportedOperationException("vectors without texts");
  }

  @Override
  public List<String> addAll(List<Embedding> vectors) {
    throw new UnsupportedOperationException("vectors without texts");
  }
}
