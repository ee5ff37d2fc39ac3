// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.image;

import ai.djl.ndarray.NDArray;

/** Loss of reconstructions (B, C, H, W) against their images, for each image. */
public enum ReconstructionLoss {
  /** The squared error, summed over an image's values, mean over the batch. */
  SQUARED {
    @Override
    public NDArray of(NDArray images, NDArray reconstructions) {
      return reconstructions.sub(images).square().mean().mul(perImage(images, 1));
    }
  },
  /**
   * The negative log-likelihood of a Gaussian whose variance is the best for the batch, which is
   * its mean squared error (Rybkin et al. 2021), without the constant: {@code n / 2 ln MSE}. No
   * weight is left to choose between it and the divergence of a variational code.
   */
  CALIBRATED {
    @Override
    public NDArray of(NDArray images, NDArray reconstructions) {
      NDArray error = reconstructions.sub(images).square().mean(); // ()
      return error.add(SMALLEST).log().mul(perImage(images, 2));
    }
  };

  private static final float SMALLEST = 1e-12f;

  /** The loss, a scalar, differentiable. */
  public abstract NDArray of(NDArray images, NDArray reconstructions);

  // An array that lives as long as the images: DJL frees that of a Number before the gradient.
  private static NDArray perImage(NDArray images, int parts) {
    float size = (float) images.getShape().size() / images.getShape().get(0);
    return images.getManager().create(size / parts); // ()
  }
}
