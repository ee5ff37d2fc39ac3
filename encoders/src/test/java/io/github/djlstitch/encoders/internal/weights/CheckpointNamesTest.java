// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointNamesTest {
  private static final String WORDS = "embeddings.word_embeddings.weight";

  @ParameterizedTest
  @ValueSource(strings = {"bert.", "roberta.", "electra.", "distilbert.", "mpnet.", "model.", ""})
  void thePrefixOfATextEncoderIsTakenOff(String prefix) {
    assertEquals(
        Set.of(WORDS, "encoder.layer.0.output.dense.bias", "cls.predictions.bias"),
        renamed(
            prefix + WORDS, prefix + "encoder.layer.0.output.dense.bias", "cls.predictions.bias"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit.", "deit."})
  void soIsThatOfAVisionEncoder(String prefix) {
    assertEquals(
        Set.of("embeddings.cls_token", "layernorm.bias", "classifier.bias"),
        renamed(prefix + "embeddings.cls_token", prefix + "layernorm.bias", "classifier.bias"));
  }

  @Test
  void otherPrefixesStay() {
    assertEquals(Set.of("gpt." + WORDS), renamed("gpt." + WORDS));
    assertEquals(Set.of("bert.other"), renamed("bert.other"));
    assertEquals(Set.of("cls_token", "head.bias"), renamed("model.cls_token", "head.bias"));
  }

  @Test
  void onlyOnePrefixIsTakenOff() {
    assertEquals(Set.of(WORDS, "roberta.x"), renamed("bert." + WORDS, "bert.roberta.x"));
  }

  @Test
  void oldNamesOfNormsAreRenamedAtTheEndOnly() {
    assertEquals(
        Set.of("a.LayerNorm.weight", "a.LayerNorm.bias", "LayerNorm.gamma.x", "gamma", "a.beta"),
        renamed("a.LayerNorm.gamma", "a.LayerNorm.beta", "LayerNorm.gamma.x", "gamma", "a.beta"));
  }

  @Test
  void shapesAndValuesAreThoseOfTheStoredTensor() {
    WeightSource names = CheckpointNames.of(new Named("bert." + WORDS, "bert.LayerNorm.gamma"));
    assertEquals(new Shape("bert.LayerNorm.gamma".length()), names.shape("LayerNorm.weight"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray tensor = names.tensor(manager, "LayerNorm.weight");
      assertEquals("bert.LayerNorm.gamma".length(), tensor.getShape().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pooler.dense.bias", "bert.pooler.dense.bias"})
  void aTensorGivenTwiceIsRefusedByName(String first) {
    String second = first.startsWith("bert.") ? "pooler.dense.bias" : "bert.pooler.dense.bias";
    var e = assertThrows(StitchException.class, () -> renamed("bert." + WORDS, first, second));
    assertTrue(e.getMessage().contains("'pooler.dense.bias' twice"), e.getMessage());
    e = assertThrows(StitchException.class, () -> renamed("LayerNorm.beta", "LayerNorm.bias"));
    assertTrue(e.getMessage().contains("'LayerNorm.bias' twice"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module.", ""})
  void whatTrainingPutsAroundANetworkIsTakenOff(String wrapper) {
    var source = new Named(wrapper + "bert." + WORDS, wrapper + "bert.pooler.dense.bias");
    var names = CheckpointNames.of(CheckpointNames.unwrapped(source));
    assertEquals(Set.of(WORDS, "pooler.dense.bias"), names.names());
    assertEquals(new Shape((wrapper + "bert." + WORDS).length()), names.shape(WORDS));
  }

  @Test
  void aModuleOfThatNameStays() {
    var source = new Named("module.bias", "other.bias");
    assertEquals(source.names(), CheckpointNames.unwrapped(source).names());
  }

  private static Set<String> renamed(String... names) {
    return CheckpointNames.of(new Named(names)).names();
  }

  /** Tensors as long as their names. */
  private record Named(Set<String> names) implements WeightSource {
    Named(String... names) {
      this(new LinkedHashSet<>(Arrays.asList(names)));
    }

    @Override
    public Shape shape(String name) {
      assertTrue(names.contains(name), name);
      return new Shape(name.length());
    }

    @Override
    public NDArray tensor(NDManager manager, String name) {
      return manager.zeros(shape(name));
    }
  }
}
