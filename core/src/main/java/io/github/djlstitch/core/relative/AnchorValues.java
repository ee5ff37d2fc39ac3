// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.Optional;

/**
 * Attention over anchors, behind a relative block: similarities (B, M) to {@code softmax(r) V},
 * shape (B, E), the weighted mean of one value for each anchor. The values, parameter {@code
 * values} (M, E), are the anchors themselves or learned (the value modes ANCHORS and TRAINABLE of
 * the code of Moschella et al. 2023). Its mode RELATIVE_ANCHORS_ATTENTION is {@code LayerNorm(r)
 * V}, where the values (M, M) are the anchors' own relative vectors and {@code scale} and {@code
 * shift} (M) are learned. Its mode SELF_ATTENTION is {@link AnchorSelfAttention}. Thread-safe for
 * inference once initialized.
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
  private static final float EPSILON = 1e-5f; // PyTorch's LayerNorm

  private final Optional<FloatMatrix> fixed;
  private final Parameter values;
  private final List<Parameter> norm;
  private final int anchors;
  private final int width;

  private AnchorValues(Optional<FloatMatrix> fixed, int anchors, int width, boolean normed) {
    super(VERSION);
    if (anchors < 1 || width < 1) {
      throw StitchException.usage(
          "%d values %d wide; expected at least 1 of at least 1", anchors, width);
    }
    this.fixed = fixed;
    this.anchors = anchors;
    this.width = width;
    this.values = addParameter(fixed.isPresent() ? RelativeBlock.frozen("values") : learned());
    this.norm =
        normed
            ? List.of(
                addParameter(norm("scale", anchors, Parameter.Type.GAMMA)),
                addParameter(norm("shift", anchors, Parameter.Type.BETA)))
            : List.of();
  }

  /** A parameter of a layer norm over M anchors, which starts by changing nothing. */
  static Parameter norm(String name, int anchors, Parameter.Type type) {
    return Parameter.builder()
        .setName(name)
        .setType(type)
        .optShape(new Shape(anchors))
        .optInitializer(type == Parameter.Type.GAMMA ? Initializer.ONES : Initializer.ZEROS)
        .build();
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
    return new AnchorValues(Optional.of(anchors), anchors.rows(), anchors.columns(), false);
  }

  /**
   * The anchors' own relative vectors, frozen, weighed by normalized similarities instead of their
   * softmax: each sample is described by the anchors' descriptions.
   *
   * @param projection that gave the similarities
   * @param anchors the anchors' vectors as the encoder gave them, shape (M, D)
   * @throws StitchException (bad input) if they are not as many and as wide as the projection's
   */
  public static AnchorValues relative(RelativeProjection projection, FloatMatrix anchors) {
    if (anchors.rows() != projection.anchorCount() || anchors.columns() != projection.width()) {
      throw StitchException.badInput(
          "anchors (%d, %d) are not those of a projection onto (%d, %d)",
          anchors.rows(), anchors.columns(), projection.anchorCount(), projection.width());
    }
    FloatMatrix own = projection.apply(anchors);
    return new AnchorValues(Optional.of(own), own.rows(), own.columns(), true);
  }

  /** Learned values for so many anchors, so wide. */
  public static AnchorValues trainable(int anchors, int width) {
    return new AnchorValues(Optional.empty(), anchors, width, false);
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
    return new NDList(weights(store, r, training).matMul(v)); // (B, E)
  }

  private NDArray weights(ParameterStore store, NDArray r, boolean training) {
    if (norm.isEmpty()) {
      return r.softmax(1);
    }
    NDArray scale = store.getValue(norm.get(0), r.getDevice(), training); // (M)
    NDArray shift = store.getValue(norm.get(1), r.getDevice(), training); // (M)
    return LayerNorm.layerNorm(r, new Shape(anchors), scale, shift, EPSILON).head();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), width)};
  }
}
