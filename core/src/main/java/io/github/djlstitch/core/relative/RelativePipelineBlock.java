// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.FloatMatrix;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A {@link RelativePipeline.Fitted} as a DJL block: (B, D) to (B, K).
 *
 * <p>Nothing in it is learned, but gradients flow to its input. What it was fitted with is saved
 * and loaded under {@code fitted_0}, {@code fitted_1} and so on: of each subspace the center (1, D)
 * and the keys (M, D), for Mahalanobis distances what whitens (D, D), for clusters of vectors the
 * anchors instead of the keys, and last the mean and the variance (1, K) of a batch norm. Each
 * training step is one draw of anchors and moves those statistics a tenth of the way to the
 * batch's. Thread-safe for inference once initialized.
 *
 * <p>Library-only: no command uses it. For example, without imports:
 *
 * <pre>{@code
 * var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
 * var pipeline =
 *     RelativePipeline.of(Similarity.cosine(), Centering.NONE).withNorm(OutputNorm.L2);
 * var block = RelativePipelineBlock.of(pipeline.over(new AnchoredSpace(anchors, anchors)));
 * float[] relative; // (1, 3): cosines, of length 1
 * try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
 *   block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
 *   var store = new ParameterStore(manager, false);
 *   var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
 *   relative = block.forward(store, vectors, false).head().toFloatArray();
 * }
 * }</pre>
 */
public final class RelativePipelineBlock extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final float MOMENTUM = 0.1f; // as in PyTorch

  private final RelativePipeline.Fitted fitted;
  private final List<FloatMatrix> tensors;
  private final List<Parameter> kept;
  private final AtomicLong step = new AtomicLong();

  private RelativePipelineBlock(RelativePipeline.Fitted fitted) {
    super(VERSION);
    this.fitted = fitted;
    this.tensors = fitted.tensors();
    this.kept =
        IntStream.range(0, tensors.size())
            .mapToObj(i -> addParameter(RelativeBlock.frozen("fitted_" + i)))
            .toList();
  }

  /** A block that does what the pipeline does. */
  public static RelativePipelineBlock of(RelativePipeline.Fitted pipeline) {
    return new RelativePipelineBlock(pipeline);
  }

  /** Places what was fitted; it is not drawn from an initializer. */
  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    for (int i = 0; i < tensors.size(); i++) {
      RelativeBlock.fill(kept.get(i), manager, tensors.get(i));
    }
    super.initialize(manager, dataType, inputShapes);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow(); // (B, D)
    Standardization.requireWidth(x.getShape().getLastDimension(), fitted.width());
    var values = new NDList(kept.size());
    kept.forEach(p -> values.add(store.getValue(p, x.getDevice(), false)));
    if (training) {
      return new NDList(train(x, values));
    }
    return new NDList(
        fitted.pipeline().transductive()
            ? fitted.forward(x, values, 0, false)
            : NativeRows.map(
                x, fitted.outputWidth(), rows -> fitted.forward(rows, values, 0, false)));
  }

  private NDArray train(NDArray x, NDList values) {
    boolean ofBatch = fitted.pipeline().norm() == OutputNorm.BATCH && x.getShape().get(0) > 1;
    if (!ofBatch) {
      return fitted.forward(x, values, step.getAndIncrement(), true);
    }
    NDArray r = fitted.similarities(x, values, step.getAndIncrement(), true); // (B, K)
    NDArray constant = r.stopGradient(); // (B, K)
    NDArray mean = constant.mean(new int[] {0}, true); // (1, K)
    follow(fitted.statistics(values), mean, constant.sub(mean).square().mean(new int[] {0}, true));
    return OutputNorm.INSTANCE.apply(r, new NDList(), true);
  }

  private static void follow(NDList statistics, NDArray mean, NDArray variance) {
    statistics.get(0).muli(1 - MOMENTUM).addi(mean.mul(MOMENTUM));
    statistics.get(1).muli(1 - MOMENTUM).addi(variance.mul(MOMENTUM));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), fitted.outputWidth())};
  }
}
