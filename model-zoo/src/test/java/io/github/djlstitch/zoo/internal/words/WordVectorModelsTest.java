// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.zoo.internal.words.SkipGram.Options;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WordVectorModelsTest {
  private static final List<String> WARM = List.of("sun", "fire", "heat", "summer", "flame");
  private static final List<String> COLD = List.of("ice", "snow", "frost", "winter", "hail");

  @TempDir Path cache;
  private final List<String> warnings = new ArrayList<>();

  /** Texts of five words of one topic each, in any order. */
  private static WordCorpus topics() {
    var random = new Random(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      List<String> topic = i % 2 == 0 ? WARM : COLD;
      texts.add(String.join(" ", random.ints(5, 0, topic.size()).mapToObj(topic::get).toList()));
    }
    return WordCorpus.of(texts, 2);
  }

  @Test
  void mutualInformationAndItsDirectionsAreThoseOfNumPy() throws IOException {
    JsonObject golden = golden();
    WordCorpus corpus = WordCorpus.of(texts(golden, "texts"), golden.get("least").getAsInt());
    assertEquals(texts(golden, "words"), corpus.words());
    int words = corpus.words().size();
    SparseRows found = Cooccurrences.information(corpus, golden.get("window").getAsInt());
    float[][] identity = new float[words][words];
    for (int i = 0; i < words; i++) {
      identity[i][i] = 1;
      assertEquals(golden.getAsJsonArray("counts").get(i).getAsInt(), corpus.count(i));
    }
    assertNear(golden.getAsJsonArray("pmi"), found.times(identity), 1e-6);
    FloatMatrix scaled =
        LeadingDirections.of(found, golden.get("width").getAsInt(), 3, Progress.NONE);
    assertNear(golden.getAsJsonArray("gram"), gram(scaled), 1e-4);
  }

  @Test
  void wordsOfATopicComeTogether() {
    WordCorpus corpus = topics();
    // All words are frequent here, and none is to be passed over.
    var options = new Options(8, 5, 5, 30, .05, 1);
    assertTopics(corpus, SkipGram.train(corpus, options, 1, Progress.NONE));
    LatentSpace space = models("one").pmiSvd(corpus, 1);
    assertEquals(corpus.words(), space.ids());
    assertTopics(corpus, space.vectors());
  }

  private static void assertTopics(WordCorpus corpus, FloatMatrix vectors) {
    double within = cosine(corpus, vectors, "sun", "fire");
    double between = cosine(corpus, vectors, "sun", "ice");
    assertTrue(within > .5 + between, within + " within, " + between + " between topics");
  }

  @Test
  void theSeedDecidesEveryBit() {
    WordCorpus corpus = topics();
    Options options = Options.small(8, 2);
    FloatMatrix first = SkipGram.train(corpus, options, 4, Progress.NONE);
    assertArrayEquals(first.toArray(), SkipGram.train(corpus, options, 4, Progress.NONE).toArray());
    assertNotEquals(first, SkipGram.train(corpus, options, 5, Progress.NONE));
  }

  @Test
  void whatIsKeptIsReadAndWhatIsDamagedIsTrainedAgain() throws IOException {
    WordCorpus corpus = topics();
    List<String> reports = new ArrayList<>();
    var models =
        WordVectorModels.in(cache, warnings::add, (task, done, total) -> reports.add(task));
    LatentSpace first = models.pmiSvd(corpus, 1);
    int trained = reports.size();
    assertTrue(trained > 0);
    assertEquals(first.vectors(), models.pmiSvd(corpus, 1).vectors());
    assertEquals(trained, reports.size());
    Path file;
    try (Stream<Path> files = Files.walk(cache.resolve("trained"))) {
      file = files.filter(f -> f.toString().endsWith(".safetensors")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
    FloatMatrix again = models.pmiSvd(corpus, 1).vectors();
    assertArrayEquals(first.vectors().toArray(), again.toArray());
    assertTrue(warnings.get(0).startsWith("cached word vectors are damaged"), warnings.toString());
  }

  @Test
  void rareWordsAreNotThere() {
    WordCorpus corpus = WordCorpus.of(List.of("Größe, größe (rare) x", "größe; X"), 2);
    assertEquals(List.of("größe", "x"), corpus.words());
    assertArrayEquals(new int[] {0, 0, 1}, corpus.text(0));
    assertEquals(5, corpus.total());
    var refusal = assertThrows(StitchException.class, () -> WordCorpus.of(List.of("a b", "a"), 2));
    assertEquals(
        "2 texts have 1 words that occur 2 times or more; expected at least 2",
        refusal.getMessage());
  }

  @Test
  void theTableIsTheLogisticFunction() {
    for (float x = -9; x < 9; x += .01f) {
      assertEquals(1 / (1 + Math.exp(-x)), Logistic.of(x), 1e-3);
    }
  }

  private WordVectorModels models(String folder) {
    return WordVectorModels.in(cache.resolve(folder), warnings::add, Progress.NONE);
  }

  private static double cosine(WordCorpus corpus, FloatMatrix vectors, String a, String b) {
    List<String> words = corpus.words();
    return RowCosines.of(vectors.row(words.indexOf(a)), vectors.row(words.indexOf(b)));
  }

  private static JsonObject golden() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                WordVectorModelsTest.class.getResourceAsStream("/words/pmi.json")),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  private static List<String> texts(JsonObject golden, String field) {
    return golden.getAsJsonArray(field).asList().stream().map(JsonElement::getAsString).toList();
  }

  private static float[][] gram(FloatMatrix x) {
    float[][] out = new float[x.rows()][x.rows()];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < out.length; j++) {
        for (int k = 0; k < x.columns(); k++) {
          out[i][j] += x.get(i, k) * x.get(j, k);
        }
      }
    }
    return out;
  }

  private static void assertNear(JsonArray expected, float[][] found, double tolerance) {
    for (int i = 0; i < found.length; i++) {
      for (int j = 0; j < found.length; j++) {
        double value = expected.get(i).getAsJsonArray().get(j).getAsDouble();
        assertEquals(value, found[i][j], tolerance, i + ", " + j);
      }
    }
  }
}
