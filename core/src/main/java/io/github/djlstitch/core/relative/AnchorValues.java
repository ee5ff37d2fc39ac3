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
import io.github.djlstitch.core.StitchException;
import java.util.Optional;

/**
 * Attention over anchors, behind a relative block: similarities (B, M) to {@code softmax(r) V},
 * shape (B, E), the weighted mean of one value for each anchor. The values, parameter {@code
 * values} (M, E), are the anchors themselves or learned (the value modes ANCHORS and TRAINABLE of
 * the code of Moschella et al. 2023). Thread-safe for inference once initialized.
 *
 * <p>Library-only: no command uses it. For example, without imports:
 *
 * <pre>{@code
 * var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
 * var onto = RelativeProjection.onto(anchors, Similarity.cosine(), Centering.NONE);
 * var attention =
 *     new SequentialBlock().add(RelativeBlock.of(onto)).add(AnchorValues.of(onto));
 * float[] attended; // (1, 2): the mean of the anchors, weighted by their likeness
 * try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
 *   attention.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
 *   var store = new ParameterStore(manager, false);
 *   var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
 *   attended = attention.forward(store, vectors, false).head().toFloatArray();
 * }
 * }</pre>
 */
public final class AnchorValues extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Optional<FloatMatrix> fixed;
  private final Parameter values;
  private final int anchors;
  private final int width;

  private AnchorValues(Optional<FloatMatrix> fixed, int anchors, int width) {
    super(VERSION);
    if (anchors < 1 || width < 1) {
      throw StitchException.usage(
          "%d values %d wide; expected at least 1 of at least 1", anchors, width);
    }
    this.fixed = fixed;
    this.anchors = anchors;
    this.width = width;
    this.values = addParameter(fixed.isPresent() ? RelativeBlock.frozen("values") : learned());
  }

  private Parameter learned() {
    return Parameter.builder()
        .setName("values")
        .setType(Parameter.Type.WEIGHT)
        .optShape(new Shape(anchors, width))
        .build();
  }

  /** The standardized anchors of a projection, frozen: the result lies in their space. */
  public static AnchorValues of(RelativeProjection projection) {
    FloatMatrix anchors = projection.anchors();
    return new AnchorValues(Optional.of(anchors), anchors.rows(), anchors.columns());
  }

  /** Learned values for so many anchors, so wide. */
  public static AnchorValues trainable(int anchors, int width) {
    return new AnchorValues(Optional.empty(), anchors, width);
  }

  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    fixed.ifPresent(anchors -> RelativeBlock.fill(values, manager, anchors));
    super.initialize(manager, dataType, inputShapes);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray r = inputs.singletonOrThrow(); // (B, M)
    if (r.getShape().getLastDimension() != anchors) {
      throw StitchException.badInput(
          "similarities to %d anchors cannot weigh the values of %d",
          r.getShape().getLastDimension(), anchors);
    }
    NDArray v = store.getValue(values, r.getDevice(), training); // (M, E)
    return new NDList(r.softmax(1).matMul(v)); // (B, E)
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), width)};
  }
}
