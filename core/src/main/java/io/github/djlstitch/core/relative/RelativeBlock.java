// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.engine.TensorBridge;

/**
 * The relative representation as a DJL block: (B, D) to (B, M).
 *
 * <p>The anchors are frozen; the block is differentiable in its input, so what lies below it can be
 * trained through it. It composes in a {@code SequentialBlock}; its parameters are saved and loaded
 * under the names {@code center} (1, D) and {@code keys} (M, D). Mathematics and source: {@link
 * RelativeProjection}, {@link Similarity}. Thread-safe once initialised.
 */
public final class RelativeBlock extends AbstractBlock {
  private static final byte VERSION = 1;
  // As in RowBlocks: a block of rows and its result stay in the cache.
  private static final long ROWS = 2048;

  private final RelativeProjection projection;
  private final Parameter center;
  private final Parameter keys;

  private RelativeBlock(RelativeProjection projection) {
    super(VERSION);
    this.projection = projection;
    this.center = addParameter(frozen("center"));
    this.keys = addParameter(frozen("keys"));
  }

  /** A block that projects onto the anchors of {@code projection}. */
  public static RelativeBlock of(RelativeProjection projection) {
    return new RelativeBlock(projection);
  }

  /** A block over anchors (M, D) as the encoder gave them. */
  public static RelativeBlock of(FloatMatrix anchors, Similarity similarity, Centering centering) {
    return new RelativeBlock(RelativeProjection.onto(anchors, similarity, centering));
  }

  private static Parameter frozen(String name) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optRequiresGrad(false)
        .build();
  }

  /** Places the anchors; they are not drawn from an initialiser. */
  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    fill(center, manager, projection.frame().center());
    fill(keys, manager, projection.keys());
    super.initialize(manager, dataType, inputShapes);
  }

  private static void fill(Parameter parameter, NDManager manager, FloatMatrix values) {
    if (!parameter.isInitialized()) {
      parameter.setArray(TensorBridge.toTensor(manager, values));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow(); // (B, D)
    projection.frame().requireWidth(x.getShape().getLastDimension());
    NDArray c = store.getValue(center, x.getDevice(), false); // (1, D)
    NDArray k = store.getValue(keys, x.getDevice(), false); // (M, D)
    if (training || x.getShape().get(0) <= ROWS) {
      return new NDList(
          RelativeProjection.project(x, c, k, projection.similarity(), training)); // (B, M)
    }
    return new NDList(inBlocks(x, c, k));
  }

  private NDArray inBlocks(NDArray x, NDArray c, NDArray k) {
    long n = x.getShape().get(0);
    NDArray out = x.getManager().create(new Shape(n, k.getShape().get(0))); // (B, M)
    for (long from = 0; from < n; from += ROWS) {
      var range = new NDIndex(from + ":" + Math.min(from + ROWS, n));
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray rows = x.get(scope, range); // (ROWS, D)
        NDArray result =
            RelativeProjection.project(rows, c, k, projection.similarity(), false); // (ROWS, M)
        out.set(range, result);
      }
    }
    return out;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), projection.anchorCount())};
  }
}
