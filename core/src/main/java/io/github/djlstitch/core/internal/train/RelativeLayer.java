// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;

/**
 * The relative representation inside a network that is being trained (Moschella et al. 2023, eq.
 * 3): latents (B, D) and the anchors' latents (M, D) to cosines (B, M). No gradient flows into the
 * anchors. Anchors that stay frozen are {@link io.github.djlstitch.core.relative.RelativeBlock}'s.
 */
public final class RelativeLayer extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final double SMALLEST = 1e-12; // PyTorch's normalize
  private static final float EPSILON = 1e-5f; // PyTorch's LayerNorm

  /** Normalization of the cosines. */
  public enum Output {
    /** None. */
    PLAIN,
    /** Layer norm with a learned scale and offset for each anchor. */
    LAYER_NORM,
    /** Scales each relative vector to unit length. */
    UNIT
  }

  private final int anchors;
  private final Output output;

  private RelativeLayer(int anchors, Output output) {
    super(VERSION);
    this.anchors = anchors;
    this.output = output;
    if (output == Output.LAYER_NORM) {
      addParameter(parameter("weight", Parameter.Type.GAMMA));
      addParameter(parameter("bias", Parameter.Type.BETA));
    }
  }

  /**
   * A layer onto M anchors.
   *
   * @param anchors M, at least 1
   */
  public static RelativeLayer of(int anchors, Output output) {
    if (anchors < 1) {
      throw StitchException.usage("a relative layer needs at least 1 anchor but got %d", anchors);
    }
    return new RelativeLayer(anchors, output);
  }

  private Parameter parameter(String name, Parameter.Type type) {
    return Parameter.builder().setName(name).setType(type).optShape(new Shape(anchors)).build();
  }

  /** Sets scale 1 and offset 0, whatever the initializer of the network around. */
  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    for (var entry : getDirectParameters()) {
      Parameter parameter = entry.getValue();
      if (!parameter.isInitialized()) {
        parameter.setInitializer(
            (m, shape, type) ->
                parameter.getType() == Parameter.Type.GAMMA
                    ? m.ones(shape, type)
                    : m.zeros(shape, type));
      }
    }
    super.initialize(manager, dataType, inputShapes);
  }

  /**
   * The relative representation.
   *
   * @param latents shape (B, D), differentiable
   * @param anchorLatents shape (M, D), of the same encoder
   */
  public NDArray forward(
      ParameterStore store, NDArray latents, NDArray anchorLatents, boolean training) {
    return forward(store, new NDList(latents, anchorLatents), training).head();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray keys = inputs.get(1); // (M, D)
    if (keys.getShape().get(0) != anchors) {
      throw StitchException.badInput(
          "a relative layer of %d anchors was given %d", anchors, keys.getShape().get(0));
    }
    NDArray directions = keys.stopGradient().normalize(2, 1, SMALLEST); // (M, D)
    NDArray cosines =
        Linear.linear(inputs.head().normalize(2, 1, SMALLEST), directions).head(); // (B, M)
    return switch (output) {
      case PLAIN -> new NDList(cosines);
      case UNIT -> new NDList(cosines.normalize(2, 1, SMALLEST));
      case LAYER_NORM -> {
        NDArray scale = value(store, "weight", cosines, training); // (M)
        NDArray offset = value(store, "bias", cosines, training); // (M)
        yield LayerNorm.layerNorm(cosines, new Shape(anchors), scale, offset, EPSILON);
      }
    };
  }

  private NDArray value(ParameterStore store, String name, NDArray near, boolean training) {
    return store.getValue(getDirectParameters().get(name), near.getDevice(), training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), anchors)};
  }
}
