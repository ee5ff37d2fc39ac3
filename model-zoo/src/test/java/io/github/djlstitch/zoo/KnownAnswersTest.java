// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.zoo.KnownAnswers.Answer;
import io.github.djlstitch.zoo.KnownAnswers.Known;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded encoders give the reference vectors, and a wrong one is noticed. */
final class KnownAnswersTest {
  @TempDir static Path cache;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void everyEmbeddedEncoderIsRight() {
    ModelZoo zoo = zoo(EncoderOptions.defaults());
    List<Answer> answers = KnownAnswers.stored().ask(zoo);
    assertEquals(zoo.bundled(), answers.stream().map(Answer::encoder).toList());
    for (Answer answer : answers) {
      assertTrue(answer.right(), answer::toString);
      assertEquals(zoo.card(answer.encoder()).width(), answer.dimension());
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void storedVectorsOfTextsHaveUnitLength() {
    for (Known known : KnownAnswers.stored().known()) {
      if (!known.encoder().endsWith("-digits")) {
        assertEquals(1, known.length(), 1e-7, known.encoder());
      }
    }
  }

  @Test
  void theZoosOwnNumbersAndReadingDoNotMatter() {
    ModelZoo zoo = zoo(EncoderOptions.defaults().withNumbers(NumberType.BFLOAT16).withLayer(1));
    assertTrue(KnownAnswers.stored().ask(zoo, "minilm").orElseThrow().right());
  }

  @Test
  void anotherExpectedVectorIsToldWrong() {
    Known minilm = stored("minilm");
    List<Double> tampered = new ArrayList<>(minilm.vector());
    tampered.set(383, tampered.get(383) + 2e-5);
    var answers = KnownAnswers.of(List.of(new Known(minilm.encoder(), minilm.input(), tampered)));
    List<Answer> found = answers.ask(zoo(EncoderOptions.defaults()));
    assertEquals(1, found.size());
    assertFalse(found.get(0).right());
    assertEquals(2e-5, found.get(0).largestDifference(), 1e-6);
  }

  @Test
  void whatIsNoNumberIsWrongAndNotThrown() {
    var known = new Known("minilm", "", List.of(0.6, 0.8));
    assertTrue(known.judge(0.6f, 0.8f).right());
    assertFalse(known.judge(0.6f, 0.80002f).right());
    Answer nan = known.judge(Float.NaN, 0.8f);
    assertTrue(Double.isNaN(nan.largestDifference()) && !nan.right(), nan::toString);
    assertFalse(known.judge(0.6f, Float.NEGATIVE_INFINITY).right());
    assertFalse(new Known("minilm", "", List.of(Double.NaN)).judge(1).right());
  }

  @Test
  void anotherNumberOfValuesIsWrongAndNotThrown() {
    var known = new Known("minilm", "", List.of(0.6, 0.8));
    var infinite = Double.POSITIVE_INFINITY;
    assertEquals(new Answer("minilm", 1, infinite, false), known.judge(1));
    assertEquals(new Answer("minilm", 3, infinite, false), known.judge(0.6f, 0.8f, 0));
  }

  @Test
  void whoHasNoFilesOrNoAnswerIsSkipped() {
    ModelZoo zoo = zoo(EncoderOptions.defaults());
    var answers = KnownAnswers.of(List.of(new Known("vit-base", "", List.of(1.0))));
    assertEquals(List.of(), answers.ask(zoo));
    assertEquals(Optional.empty(), answers.ask(zoo, "vit-base"));
    assertEquals(Optional.empty(), answers.ask(zoo, "minilm"));
    assertFalse(ArtifactStore.isOnClassPath(new EmbeddedCard.Resource("no such.onnx", "")));
  }

  private static Known stored(String encoder) {
    return KnownAnswers.stored().known().stream()
        .filter(known -> known.encoder().equals(encoder))
        .findFirst()
        .orElseThrow();
  }

  private ModelZoo zoo(EncoderOptions encoders) {
    return ModelZoo.open(
        new ZooOptions(
            cache,
            HubOptions.from(Map.of(), cache).withOffline(true),
            encoders,
            Progress.NONE,
            warnings::add));
  }
}
