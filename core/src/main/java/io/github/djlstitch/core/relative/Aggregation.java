// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.List;

/**
 * The mean similarity to the anchors of each class: (B, M) to (B, C groups), in the order of class
 * 0 group 0, class 0 group 1 and so on. The anchors of a class are dealt to its groups in turn.
 * Immutable and thread-safe.
 *
 * @param classes the class of each anchor, M indices from 0; empty for no averaging
 * @param groups how many means each class has, at least 1
 */
public record Aggregation(List<Integer> classes, int groups) {
  /** Checks that each group of each class has an anchor. */
  public Aggregation {
    classes = List.copyOf(classes);
    if (groups < 1 || (classes.isEmpty() && groups > 1)) {
      throw StitchException.usage(
          "%d groups a class; expected at least 1, and 1 without averaging by class", groups);
    }
    int count = classes.isEmpty() ? 0 : Collections.max(classes) + 1;
    for (int c = 0; c < count; c++) {
      int anchors = Collections.frequency(classes, c);
      if (anchors < groups) {
        throw StitchException.badInput(
            "class %d has %d anchors, expected at least %d; every class needs one for each group",
            c, anchors, groups);
      }
    }
    if (!classes.isEmpty() && Collections.min(classes) < 0) {
      throw StitchException.badInput("class %d; classes count from 0", Collections.min(classes));
    }
  }

  /** No averaging. */
  public static Aggregation none() {
    return new Aggregation(List.of(), 1);
  }

  /** One mean a class. */
  public static Aggregation byClass(List<Integer> classes) {
    return new Aggregation(classes, 1);
  }

  /** Returns true if anything is averaged. */
  public boolean active() {
    return !classes.isEmpty();
  }

  /** Columns of the result over M anchors. */
  int width(int anchors) {
    return active() ? (Collections.max(classes) + 1) * groups : anchors;
  }

  /**
   * On native arrays; the result belongs to the manager of {@code r}.
   *
   * @param r shape (B, K)
   * @param anchors which anchor each of the K columns belongs to
   */
  NDArray apply(NDArray r, int[] anchors) {
    return active() ? r.matMul(means(r.getManager(), anchors)) : r;
  }

  private NDArray means(NDManager manager, int[] anchors) {
    int width = width(anchors.length);
    int[] dealt = new int[width / groups];
    int[] column = new int[anchors.length];
    int[] sizes = new int[width];
    for (int k = 0; k < anchors.length; k++) {
      int label = classes.get(anchors[k]);
      column[k] = label * groups + dealt[label]++ % groups;
      sizes[column[k]]++;
    }
    float[] weights = new float[anchors.length * width];
    for (int k = 0; k < anchors.length; k++) {
      weights[k * width + column[k]] = 1f / sizes[column[k]];
    }
    return manager.create(weights, new Shape(anchors.length, width)); // (K, C groups)
  }
}
