// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;

/**
 * The variational part of an autoencoder (Kingma and Welling 2014): features (B, D) to the mean and
 * the logarithm of the variance of a Gaussian code, (B, K) each. With a relative representation the
 * features are the relative vectors.
 */
public final class GaussianCode extends AbstractBlock {
  private static final byte VERSION = 1;
  private final int size;
  private final Linear mean;
  private final Linear logVariance;

  private GaussianCode(int size) {
    super(VERSION);
    this.size = size;
    mean = addChildBlock("mean", Linear.builder().setUnits(size).build());
    logVariance = addChildBlock("log_variance", Linear.builder().setUnits(size).build());
  }

  /**
   * A layer that is not initialized yet.
   *
   * @param size of the code, K, at least 1
   */
  public static GaussianCode of(int size) {
    if (size < 1) {
      throw StitchException.usage("a code of %d numbers; expected at least 1", size);
    }
    return new GaussianCode(size);
  }

  /** The means (B, K): the code without noise. */
  public NDArray mean(ParameterStore store, NDArray features, boolean training) {
    return mean.forward(store, new NDList(features), training).head();
  }

  /** Codes (B, K) drawn from the Gaussians, with the engine's generator, differentiable. */
  public static NDArray draw(NDArray mean, NDArray logVariance) {
    NDArray noise = mean.getManager().randomNormal(mean.getShape(), mean.getDataType()); // (B, K)
    // Not mul(Number): DJL frees the array of a number before the gradient reads it.
    NDArray half = mean.getManager().create(0.5f); // ()
    return mean.add(logVariance.mul(half).exp().mul(noise));
  }

  /**
   * Kullback-Leibler divergence from the standard normal distribution, summed over the code, mean
   * over the batch: a scalar.
   */
  public static NDArray divergence(NDArray mean, NDArray logVariance) {
    NDArray terms = logVariance.add(1).sub(mean.square()).sub(logVariance.exp()); // (B, K)
    return terms.sum().mul(mean.getManager().create(-0.5f / mean.getShape().get(0))); // ()
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray logarithms = logVariance.forward(store, inputs, training).head(); // (B, K)
    return new NDList(mean(store, inputs.head(), training), logarithms);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    mean.initialize(manager, type, inputs);
    logVariance.initialize(manager, type, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    var shape = new Shape(inputs[0].get(0), size);
    return new Shape[] {shape, shape};
  }
}
