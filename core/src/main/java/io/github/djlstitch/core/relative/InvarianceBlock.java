// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@link InvarianceProduct.Fitted} as a DJL block: (B, D) to (B, K M) or (B, M).
 *
 * <p>Its children {@code relative_0}, {@code relative_1} and so on are {@link RelativeBlock}s with
 * frozen anchors. What is learned: {@code weights} (K), which start equal, or the matrices {@code
 * query}, {@code key} and {@code value} (M, M) of the attention {@code softmax(QKᵀ / sqrt(M)) V}.
 * Thread-safe for inference once initialized.
 *
 * <p>Library-only: no command uses it. For example, without imports:
 *
 * <pre>{@code
 * var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
 * var product = InvarianceProduct.of(Centering.NONE, InvarianceProduct.Merge.WEIGHTS);
 * var block = InvarianceBlock.of(product.over(new AnchoredSpace(anchors, anchors)));
 * float[] merged; // (1, 3): the mean of four similarities, by weights that start equal
 * try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
 *   block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
 *   var store = new ParameterStore(manager, false);
 *   var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
 *   merged = block.forward(store, vectors, false).head().toFloatArray();
 * }
 * }</pre>
 */
public final class InvarianceBlock extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "invariances",
          """
          def weighted(self: __torch__.M, x: Tensor, w: Tensor) -> Tensor:
            share = torch.unsqueeze(torch.unsqueeze(torch.softmax(w, 0), 0), 2)
            return torch.sum(torch.mul(x, share), [1])
          def attended(self: __torch__.M, x: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            query = torch.matmul(x, q)
            key = torch.transpose(torch.matmul(x, k), 1, 2)
            scale = torch.sqrt(torch.tensor(float(torch.size(x, 2))))
            share = torch.softmax(torch.div(torch.matmul(query, key), scale), 2)
            return torch.sum(torch.matmul(share, torch.matmul(x, v)), [1])
          """);

  private final InvarianceProduct.Fitted product;
  private final List<RelativeBlock> parts = new ArrayList<>();
  private final List<Parameter> learned;

  private InvarianceBlock(InvarianceProduct.Fitted product) {
    super(VERSION);
    this.product = product;
    for (RelativeProjection projection : product.projections()) {
      parts.add(addChildBlock("relative_" + parts.size(), RelativeBlock.of(projection)));
    }
    int anchors = product.projections().get(0).anchorCount();
    this.learned =
        switch (product.product().merge()) {
          case CONCAT, SUM -> List.of();
          case WEIGHTS -> List.of(addParameter(weights(parts.size())));
          case ATTENTION ->
              Stream.of("query", "key", "value")
                  .map(n -> addParameter(matrix(n, anchors)))
                  .toList();
        };
  }

  /** A block that does what the product does, with what it learns not yet initialized. */
  public static InvarianceBlock of(InvarianceProduct.Fitted product) {
    return new InvarianceBlock(product);
  }

  // Not of type WEIGHT, whose usual initializer wants a matrix.
  private static Parameter weights(int count) {
    return Parameter.builder()
        .setName("weights")
        .setType(Parameter.Type.OTHER)
        .optShape(new Shape(count))
        .optInitializer(Initializer.ZEROS)
        .build();
  }

  private static Parameter matrix(String name, int width) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.WEIGHT)
        .optShape(new Shape(width, width))
        .build();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    parts.forEach(part -> part.initialize(manager, dataType, inputs));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow(); // (B, D)
    return new NDList(
        training
            ? merged(store, x, true)
            : NativeRows.map(x, product.outputWidth(), rows -> merged(store, rows, false)));
  }

  private NDArray merged(ParameterStore store, NDArray x, boolean training) {
    var each = new NDList();
    for (RelativeBlock part : parts) {
      NDArray r = part.forward(store, new NDList(x), training).head(); // (B, M)
      each.add(OutputNorm.LAYER.apply(r, new NDList(), training));
    }
    return switch (product.product().merge()) {
      case CONCAT -> NDArrays.concat(each, 1); // (B, K M)
      case SUM -> NDArrays.stack(each, 1).sum(new int[] {1}); // (B, M)
      case WEIGHTS -> learned("weighted", store, each, training);
      case ATTENTION -> learned("attended", store, each, training);
    };
  }

  private NDArray learned(String method, ParameterStore store, NDList each, boolean training) {
    NDArray x = NDArrays.stack(each, 1); // (B, K, M)
    var arguments = new NDList(x);
    learned.forEach(p -> arguments.add(store.getValue(p, x.getDevice(), training)));
    return PROGRAM.run(method, training, arguments, new NDList()).head(); // (B, M)
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), product.outputWidth())};
  }
}
