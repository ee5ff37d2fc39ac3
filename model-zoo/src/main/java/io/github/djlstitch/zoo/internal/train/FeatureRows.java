// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;

/** Features of a frozen encoder as the samples that a network is trained on. */
public final class FeatureRows implements TrainingInputs {
  private final LatentSpace space;

  private FeatureRows(LatentSpace space) {
    this.space = space;
  }

  /**
   * The samples of a latent space.
   *
   * @throws StitchException (bad input) if it has no labels
   */
  public static FeatureRows of(LatentSpace space) {
    if (space.labels().length == 0) {
      throw StitchException.badInput(
          "'%s' has no labels, so nothing can be learned from it", space.provenance().dataset());
    }
    return new FeatureRows(space);
  }

  @Override
  public int count() {
    return vectors().rows();
  }

  @Override
  public Shape shape() {
    return new Shape(vectors().columns());
  }

  @Override
  public int[] labels() {
    return space.labels();
  }

  @Override
  public NDArray batch(NDManager scope, int[] rows) {
    return TensorBridge.toTensor(scope, vectors().select(rows)); // (B, D)
  }

  @Override
  public String sha256() {
    return Sha256.builder().add("features").add(space.provenance().key()).hex();
  }

  private FloatMatrix vectors() {
    return space.vectors();
  }
}
