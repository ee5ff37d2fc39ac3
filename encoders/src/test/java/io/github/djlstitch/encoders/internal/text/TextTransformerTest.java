// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.TextConfig.Family;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
class TextTransformerTest {
  private static final TextConfig TINY = TextConfig.bert(11, 8, 6, 2, 3, 10, 1e-12);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aMissingTensorIsNamed() {
    var weights = RandomWeights.of(TINY);
    weights.remove("encoder.layer.1.output.dense.bias");
    refused("'encoder.layer.1.output.dense.bias'", weights);
  }

  @Test
  void anUnknownTensorIsNamed() {
    refused("'adapter.weight'", RandomWeights.of(TINY).put("adapter.weight", 2, 6));
    refused("'encoder.layer.2.", RandomWeights.of(TextConfig.bert(11, 8, 6, 3, 3, 10, 1e-12)));
  }

  @Test
  void aTensorOfAnotherShapeIsNamedWithBothShapes() {
    var weights = RandomWeights.of(TINY).put("encoder.layer.0.intermediate.dense.weight", 6, 10);
    refused("'encoder.layer.0.intermediate.dense.weight' has shape (6, 10)", weights);
    refused("needs (10, 6)", weights);
  }

  @Test
  void whatHasNoPartInTheVectorsIsLeftOut() {
    var more = RandomWeights.of(TINY);
    for (String name :
        List.of(
            "pooler.dense.weight",
            "pooler.dense.bias",
            "embeddings.position_ids",
            "embeddings.token_type_ids",
            "cls.predictions.transform.LayerNorm.weight",
            "lm_head.bias",
            "discriminator_predictions.dense.weight",
            "vocab_transform.weight",
            "vocab_layer_norm.bias",
            "vocab_projector.bias",
            "classifier.weight",
            "pre_classifier.bias",
            "qa_outputs.weight",
            "head.fc.num_batches_tracked")) {
      more.put(name, 1, 8);
    }
    assertArrayEquals(vectors(load(RandomWeights.of(TINY))), vectors(load(more)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classifiers.weight",
        "my.cls.bias",
        "embeddings.position_ids.weight",
        "encoder.layer.0.attention.self.distance_embedding.weight",
        "encoder.layer.0.crossattention.self.query.weight",
        "embeddings_project.weight",
        "poolers.dense.weight",
        "vision_model.post_layernorm.bias",
        "logit_scale"
      })
  void whatMightHaveAPartIsNot(String name) {
    refused("'" + name + "'", RandomWeights.of(TINY).put(name, 6));
  }

  @Test
  void layersBeyondAllMeasureTakeNoMemory() {
    var endless = TextConfig.bert(11, 8, 6, Integer.MAX_VALUE, 3, 10, 1e-12);
    var e =
        assertThrows(
            StitchException.class,
            () ->
                TextTransformer.load(
                    endless,
                    Readout.of(Pooling.CLS),
                    NumberType.FLOAT32,
                    RandomWeights.of(TINY),
                    manager));
    assertTrue(e.getMessage().contains("'encoder.layer.2147483646."), e.getMessage());
  }

  @Test
  void aPoolerIsNeverMadeUp() {
    var e = assertThrows(StitchException.class, () -> read(Readout.of(Pooling.POOLER)));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains("'pooler.dense.weight'"), e.getMessage());
    var half = RandomWeights.of(TINY).put("pooler.dense.weight", 6, 6);
    e =
        assertThrows(
            StitchException.class,
            () ->
                TextTransformer.load(
                    TINY, Readout.of(Pooling.POOLER), NumberType.FLOAT32, half, manager));
    assertTrue(e.getMessage().contains("'pooler.dense.bias'"), e.getMessage());
  }

  @Test
  void poolingsOfVisionNetworksAreRefused() {
    var e = assertThrows(StitchException.class, () -> read(Readout.of(Pooling.OWN)));
    assertEquals(StitchException.Kind.USAGE, e.kind());
  }

