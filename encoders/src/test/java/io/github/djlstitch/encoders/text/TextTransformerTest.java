// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

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
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.block.Readout;
import io.github.djlstitch.encoders.weights.WeightSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    var more = RandomWeights.of(TINY).put("pooler.dense.weight", 6, 6).put("pooler.dense.bias", 6);
    more.put("embeddings.position_ids", 1, 8);
    assertArrayEquals(vectors(load(RandomWeights.of(TINY))), vectors(load(more)));
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
    java.util.Arrays.fill(ones, 1);
    return ones;
  }
}
