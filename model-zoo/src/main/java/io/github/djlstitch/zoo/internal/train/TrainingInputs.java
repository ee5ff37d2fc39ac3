// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Labeled samples that a network is trained on, batch by batch. Immutable. */
public interface TrainingInputs {
  /** Number of samples N. */
  int count();

  /** Shape of one sample. */
  Shape shape();

  /** A copy of the label indices, shape (N). */
  int[] labels();

  /**
   * Some of the samples as float32, shape (B, ...).
   *
   * @param scope owns the result
   */
  NDArray batch(NDManager scope, int[] rows);

  /** Digest of all values and labels. */
  String sha256();
}
