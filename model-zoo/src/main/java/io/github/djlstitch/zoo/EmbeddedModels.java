// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.encoders.internal.text.Prefixes;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.options.Pooling;
import io.github.djlstitch.zoo.EmbeddedCard.Resource;
import java.util.List;

/**
 * The encoders whose files come with the build, inside the LangChain4j embedding jars. Sizes are
 * those of the files; licenses and origins are those of the published models.
 */
final class EmbeddedModels {
  private static final int POSITIONS = 512;
  private static final double EPSILON = 1e-12;
  private static final TextConfig SMALL_12 = bert(30522, 384, 12, 12);
  // The instructions of the published models' cards.
  private static final String ENGLISH_QUERY =
      "Represent this sentence for searching relevant passages: ";
  private static final String CHINESE_QUERY = "为这个句子生成表示以用于检索相关文章：";
  private static final String JAR = "dev.langchain4j:langchain4j-embeddings-";

  static final List<EmbeddedCard> CARDS =
      List.of(
          new EmbeddedCard(
              "minilm",
              new Resource(
                  "all-minilm-l6-v2.onnx",
                  "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e"),
              new Resource(
                  "all-minilm-l6-v2-tokenizer.json",
                  "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0"),
              bert(30522, 384, 6, 12),
              Pooling.MEAN,
              Prefixes.of(""),
              256,
              "English",
              "Apache-2.0",
              "sentence-transformers/all-MiniLM-L6-v2",
              JAR + "all-minilm-l6-v2:1.20.0-beta30"),
          new EmbeddedCard(
              "bge-small",
              new Resource(
                  "bge-small-en-v1.5.onnx",
                  "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35"),
              new Resource(
                  "bge-small-en-v1.5-tokenizer.json",
                  "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"),
              SMALL_12,
              Pooling.CLS,
              Prefixes.of("", ENGLISH_QUERY, ""),
              512,
              "English",
              "MIT",
              "BAAI/bge-small-en-v1.5",
              JAR + "bge-small-en-v15:1.20.0-beta30"),
          new EmbeddedCard(
              "e5-small",
              new Resource(
                  "e5-small-v2.onnx",
                  "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0"),
              new Resource(
                  "e5-small-v2-tokenizer.json",
                  "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"),
              SMALL_12,
              Pooling.MEAN,
              Prefixes.of("query: ", "query: ", "passage: "),
              512,
              "English",
              "MIT",
              "intfloat/e5-small-v2",
              JAR + "e5-small-v2:1.17.0-beta27"),
          new EmbeddedCard(
              "bge-small-zh",
              new Resource(
                  "bge-small-zh-v1.5.onnx",
                  "69a0b846f4f116b5e6aabf9546ea6754d02264f3211a13a1bd69b31b8040749a"),
              new Resource(
                  "bge-small-zh-v1.5-tokenizer.json",
                  "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26"),
              bert(21128, 512, 4, 8),
              Pooling.CLS,
              Prefixes.of("", CHINESE_QUERY, ""),
              512,
              "Chinese",
              "MIT",
              "BAAI/bge-small-zh-v1.5",
              JAR + "bge-small-zh-v15:1.20.0-beta30"));

  private EmbeddedModels() {}

  /** Returns true if an encoder has that name and its files are on the class path. */
  public static boolean areOnClassPath(String name) {
    return CARDS.stream()
        .filter(card -> card.name().equals(name))
        .anyMatch(
            card ->
                ArtifactStore.isOnClassPath(card.weights())
                    && ArtifactStore.isOnClassPath(card.tokenizer()));
  }

  private static TextConfig bert(int vocabulary, int width, int layers, int heads) {
    return TextConfig.bert(vocabulary, POSITIONS, width, layers, heads, 4 * width, EPSILON);
  }
}
