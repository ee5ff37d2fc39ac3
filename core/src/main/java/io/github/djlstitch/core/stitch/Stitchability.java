// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Predicts from the anchors alone how well two spaces stitch: what share of anchors the head
 * classifies alike, whether they come over the bridge or from its own encoder. Where a method fits
 * something to anchors, each is carried by a bridge that was made without it, nor with data equal
 * to it (five folds, from 10 anchors on; fewer of them if those hold 100 anchors, and the first one
 * only for methods that prune, which take many inverses). No label and no test sample is looked at.
 * The accuracy to expect is that share of the head's own accuracy.
 *
 * <p>Codecs are made once for each space and fold. Not thread-safe.
 */
final class Stitchability {
  private static final int FOLDS = 5;
  private static final int ENOUGH = 100; // anchors; the share's standard error is then below .05

  private final Bridges whole;
  private final List<Bridges> folds = new ArrayList<>();
  private final IdentityHashMap<AnchoredSpace, Map<Integer, AnchoredSpace>> parts =
      new IdentityHashMap<>();

  /** With the bridges over all anchors, which say what is kept by methods that prune. */
  Stitchability(Bridges whole, BridgeOptions options) {
    this.whole = whole;
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(new Bridges(options));
    }
  }

  /** The share of anchors that the head classifies alike, in [0, 1]. */
  double agreement(Method method, AnchoredSpace own, AnchoredSpace target, Decoder head) {
    DecoderSpec spec = head.spec();
    FloatMatrix inputs = spec.inputs(target).apply(target.anchors()); // (M, width)
    return switch (method.family()) {
      case DIRECT -> alike(head, inputs, fold(0, method, own, target, spec).apply(own.anchors()));
      case RELATIVE -> {
        FloatMatrix carried = fold(0, method, own, target, spec).apply(own.anchors());
        yield alike(head, withoutThemselves(inputs), withoutThemselves(carried));
      }
      case CODEC, PAIRWISE -> {
        int[] rows = carried(method, own.anchors().rows());
        yield alike(head, inputs.select(rows), leftOut(method, own, target, spec, rows));
      }
    };
  }

  private Bridge fold(
      int fold, Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    return folds.get(fold).between(method, own, target, spec);
  }

  // Which anchors are carried; too few make no folds.
  private static int[] carried(Method method, int anchors) {
    return IntStream.range(0, anchors)
        .filter(i -> anchors < 2 * FOLDS || i % FOLDS < folds(method, anchors))
        .toArray();
  }

  private static int folds(Method method, int anchors) {
    return method.prunes() ? 1 : Math.min(FOLDS, (FOLDS * ENOUGH + anchors - 1) / anchors);
  }

  // Each of the rows over the bridge of its fold.
  private FloatMatrix leftOut(
      Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec, int[] rows) {
    if (own.anchors().rows() < 2 * FOLDS) {
      return fold(0, method, own, target, spec).apply(own.anchors());
    }
    float[][] carried = new float[rows.length][];
    for (int fold = 0; fold < FOLDS; fold++) {
      int part = fold;
      int[] places = IntStream.range(0, rows.length).filter(i -> rows[i] % FOLDS == part).toArray();
      if (places.length > 0) {
        int[] left = IntStream.of(places).map(i -> rows[i]).toArray();
        FloatMatrix found =
            partBridge(fold, method, own, target, spec).apply(own.anchors().select(left));
        IntStream.range(0, places.length).forEach(i -> carried[places[i]] = found.row(i));
      }
    }
    return FloatMatrix.of(carried);
  }

  private Bridge partBridge(
      int fold, Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    AnchoredSpace part = part(target, fold);
    if (method.prunes()) {
      int[] kept = rows(target.anchors().rows(), fold, false);
      Subspaces decided = whole.prune(target, spec.centering()).select(kept);
      folds.get(fold).prune(part, spec.centering(), decided);
    }
    return fold(fold, method, part(own, fold), part, spec);
  }

  private static double alike(Decoder head, FloatMatrix wanted, FloatMatrix found) {
    int[] a = head.decode(wanted).argMaxRows();
    int[] b = head.decode(found).argMaxRows();
    return IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count() / (double) a.length;
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
  private AnchoredSpace part(AnchoredSpace space, int fold) {
    return parts
        .computeIfAbsent(space, s -> new HashMap<>())
        .computeIfAbsent(fold, f -> without(space, rows(space.anchors().rows(), f, true), f));
  }

  private static AnchoredSpace without(AnchoredSpace space, int[] left, int fold) {
    FloatMatrix data = space.data();
    Set<FloatMatrix> seen = new HashSet<>();
    IntStream.of(left).mapToObj(i -> space.anchors().rowRange(i, i + 1)).forEach(seen::add);
    int[] others =
        IntStream.range(0, data.rows())
            .filter(i -> !seen.contains(data.rowRange(i, i + 1)))
            .toArray();
    int[] kept = rows(space.anchors().rows(), fold, false);
    return new AnchoredSpace(space.anchors().select(kept), data.select(others));
  }

  private static int[] rows(int count, int fold, boolean inFold) {
    return IntStream.range(0, count).filter(i -> (i % FOLDS == fold) == inFold).toArray();
  }
}