  @Test
  void aPoolerReadsTheLastLayerOnly() {
    var e = assertThrows(StitchException.class, () -> read(new Readout(-2, Pooling.POOLER, false)));
    assertEquals(StitchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains("'pooler' reads the last layer"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, -4, 12})
  void aLayerThatIsNotThereIsRefused(int layer) {
    var e =
        assertThrows(StitchException.class, () -> read(new Readout(layer, Pooling.MEAN, false)));
    assertEquals(StitchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains("layer " + layer + " does not exist"), e.getMessage());
  }

  @Test
  void aTokenThatIsNotInTheVocabularyIsNamed() {
    TextTransformer bert = load(RandomWeights.of(TINY));
    for (long id : new long[] {11, -1, 1L << 40}) {
      var e =
          assertThrows(StitchException.class, () -> forward(bert, new long[] {1, id}, ones(2), 1));
      assertTrue(e.getMessage().contains("token id " + id + ";"), e.getMessage());
    }
  }

  @Test
  void aSequenceOfPaddingAloneIsRefused() {
    TextTransformer bert = load(RandomWeights.of(TINY));
    long[] mask = {1, 1, 0, 0};
    var e = assertThrows(StitchException.class, () -> forward(bert, new long[4], mask, 2));
    assertTrue(e.getMessage().contains("sequence 1"), e.getMessage());
  }

  @Test
  void tokenTypesAreThoseOfTheTable() {
    TextTransformer bert = load(RandomWeights.of(TINY));
    NDArray ids = manager.create(new long[] {1, 2, 3}, new Shape(1, 3)); // (B, T)
    NDArray none = ids.zerosLike(); // (B, T)
    float[] expected = TextFixture.vectors(bert, manager, ids, ids.onesLike()).toFloatArray();
    float[] found = TextFixture.vectors(bert, manager, ids, ids.onesLike(), none).toFloatArray();
    assertArrayEquals(expected, found, 1e-6f);
    NDArray[] wrong = {ids, ids.onesLike(), none.add(2)};
    var e = assertThrows(StitchException.class, () -> TextFixture.vectors(bert, manager, wrong));
    assertTrue(e.getMessage().contains("token type 2; this BERT knows 0 to 1"), e.getMessage());
    NDArray[] shorter = {ids, ids.onesLike().reshape(3, 1)};
    e = assertThrows(StitchException.class, () -> TextFixture.vectors(bert, manager, shorter));
    assertTrue(e.getMessage().contains("same shape"), e.getMessage());
  }

  @Test
  void bfloat16PointsTheSameWay() {
    var base =
        new TextConfig(
            Family.ROBERTA, 300, 610, 1, 768, 768, 2, 12, 3072, 1e-5, Activation.GELU, 1);
    var weights = RandomWeights.of(base).calm();
    var readout = Readout.of(Pooling.MEAN);
    var exact = TextTransformer.load(base, readout, NumberType.FLOAT32, weights, manager);
    var rounded = TextTransformer.load(base, readout, NumberType.BFLOAT16, weights, manager);
    for (int tokens : new int[] {9, 80, 600}) { // each way to compute attention
      long[] ids = new Random(3).longs(3L * tokens, 2, 300).toArray();
      long[] mask = ones(ids.length);
      Arrays.fill(mask, tokens + 5, 2 * tokens, 0);
      var shape = new Shape(3, tokens);
      NDArray[] inputs = {manager.create(ids, shape), manager.create(mask, shape)}; // (B, T)
      NDArray x = exact.states(inputs).reshape(-1, 768); // (B * T, D)
      NDArray y = rounded.states(inputs).reshape(-1, 768); // (B * T, D)
      NDArray size = x.norm(new int[] {1}).mul(y.norm(new int[] {1}));
      float[] cosines = x.mul(y).sum(new int[] {1}).div(size).toFloatArray();
      for (int i = 0; i < cosines.length; i++) {
        assertEquals(1, mask[i] == 0 ? 1 : cosines[i], 1e-3);
      }
    }
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    assertThrows(StitchException.class, () -> TextConfig.bert(11, 8, 6, 2, 4, 10, 1e-12));
    assertThrows(StitchException.class, () -> TextConfig.bert(11, 8, 0, 2, 1, 10, 1e-12));
    assertThrows(StitchException.class, () -> TextConfig.bert(0, 8, 6, 2, 3, 10, 1e-12));
  }

  @Test
  void paddingChangesNothing() {
    TextTransformer bert = load(RandomWeights.of(TINY));
    float[] alone = forward(bert, new long[] {1, 2, 3}, new long[] {1, 1, 1}, 1);
    long[] padded = {1, 2, 3, 0, 0, 4, 5, 6, 7, 8};
    float[] both = forward(bert, padded, new long[] {1, 1, 1, 0, 0, 1, 1, 1, 1, 1}, 2);
    for (int j = 0; j < alone.length; j++) {
      assertEquals(alone[j], both[j], 1e-6f);
    }
  }

  @Test
  void moreTokensThanPositionsAreRefused() {
    TextTransformer bert = load(RandomWeights.of(TINY));
    assertEquals(6, forward(bert, new long[8], ones(8), 1).length);
    var e = assertThrows(StitchException.class, () -> forward(bert, new long[9], ones(9), 1));
    assertTrue(e.getMessage().contains("at most 8 tokens"), e.getMessage());
  }

  // Too many tokens for one go, with token types and without, and a part that is smaller.
  @Test
  void largeBatchesGoThroughInParts() {
    var wide = TextConfig.bert(11, 64, 768, 1, 12, 16, 1e-12);
    var weights = RandomWeights.of(wide).calm();
    var bert =
        TextTransformer.load(wide, Readout.of(Pooling.MEAN), NumberType.FLOAT32, weights, manager);
    int rows = 57;
    NDArray ids = manager.create(new Random(7).longs(rows * 64L, 0, 11).toArray());
    NDArray types = manager.create(new Random(8).longs(rows * 64L, 0, 2).toArray());
    NDArray[] inputs = {ids.reshape(rows, 64), ids.onesLike().reshape(rows, 64)}; // (B, T)
    NDArray all = TextFixture.vectors(bert, manager, inputs); // (B, D)
    NDArray[] typed = {inputs[0], inputs[1], types.reshape(rows, 64)};
    NDArray allTyped = TextFixture.vectors(bert, manager, typed); // (B, D)
    assertEquals(new Shape(rows, 768), all.getShape());
    for (String row : new String[] {"0:1", rows / 2 + ":" + (rows / 2 + 1), rows - 1 + ":"}) {
      NDArray[] one = Arrays.stream(typed).map(x -> x.get(row)).toArray(NDArray[]::new);
      float[] expected = TextFixture.vectors(bert, manager, one[0], one[1]).toFloatArray();
      assertArrayEquals(expected, all.get(row).toFloatArray(), 2e-6f);
      float[] expectedTyped = TextFixture.vectors(bert, manager, one).toFloatArray();
      assertArrayEquals(expectedTyped, allTyped.get(row).toFloatArray(), 2e-6f);
    }
  }

  @Test
  void itsShapeIsKnownBeforeItRuns() {
    Shape[] shapes = load(RandomWeights.of(TINY)).getOutputShapes(new Shape[] {new Shape(5, 7)});
    assertArrayEquals(new Shape[] {new Shape(5, 6)}, shapes);
  }

  private void refused(String part, RandomWeights weights) {
    var e = assertThrows(StitchException.class, () -> load(weights));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private TextTransformer read(Readout readout) {
    return TextTransformer.load(TINY, readout, NumberType.FLOAT32, RandomWeights.of(TINY), manager);
  }

  private TextTransformer load(WeightSource weights) {
    return TextTransformer.load(
        TINY, Readout.sentence(Pooling.MEAN), NumberType.FLOAT32, weights, manager);
  }

  private float[] vectors(TextTransformer bert) {
    return forward(bert, new Random(2).longs(12, 0, 11).toArray(), ones(12), 2);
  }

  private float[] forward(TextTransformer bert, long[] ids, long[] mask, int rows) {
    var shape = new Shape(rows, ids.length / rows);
    NDArray i = manager.create(ids, shape); // (B, T)
    NDArray m = manager.create(mask, shape); // (B, T)
    var store = new ParameterStore(manager, false);
    return bert.forward(store, new NDList(i, m), false).head().toFloatArray();
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
