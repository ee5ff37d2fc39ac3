// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which anchors a training step sees: other ones at every step, the same ones for the same seed and
 * step. Immutable and thread-safe.
 *
 * @param count how many, of each class if there are classes; at least 1
 * @param classes the class of each anchor, or none
 * @param seed decides every draw
 */
public record AnchorDraw(int count, List<Integer> classes, long seed) {
  // An odd constant far from small seeds and steps (Steele et al. 2014) keeps draws apart.
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  /** Checks the count. */
  public AnchorDraw {
    classes = List.copyOf(classes);
    if (count < 1) {
      throw StitchException.usage("a draw of %d anchors; expected at least 1", count);
    }
    for (int label = 0; !classes.isEmpty() && label <= Collections.max(classes); label++) {
      if (!classes.contains(label) || Collections.min(classes) < 0) {
        throw StitchException.badInput(
            "no anchor of class %d to draw from; classes count from 0 without gaps", label);
      }
    }
  }

  /** That many different anchors, in their order. */
  public static AnchorDraw uniform(int count, long seed) {
    return new AnchorDraw(count, List.of(), seed);
  }

  /** That many anchors of each class, with replacement, sorted by class. */
  public static AnchorDraw stratified(int perClass, List<Integer> classes, long seed) {
    return new AnchorDraw(perClass, classes, seed);
  }

  /** Returns the number of anchors of a draw. */
  public int size() {
    return classes.isEmpty() ? count : count * (Collections.max(classes) + 1);
  }

  /**
   * The anchors of a step.
   *
   * @param step from 0
   * @param anchors M, how many there are
   * @throws StitchException (bad input) if there are too few, or the classes are not those of M
   *     anchors
   */
  public int[] at(long step, int anchors) {
    if (classes.isEmpty() ? count > anchors : classes.size() != anchors) {
      throw StitchException.badInput(
          "a draw of %d out of %d anchors does not go with %d anchors",
          size(), classes.isEmpty() ? size() : classes.size(), anchors);
    }
    var random = new Random(seed * STRIDE + step);
    return classes.isEmpty() ? subset(random, anchors) : strata(random);
  }

  private int[] subset(Random random, int anchors) {
    int[] order = IntStream.range(0, anchors).toArray();
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(anchors - i);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return IntStream.of(order).limit(count).sorted().toArray();
  }

  private int[] strata(Random random) {
    return IntStream.rangeClosed(0, Collections.max(classes))
        .flatMap(
            label -> {
              int[] own =
                  IntStream.range(0, classes.size()).filter(i -> classes.get(i) == label).toArray();
              return random.ints(count, 0, own.length).map(k -> own[k]);
            })
        .toArray();
  }
}
