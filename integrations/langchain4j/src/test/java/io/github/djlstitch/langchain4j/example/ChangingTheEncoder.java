// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j.example;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.service.AiServices;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.langchain4j.EncoderEmbeddingModel;
import io.github.djlstitch.langchain4j.StitchedEmbeddingModel;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.IOException;
import java.io.PrintStream;
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
 * Questions to a dictionary, answered from a Lucene index whose entries bge-small embedded. Then
 * MiniLM takes its place: 700 entries that both have read make a bridge, and the index stays as it
 * is. A question is the first half of an entry that is not among the 700; it is answered if the
 * whole entry is among the three that the prompt is given.
 */
public final class ChangingTheEncoder {
  private static final int READ_BY_BOTH = 700;
  private static final int QUESTIONS = 100;

  private ChangingTheEncoder() {}

  /** Indexes, then prints how many questions each model answers. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "dictionary");
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(folder.resolve("cache")));
    index(zoo, folder.resolve("index"));
    ask(zoo, folder.resolve("index"), System.out);
  }

  static void index(ModelZoo zoo, Path folder) throws IOException {
    List<String> entries = entries(zoo);
    try (var model = EncoderEmbeddingModel.open(zoo, "bge-small");
        var directory = FSDirectory.open(folder);
        var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      FloatMatrix vectors = model.encoder().encode(entries);
      for (int i = 0; i < entries.size(); i++) {
        var document = new Document();
        document.add(new StoredField("text", entries.get(i)));
        document.add(
            new KnnFloatVectorField("vector", vectors.row(i), VectorSimilarityFunction.COSINE));
        writer.addDocument(document);
      }
    }
  }

  static void ask(ModelZoo zoo, Path folder, PrintStream out) throws IOException {
    List<String> entries = entries(zoo);
    List<String> both = entries.subList(0, READ_BY_BOTH);
    List<String> asked = entries.subList(READ_BY_BOTH, READ_BY_BOTH + QUESTIONS);
    try (var old = EncoderEmbeddingModel.open(zoo, "bge-small");
        var fresh = EncoderEmbeddingModel.open(zoo, "minilm");
        var reader = DirectoryReader.open(FSDirectory.open(folder))) {
      var bridge =
          BridgeMethod.PROCRUSTES.fit(fresh.encoder().encode(both), old.encoder().encode(both));
      EmbeddingModel stitched = StitchedEmbeddingModel.of(fresh, QueryAdapter.over(bridge));

      var index = new IndexSearcher(reader);
      out.printf("of %d questions to %d entries, answered:%n", QUESTIONS, entries.size());
      out.printf("bge-small, whose index it is: %d%n", answered(asked, old, index));
      out.printf("MiniLM over the bridge: %d%n", answered(asked, stitched, index));
      out.printf("MiniLM as it is: %d%n", answered(asked, fresh, index));
      out.printf("%na prompt, found by MiniLM over the bridge:%n%n");
      out.println(assistant(stitched, index).answer(half(asked.get(0))));
    }
  }

  private static List<String> entries(ModelZoo zoo) {
    var some = DatasetOptions.defaults().withSplitSize(new SplitSize(800, 25));
    return zoo.dataset("wordnet", some).requireTexts().train().stream().map(Sample::input).toList();
  }

  private static long answered(List<String> entries, EmbeddingModel model, IndexSearcher index) {
    Assistant assistant = assistant(model, index);
    return entries.stream().filter(entry -> assistant.answer(half(entry)).contains(entry)).count();
  }

  private static String half(String entry) {
    return entry.substring(0, entry.length() / 2);
  }

  private static Assistant assistant(EmbeddingModel model, IndexSearcher index) {
    return AiServices.builder(Assistant.class)
        .chatModel(new PromptEcho())
        .contentRetriever(new NearestEntries(model, index))
        .build();
  }

  /** Answers from passages that LangChain4j puts into its prompt. */
  interface Assistant {
    String answer(String question);
  }

  /** In place of a language model, which this example does not have: it says its prompt again. */
  private static final class PromptEcho implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      String prompt = ((UserMessage) request.messages().get(0)).singleText();
      return ChatResponse.builder().aiMessage(AiMessage.from(prompt)).build();
    }
  }

  private record NearestEntries(EmbeddingModel model, IndexSearcher index)
      implements ContentRetriever {
    @Override
    public List<Content> retrieve(Query question) {
      float[] vector = model.embed(question.text()).content().vector();
      try {
        List<Content> found = new ArrayList<>();
        for (ScoreDoc hit :
            index.search(new KnnFloatVectorQuery("vector", vector, 3), 3).scoreDocs) {
          found.add(Content.from(index.storedFields().document(hit.doc).get("text")));
        }
        return found;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
