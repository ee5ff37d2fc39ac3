// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A checkpoint of any shapes; a tensor's values follow from its name. */
final class RandomWeights implements WeightSource {
  private final SortedMap<String, Shape> shapes = new TreeMap<>();
  private boolean calm;

  /** All that a BERT or RoBERTa of these sizes has. */
  static RandomWeights of(TextConfig c) {
    var weights = new RandomWeights();
    weights.put("embeddings.word_embeddings.weight", c.vocabulary(), c.width());
    weights.put("embeddings.position_embeddings.weight", c.positions(), c.width());
    weights.put("embeddings.token_type_embeddings.weight", c.types(), c.width());
    weights.put("embeddings.LayerNorm.weight", c.width());
    weights.put("embeddings.LayerNorm.bias", c.width());
    for (int i = 0; i < c.layers(); i++) {
      String layer = "encoder.layer." + i + ".";
      for (String part : new String[] {"self.query", "self.key", "self.value", "output.dense"}) {
        weights.put(layer + "attention." + part + ".weight", c.width(), c.width());
        weights.put(layer + "attention." + part + ".bias", c.width());
      }
      weights.put(layer + "intermediate.dense.weight", c.intermediate(), c.width());
      weights.put(layer + "intermediate.dense.bias", c.intermediate());
      weights.put(layer + "output.dense.weight", c.width(), c.intermediate());
      weights.put(layer + "output.dense.bias", c.width());
      for (String norm : new String[] {"attention.output", "output"}) {
        weights.put(layer + norm + ".LayerNorm.weight", c.width());
        weights.put(layer + norm + ".LayerNorm.bias", c.width());
      }
    }
    return weights;
  }

  /** With values as trained networks have them: states keep their size from layer to layer. */
  RandomWeights calm() {
    calm = true;
    return this;
  }

  RandomWeights put(String name, long... shape) {
    shapes.put(name, new Shape(shape));
    return this;
  }

  void remove(String name) {
    shapes.remove(name);
  }

  @Override
  public Set<String> names() {
    return shapes.keySet();
  }

  @Override
  public Shape shape(String name) {
    return shapes.getOrDefault(name, new Shape());
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    Random random = new Random(name.hashCode());
    Shape shape = shape(name);
    boolean scale = calm && name.endsWith("LayerNorm.weight");
    double size = calm ? Math.sqrt(3.0 / (shape.dimension() == 2 ? shape.get(1) : 100)) : 1;
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((scale ? 1 : 0) + size * (2 * random.nextFloat() - 1));
    }
    return manager.create(values, shape);
  }
}
