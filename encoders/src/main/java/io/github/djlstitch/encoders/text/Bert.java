// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.TorchProgram;
import io.github.djlstitch.encoders.block.FrozenWeights;
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.weights.WeightSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * BERT with pooling and unit length, as a frozen DJL block: token ids and mask (B, T), int64, to
 * vectors (B, D), float32.
 *
 * <p>Devlin et al. 2019, arXiv:1810.04805, as Hugging Face's {@code BertModel} computes it: learned
 * positions, layer norm after each residual, exact GELU. The parameters bear the checkpoint's
 * names. One LibTorch program call runs the whole network. Thread-safe once loaded.
 */
public final class Bert extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final Set<String> IGNORED =
      Set.of("embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias");

  private final BertConfig config;
  private final Pooling pooling;
  private final NumberType numbers;
  private final TorchProgram program;
  private final FrozenWeights weights;

  private Bert(BertConfig config, Pooling pooling, NumberType numbers) {
    super(VERSION);
    this.config = config;
    this.pooling = pooling;
    this.numbers = numbers;
    this.program = BertProgram.of(config);
    this.weights = FrozenWeights.declare("BERT", shapes(config));
    weights.parameters().forEach(this::addParameter);
  }

  /**
   * A BERT with the weights of a checkpoint.
   *
   * @param manager owns the weights
   * @throws StitchException (bad input) naming the first tensor that is missing, unknown or of
   *     another shape
   */
  public static Bert load(
      BertConfig config,
      Pooling pooling,
      NumberType numbers,
      WeightSource source,
      NDManager manager) {
    var bert = new Bert(config, pooling, numbers);
    bert.weights.fill(source, IGNORED::contains, manager);
    bert.initialize(manager, DataType.FLOAT32, new Shape(1, 1), new Shape(1, 1));
    return bert;
  }

  /** Width D of the vectors. */
  public int width() {
    return config.width();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    requireRoom(inputs.head().getShape());
    NDList vectors =
        program.run(pooling.id(), false, inputs, weights.packed(program, numbers)); // (B, D)
    // Nothing here learns, but what lies above may; for that the vectors must leave inference mode.
    return training ? new NDList(vectors.head().duplicate()) : vectors;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), config.width())};
  }

  private void requireRoom(Shape ids) {
    if (ids.dimension() != 2 || ids.get(1) > config.positions()) {
      throw StitchException.badInput(
          "token ids of shape %s; this BERT reads (B, T) with at most %d tokens",
          ids, config.positions());
    }
  }

  /** The checkpoint's tensors in the order in which the program unpacks them. */
  private static Map<String, Shape> shapes(BertConfig c) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("embeddings.word_embeddings.weight", new Shape(c.vocabulary(), c.width()));
    shapes.put("embeddings.position_embeddings.weight", new Shape(c.positions(), c.width()));
    shapes.put("embeddings.token_type_embeddings.weight", new Shape(2, c.width()));
    norm(shapes, "embeddings.LayerNorm", c.width());
    for (int i = 0; i < c.layers(); i++) {
      String layer = "encoder.layer." + i + ".";
      dense(shapes, layer + "attention.self.query", c.width(), c.width());
      dense(shapes, layer + "attention.self.key", c.width(), c.width());
      dense(shapes, layer + "attention.self.value", c.width(), c.width());
      dense(shapes, layer + "attention.output.dense", c.width(), c.width());
      norm(shapes, layer + "attention.output.LayerNorm", c.width());
      dense(shapes, layer + "intermediate.dense", c.intermediate(), c.width());
      dense(shapes, layer + "output.dense", c.width(), c.intermediate());
      norm(shapes, layer + "output.LayerNorm", c.width());
    }
    return shapes;
  }

  private static void dense(Map<String, Shape> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new Shape(out, in));
    shapes.put(name + ".bias", new Shape(out));
  }

  private static void norm(Map<String, Shape> shapes, String name, int width) {
    shapes.put(name + ".weight", new Shape(width));
    shapes.put(name + ".bias", new Shape(width));
  }
}
