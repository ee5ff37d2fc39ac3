// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j.example;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.langchain4j.EncoderEmbeddingModel;
import io.github.djlstitch.langchain4j.StitchedEmbeddingModel;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A store of dictionary entries that bge-small embedded. Then MiniLM takes its place: 1,000 entries
 * that both have read make a bridge, and MiniLM's questions find their answers in the store as it
 * is. A question is the first half of an entry that is not among the 1,000.
 */
public final class ChangingTheEncoder {
  private static final int READ_BY_BOTH = 1000;
  private static final int QUESTIONS = 200;

  private ChangingTheEncoder() {}

  /** Prints how many entries each model finds, the same store behind all. */
  public static void main(String[] args) {
    run(Path.of(args.length > 0 ? args[0] : "cache"), System.out);
  }

  static void run(Path cache, PrintStream out) {
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(cache));
    List<String> entries = entries(zoo);
    List<String> both = entries.subList(0, READ_BY_BOTH);
    List<String> asked = entries.subList(READ_BY_BOTH, READ_BY_BOTH + QUESTIONS);
    try (var old = EncoderEmbeddingModel.open(zoo, "bge-small");
        var fresh = EncoderEmbeddingModel.open(zoo, "minilm")) {
      var store = new InMemoryEmbeddingStore<TextSegment>();
      List<TextSegment> segments = entries.stream().map(TextSegment::from).toList();
      store.addAll(old.embedAll(segments).content(), segments);

      var bridge =
          BridgeMethod.PROCRUSTES.fit(fresh.encoder().encode(both), old.encoder().encode(both));
      EmbeddingModel stitched = StitchedEmbeddingModel.of(fresh, QueryAdapter.over(bridge));

      out.printf("of %d questions to %d entries, answered:%n", QUESTIONS, entries.size());
      out.printf("bge-small, whose store it is: %d%n", found(old, store, asked));
      out.printf("MiniLM over the bridge: %d%n", found(stitched, store, asked));
      out.printf("MiniLM as it is: %d%n", found(fresh, store, asked));
    }
  }

  private static List<String> entries(ModelZoo zoo) {
    var some = DatasetOptions.defaults().withSplitSize(new SplitSize(2000, 25));
    return zoo.dataset("wordnet", some).requireTexts().train().stream().map(Sample::input).toList();
  }

  private static long found(
      EmbeddingModel model, EmbeddingStore<TextSegment> store, List<String> entries) {
    var retriever =
        EmbeddingStoreContentRetriever.builder()
            .embeddingModel(model)
            .embeddingStore(store)
            .maxResults(1)
            .build();
    return entries.stream()
        .filter(
            entry -> {
              Query question = Query.from(entry.substring(0, (entry.length() + 1) / 2));
              return retriever.retrieve(question).get(0).textSegment().text().equals(entry);
            })
        .count();
  }
}
