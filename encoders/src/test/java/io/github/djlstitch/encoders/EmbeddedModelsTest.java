// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.options.NumberType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real weights against two other programs: stored values, and ONNX Runtime run here. */
@Tag("processor")
class EmbeddedModelsTest {
  private static final float TOLERANCE = 1e-5f;

  static Stream<EmbeddedModel> all() {
    return Stream.of(EmbeddedModel.MINILM, EmbeddedModel.BGE_SMALL, EmbeddedModel.BGE_SMALL_ZH);
  }

  static Stream<Arguments> stored() {
    return Stream.of(
        Arguments.of(EmbeddedModel.MINILM, "all-MiniLM-L6-v2"),
        Arguments.of(EmbeddedModel.BGE_SMALL, "bge-small-en-v1.5"));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void idsAndVectorsAreTheStoredOnes(EmbeddedModel model, String name) throws IOException {
    JsonObject all = Expected.json("real-text-expected.json").getAsJsonObject();
    List<JsonObject> sentences = new ArrayList<>();
    for (JsonElement e : all.getAsJsonObject(name).getAsJsonArray("sentences")) {
      sentences.add(e.getAsJsonObject());
    }
    List<String> texts = sentences.stream().map(s -> s.get("text").getAsString()).toList();
    try (TextEncoder encoder = model.open(NumberType.FLOAT32, 32);
        TextTokenizer tokenizer = model.tokenizer()) {
      FloatMatrix vectors = encoder.encode(texts); // (5, D)
      for (int i = 0; i < texts.size(); i++) {
        JsonObject expected = sentences.get(i);
        String text = texts.get(i);
        assertArrayEquals(
            Expected.longs(expected.get("ids")), tokenizer.ids(List.of(text))[0], text);
        double sum = 0;
        for (float value : vectors.row(i)) {
          sum += value;
        }
        assertEquals(expected.get("sum").getAsDouble(), sum, TOLERANCE, text);
        for (int j = 0; j < 8; j++) {
          float value = expected.getAsJsonArray("first8").get(j).getAsFloat();
          assertEquals(value, vectors.get(i, j), TOLERANCE, text);
        }
      }
    }
  }

  // Says, among other things, that bge-small-zh has 8 heads: nothing in its file does.
  @ParameterizedTest
  @MethodSource("all")
  void vectorsAreThoseOfOnnxRuntime(EmbeddedModel model) throws Exception {
    try (TextEncoder encoder = model.open(NumberType.FLOAT32, 8);
        TextTokenizer tokenizer = model.tokenizer();
        OnnxRuntimeModel control = new OnnxRuntimeModel(model, 1)) {
      FloatMatrix vectors = encoder.encode(Texts.VARIED); // (N, D)
      assertEquals(model.config().width(), vectors.columns());
      long[][] ids = tokenizer.ids(Texts.VARIED);
      for (int i = 0; i < ids.length; i++) {
        float[] expected = control.vector(ids[i]);
        assertArrayEquals(expected, vectors.row(i), TOLERANCE, Texts.VARIED.get(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void bfloat16PointsTheSameWay(EmbeddedModel model) {
    List<String> texts = Texts.VARIED.stream().filter(t -> t.length() < 500).toList();
    FloatMatrix exact;
    try (TextEncoder encoder = model.open(NumberType.FLOAT32, 8)) {
      exact = encoder.encode(texts); // (N, D)
    }
    try (TextEncoder encoder = model.open(NumberType.BFLOAT16, 8)) {
      FloatMatrix rounded = encoder.encode(texts); // (N, D)
      for (int i = 0; i < texts.size(); i++) {
        double cosine = 0;
        for (int j = 0; j < exact.columns(); j++) {
          cosine += exact.get(i, j) * rounded.get(i, j);
        }
        assertEquals(1, cosine, 1e-3, texts.get(i));
      }
    }
  }

  @Test
  void anIndependentVectorIsTheSameInAnyCompany() {
    try (TextEncoder encoder = EmbeddedModel.MINILM.open(NumberType.FLOAT32, 16)) {
      Texts.assertIndependent(encoder.independent());
    }
  }

  @Test
  void independentVectorsAreTheUsualOnes() {
    try (TextEncoder encoder = EmbeddedModel.BGE_SMALL.open(NumberType.FLOAT32, 32)) {
      TextEncoder independent = encoder.independent();
      List<String> texts = Texts.random(9, 4);
      assertArrayEquals(
          encoder.encode(texts).toArray(), independent.encode(texts).toArray(), TOLERANCE);
      assertSame(independent, independent.independent());
      independent.close();
      assertEquals(0, encoder.encode(List.of()).rows(), "closing the view closes nothing");
    }
  }

  @Test
  void thePrefixComesBeforeEveryText() {
    EmbeddedModel model = EmbeddedModel.MINILM;
    List<String> texts = List.of("how much protein", "");
    try (TextEncoder plain = model.open(NumberType.FLOAT32, 8);
        TextEncoder prefixed = model.open("query: ", NumberType.FLOAT32, 8)) {
      assertEquals(
          plain.encode(texts.stream().map(t -> "query: " + t).toList()), prefixed.encode(texts));
    }
  }
}
