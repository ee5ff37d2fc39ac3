// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Predicts from the anchors alone how well two spaces stitch: what share of anchors the head
 * answers rightly when they come over the bridge. Where a method fits something to anchors, each is
 * carried by a bridge that was made without it, nor with data equal to it: ten folds, from 10
 * anchors on, of which only as many are tried as hold 100 anchors; one of five folds for slow
 * methods: those that prune take many inverses, the one that teaches itself many products. No test
 * sample is looked at.
 *
 * <p>Right are the labels of the anchors, which are training samples of the head. It has learnt
 * many of them by heart, so that its own answers, if those were taken for right, would look more
 * fragile than its answers for test samples are.
 *
 * <p>Codecs are made once for each space and fold. Not thread-safe.
 */
final class Stitchability {
  private static final int FOLDS = 10;
  private static final int FOLDS_OF_SLOW = 5;
  private static final int ENOUGH = 100; // anchors; the share's standard error is then below .05

  private final Bridges whole;
  private final BridgeOptions options;
  private final Map<Fold, Bridges> folds = new HashMap<>();
  private final IdentityHashMap<AnchoredSpace, Map<Fold, AnchoredSpace>> parts =
      new IdentityHashMap<>();

  /** Every so many-th anchor. */
  private record Fold(int index, int of) {
    int[] inside(int anchors) {
      return IntStream.range(0, anchors).filter(i -> i % of == index).toArray();
    }

    int[] outside(int anchors) {
      return IntStream.range(0, anchors).filter(i -> i % of != index).toArray();
    }
  }

  /** With the bridges over all anchors, which say what is kept by methods that prune. */
  Stitchability(Bridges whole, BridgeOptions options) {
    this.whole = whole;
    this.options = options;
  }

  /** The answers of a head for the anchors of its own space. */
  static int[] answers(Decoder head, AnchoredSpace target) {
    FloatMatrix inputs = head.spec().inputs(target).apply(target.anchors()); // (M, width)
    boolean relative = head.spec().reads() != DecoderSpec.Reads.ABSOLUTE;
    return head.decode(relative ? withoutThemselves(inputs) : inputs).argMaxRows();
  }

  /**
   * The share of anchors that the head answers as wanted, in [0, 1].
   *
   * @param wanted the right answer for each anchor
   */
  double agreement(
      Method method, AnchoredSpace own, AnchoredSpace target, Decoder head, int[] wanted) {
    DecoderSpec spec = head.spec();
    int anchors = own.anchors().rows();
    return switch (method.family()) {
      case DIRECT -> share(head, whole(method, own, target, spec), wanted);
      case RELATIVE -> share(head, withoutThemselves(whole(method, own, target, spec)), wanted);
      case CODEC, PAIRWISE -> {
        if (anchors < FOLDS) {
          yield share(head, whole(method, own, target, spec), wanted);
        }
        double right = 0;
        int asked = 0;
        for (Fold fold : folds(method, anchors)) {
          int[] left = fold.inside(anchors);
          FloatMatrix carried =
              bridge(fold, method, own, target, spec).apply(own.anchors().select(left));
          int[] answers = IntStream.of(left).map(i -> wanted[i]).toArray();
          right += left.length * share(head, carried, answers);
          asked += left.length;
        }
        yield right / asked;
      }
    };
  }

  private FloatMatrix whole(
      Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    return whole.between(method, own, target, spec).apply(own.anchors()); // (M, width)
  }

  private static List<Fold> folds(Method method, int anchors) {
    int of = method.slow() ? FOLDS_OF_SLOW : FOLDS;
    int tried = method.slow() ? 1 : Math.min(of, (of * ENOUGH + anchors - 1) / anchors);
    return IntStream.range(0, tried).mapToObj(index -> new Fold(index, of)).toList();
  }

  private Bridge bridge(
      Fold fold, Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    Bridges bridges = folds.computeIfAbsent(fold, f -> new Bridges(options));
    AnchoredSpace part = part(target, fold);
    if (method.prunes()) {
      int[] kept = fold.outside(target.anchors().rows());
      Subspaces decided = whole.prune(target, spec.centering()).select(kept);
      bridges.prune(part, spec.centering(), decided);
    }
    return bridges.between(method, part(own, fold), part, spec);
  }

  private static double share(Decoder head, FloatMatrix inputs, int[] wanted) {
    int[] found = head.decode(inputs).argMaxRows();
    return IntStream.range(0, found.length).filter(i -> found[i] == wanted[i]).count()
        / (double) found.length;
  }

  /**
   * Anchors over themselves, (M, M) or several beside each other: what each has to itself, which is
   * the same in every space, becomes the mean of what it has to the others.
   */
  private static FloatMatrix withoutThemselves(FloatMatrix inputs) {
    int anchors = inputs.rows();
    float[][] rows = new float[anchors][];
    for (int i = 0; i < anchors; i++) {
      rows[i] = inputs.row(i);
      for (int from = 0; from < inputs.columns(); from += anchors) {
        double sum = -rows[i][from + i];
        for (int j = 0; j < anchors; j++) {
          sum += rows[i][from + j];
        }
        rows[i][from + i] = (float) (sum / Math.max(1, anchors - 1));
      }
    }
    return FloatMatrix.of(rows);
  }

  // Without the anchors of the fold.
  private AnchoredSpace part(AnchoredSpace space, Fold fold) {
    return parts
        .computeIfAbsent(space, s -> new HashMap<>())
        .computeIfAbsent(fold, f -> without(space, f));
  }

  private static AnchoredSpace without(AnchoredSpace space, Fold fold) {
    FloatMatrix data = space.data();
    int anchors = space.anchors().rows();
    Set<FloatMatrix> seen = new HashSet<>();
    IntStream.of(fold.inside(anchors))
        .mapToObj(i -> space.anchors().rowRange(i, i + 1))
        .forEach(seen::add);
    int[] others =
        IntStream.range(0, data.rows())
            .filter(i -> !seen.contains(data.rowRange(i, i + 1)))
            .toArray();
    return new AnchoredSpace(space.anchors().select(fold.outside(anchors)), data.select(others));
  }
}
