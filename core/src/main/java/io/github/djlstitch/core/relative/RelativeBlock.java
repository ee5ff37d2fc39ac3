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
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.List;
import java.util.stream.Stream;

/**
 * The relative representation as a DJL block: (B, D) to (B, M).
 *
 * <p>The anchors are frozen; the block is differentiable in its input, so what lies below it can be
 * trained through it. It composes in a {@code SequentialBlock}; its parameters are saved and loaded
 * under the names {@code center} (1, D), {@code keys} (M, D) and, for Mahalanobis distances, {@code
 * whitening} (D, D); for geodesic ones the keys are R vectors of the space, and {@code paths} (R,
 * M) and {@code mean} (1, 1) go with them. Mathematics and source: {@link RelativeProjection},
 * {@link Similarity}. Thread-safe once initialized.
 *
 * <p>Library-only: no command uses it. For example, without imports:
 *
 * <pre>{@code
 * var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
 * var block = RelativeBlock.of(anchors, Similarity.cosine(), Centering.NONE);
 * float[] cosines; // (1, 3): with each anchor
 * try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
 *   block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
 *   var store = new ParameterStore(manager, false);
 *   var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
 *   cosines = block.forward(store, vectors, false).head().toFloatArray();
 * }
 * }</pre>
 */
public final class RelativeBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final RelativeProjection projection;
  private final List<FloatMatrix> tensors;
  private final List<Parameter> kept;

  private RelativeBlock(RelativeProjection projection) {
    super(VERSION);
    this.projection = projection;
    this.tensors = projection.tensors();
    this.kept =
        Stream.concat(
                Stream.of("center"), Comparison.names(projection.similarity().kind()).stream())
            .map(name -> addParameter(frozen(name)))
            .toList();
  }

  /** A block that projects onto the anchors of {@code projection}. */
  public static RelativeBlock of(RelativeProjection projection) {
    return new RelativeBlock(projection);
  }

  /** A block over anchors (M, D) as the encoder gave them. */
  public static RelativeBlock of(FloatMatrix anchors, Similarity similarity, Centering centering) {
    return new RelativeBlock(RelativeProjection.onto(anchors, similarity, centering));
  }

  static Parameter frozen(String name) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optRequiresGrad(false)
        .build();
  }

  /** Places the anchors; they are not drawn from an initializer. */
  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    for (int i = 0; i < tensors.size(); i++) {
      fill(kept.get(i), manager, tensors.get(i));
    }
    super.initialize(manager, dataType, inputShapes);
  }

  static void fill(Parameter parameter, NDManager manager, FloatMatrix values) {
    if (!parameter.isInitialized()) {
      parameter.setArray(TensorBridge.toTensor(manager, values));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow(); // (B, D)
    projection.frame().requireWidth(x.getShape().getLastDimension());
    var fitted = new NDList(kept.size());
    kept.forEach(p -> fitted.add(store.getValue(p, x.getDevice(), false)));
    var similarity = projection.similarity();
    return new NDList(
        training
            ? RelativeProjection.project(x, fitted, similarity, true) // (B, M)
            : NativeRows.map(
                x,
                projection.anchorCount(),
                rows -> RelativeProjection.project(rows, fitted, similarity, false)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), projection.anchorCount())};
  }
}
