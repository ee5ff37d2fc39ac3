// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.train.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Self-attention among the anchors, behind a relative block: similarities (B, M) to (B, M), the
 * value mode SELF_ATTENTION of the code of Moschella et al. 2023 (arXiv:2209.15430).
 *
 * <p>The similarities {@code n = LayerNorm(r)}, by learned {@code scale} and {@code shift} (M),
 * stretch three learned vectors of each anchor, rows of {@code queries}, {@code keys} and {@code
 * values} (M, H), into tokens {@code n_a Q_a}, {@code n_a K_a} and {@code n_a V_a} (B, M, H). These
 * go through multi-head attention (Vaswani et al. 2017, arXiv:1706.03762) of h heads: {@code
 * in_weight} (3 H, H) and {@code in_bias} (3 H) for queries, keys and values in turn, {@code
 * softmax(QKᵀ / sqrt(H / h)) V} in each head, {@code out_weight} (H, H) and {@code out_bias} (H);
 * {@code merge} (1, H) makes one number of each token. Memory grows with B h M² in training and is
 * bounded in inference, for which it is thread-safe once initialized.
 *
 * <p>It starts as PyTorch's modules do, drawn from the seed alone: the anchors' vectors standard
 * normal, {@code in_weight} by Glorot, other weights uniform within {@code 1 / sqrt(H)}, biases 0.
 *
 * <p>Library-only: no command uses it. For example, without imports:
 *
 * <pre>{@code
 * var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
 * var relative = RelativeBlock.of(anchors, Similarity.cosine(), Centering.NONE);
 * var network = new SequentialBlock().add(relative).add(AnchorSelfAttention.of(3, 8, 2, 0));
 * float[] attended; // (1, 3): one number for each anchor
 * try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
 *   network.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
 *   var store = new ParameterStore(manager, false);
 *   var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
 *   attended = network.forward(store, vectors, false).head().toFloatArray();
 * }
 * }</pre>
 */
public final class AnchorSelfAttention extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final long LARGEST = 1 << 24; // weights of attention at once, 64 MiB
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "anchor-self-attention",
          """
          def head(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, i: int, h: int) -> Tensor:
            width = torch.size(x, 2)
            wi = torch.slice(w, 0, i * width, i * width + width, 1)
            bi = torch.slice(b, 0, i * width, i * width + width, 1)
            y = torch.add(torch.matmul(x, torch.t(wi)), bi)
            shape = [torch.size(x, 0), torch.size(x, 1), h, width // h]
            return torch.transpose(torch.reshape(y, shape), 1, 2)
          def attend(self: __torch__.M, r: Tensor, heads: Tensor, w: List[Tensor]) -> Tensor:
            h = int(heads)
            n = torch.unsqueeze(torch.layer_norm(r, [torch.size(r, 1)], w[0], w[1], 1e-5), 2)
            q = (self).head(torch.mul(n, w[2]), w[5], w[6], 0, h)
            k = (self).head(torch.mul(n, w[3]), w[5], w[6], 1, h)
            v = (self).head(torch.mul(n, w[4]), w[5], w[6], 2, h)
            root = float(torch.size(q, 3)) ** 0.5
            share = torch.softmax(torch.div(torch.matmul(q, torch.transpose(k, 2, 3)), root), 3)
            each = torch.transpose(torch.matmul(share, v), 1, 2)
            y = torch.reshape(each, [torch.size(r, 0), torch.size(r, 1), torch.size(w[2], 1)])
            y = torch.add(torch.matmul(y, torch.t(w[7])), w[8])
            return torch.squeeze(torch.matmul(y, torch.t(w[9])), 2)
          """);

  private final int anchors;
  private final int heads;
  private final long seed;
  private final List<Parameter> learned = new ArrayList<>();

  private AnchorSelfAttention(int anchors, int width, int heads, long seed) {
    super(VERSION);
    this.anchors = anchors;
    this.heads = heads;
    this.seed = seed;
    learned.add(AnchorValues.norm("scale", anchors, Parameter.Type.GAMMA));
    learned.add(AnchorValues.norm("shift", anchors, Parameter.Type.BETA));
    double bound = 1 / Math.sqrt(width);
    for (String name : List.of("queries", "keys", "values")) {
      drawn(name, Double.NaN, anchors, width);
    }
    drawn("in_weight", Math.sqrt(6.0 / (width + 3 * width)), 3L * width, width);
    zeros("in_bias", 3L * width);
    drawn("out_weight", bound, width, width);
    zeros("out_bias", width);
    drawn("merge", bound, 1, width);
    learned.forEach(this::addParameter);
  }

  /**
   * Attention among M anchors.
   *
   * @param anchors M, at least 1
   * @param width H of the anchors' vectors, a multiple of the heads
   * @param heads h, at least 1
   * @param seed of the initial values
   * @throws StitchException (usage) for other numbers
   */
  public static AnchorSelfAttention of(int anchors, int width, int heads, long seed) {
    if (anchors < 1 || width < 1 || heads < 1 || width % heads != 0) {
      throw StitchException.usage(
          "self-attention of %d heads, %d wide, among %d anchors; expected at least 1 each, and a"
              + " width that the heads divide",
          heads, width, anchors);
    }
    return new AnchorSelfAttention(anchors, width, heads, seed);
  }

  // Uniform within the bound, or standard normal if that is no number.
  private void drawn(String name, double bound, long... shape) {
    long stream = Seeds.of(seed, learned.size());
    Initializer initializer =
        (manager, wanted, type) -> {
          var random = new Random(stream);
          DoubleUnaryOperator next =
              Double.isNaN(bound)
                  ? i -> random.nextGaussian()
                  : i -> (2 * random.nextDouble() - 1) * bound;
          float[] values = new float[Math.toIntExact(wanted.size())];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) next.applyAsDouble(i);
          }
          return manager.create(values, wanted);
        };
    learned.add(parameter(name, Parameter.Type.WEIGHT, initializer, shape));
  }

  private void zeros(String name, long size) {
    learned.add(parameter(name, Parameter.Type.BIAS, Initializer.ZEROS, size));
  }

  private static Parameter parameter(
      String name, Parameter.Type type, Initializer initializer, long... shape) {
    return Parameter.builder()
        .setName(name)
        .setType(type)
        .optShape(new Shape(shape))
        .optInitializer(initializer)
        .build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray r = inputs.singletonOrThrow(); // (B, M)
    if (r.getShape().getLastDimension() != anchors) {
      throw StitchException.badInput(
          "similarities to %d anchors cannot attend among %d",
          r.getShape().getLastDimension(), anchors);
    }
    var weights = new NDList(learned.size());
    learned.forEach(p -> weights.add(store.getValue(p, r.getDevice(), training)));
    return new NDList(
        training
            ? attended(r, weights, true)
            : NativeRows.map(r, anchors, block(), rows -> attended(rows, weights, false)));
  }

  private long block() {
    return Math.max(1, LARGEST / ((long) heads * anchors * anchors));
  }

  private NDArray attended(NDArray r, NDList weights, boolean training) {
    try (NDManager scope = r.getManager().newSubManager()) {
      NDArray count = scope.create((long) heads); // ()
      return PROGRAM.run("attend", training, new NDList(r, count), weights).head(); // (B, M)
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), anchors)};
  }
}
