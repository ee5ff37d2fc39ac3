// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/** The loss of classifiers. */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * The mean cross-entropy, of no dimension.
   *
   * @param scores before softmax, differentiable, shape (B, C)
   * @param labels of all samples
   * @param rows of the batch's samples among them, B
   */
  static NDArray mean(NDArray scores, int[] labels, int[] rows) {
    NDManager scope = scores.getManager();
    int classes = Math.toIntExact(scores.getShape().get(1));
    int[] truth = Arrays.stream(rows).map(row -> labels[row]).toArray();
    NDArray chosen = scores.logSoftmax(1).mul(scope.create(truth).oneHot(classes)); // (B, C)
    // Not div(Number): DJL frees the array of a number before the gradient reads it.
    return chosen.sum().div(scope.create(-(float) rows.length)); // ()
  }
}
