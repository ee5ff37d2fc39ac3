// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Predicts from the anchors alone how well two spaces stitch: what share of anchors the head
 * classifies alike, whether they come over the bridge or from its own encoder. Where a method fits
 * something to anchors, each is carried by a bridge that was made without it (five folds; the first
 * one only for methods that prune, which take many inverses). No label and no test sample is looked
 * at. The accuracy to expect is that share of the head's own accuracy.
 *
 * <p>Codecs are made once for each space and fold. Not thread-safe.
 */
final class Stitchability {
  private static final int FOLDS = 5;

  private final Bridges whole;
  private final List<Bridges> folds = new ArrayList<>();
  private final Map<AnchoredSpace, List<AnchoredSpace>> parts = new IdentityHashMap<>();

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
    int[] wanted =
        head.decode(spec.inputs(target).apply(target.anchors())).argMaxRows(); // of M anchors
    boolean fits = method.reads() == DecoderSpec.Reads.ABSOLUTE && method != Method.ABSOLUTE;
    if (!fits || own.anchors().rows() < 2 * FOLDS) {
      var bridge = folds.get(0).between(method, own, target, spec);
      return share(wanted, IntStream.range(0, wanted.length).toArray(), head, bridge, own);
    }
    double agreed = 0;
    int seen = 0;
    for (int fold = 0; fold < (method.prunes() ? 1 : FOLDS); fold++) {
      if (method.prunes()) {
        pruneAlike(target, fold, spec.centering());
      }
      var bridge = folds.get(fold).between(method, part(own, fold), part(target, fold), spec);
      int[] left = rows(wanted.length, fold, true);
      agreed += share(wanted, left, head, bridge, own) * left.length;
      seen += left.length;
    }
    return agreed / seen;
  }

  private void pruneAlike(AnchoredSpace target, int fold, Centering centering) {
    int[] rows = rows(target.anchors().rows(), fold, false);
    folds.get(fold).prune(part(target, fold), whole.prune(target, centering).select(rows));
  }

  private static double share(
      int[] wanted, int[] rows, Decoder head, Bridge bridge, AnchoredSpace own) {
    int[] found = head.decode(bridge.apply(own.anchors().select(rows))).argMaxRows();
    long alike = IntStream.range(0, rows.length).filter(i -> found[i] == wanted[rows[i]]).count();
    return (double) alike / rows.length;
  }

  // Without the anchors of the fold.
  private AnchoredSpace part(AnchoredSpace space, int fold) {
    return parts
        .computeIfAbsent(
            space,
            s ->
                IntStream.range(0, FOLDS)
                    .mapToObj(f -> s.anchors().select(rows(s.anchors().rows(), f, false)))
                    .map(anchors -> new AnchoredSpace(anchors, s.data()))
                    .toList())
        .get(fold);
  }

  private static int[] rows(int count, int fold, boolean inFold) {
    return IntStream.range(0, count).filter(i -> (i % FOLDS == fold) == inFold).toArray();
  }

  /** Mean cosine of rows with rows, 0 for a row of zeros. */
  static double meanCosine(FloatMatrix x, FloatMatrix y) {
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      sum += cosine(x.row(i), y.row(i));
    }
    return sum / x.rows();
  }

  private static double cosine(float[] x, float[] y) {
    double product = 0;
    double left = 0;
    double right = 0;
    for (int j = 0; j < x.length; j++) {
      product += (double) x[j] * y[j];
      left += (double) x[j] * x[j];
      right += (double) y[j] * y[j];
    }
    double size = Math.sqrt(left) * Math.sqrt(right);
    return size == 0 ? 0 : product / size;
  }

  /** Pearson correlation; empty for fewer than 3 pairs or without spread. */
  static OptionalDouble pearson(double[] x, double[] y) {
    double mx = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElse(0);
    double my = IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElse(0);
    double product = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      product += (x[i] - mx) * (y[i] - my);
      left += (x[i] - mx) * (x[i] - mx);
      right += (y[i] - my) * (y[i] - my);
    }
    boolean defined = x.length > 2 && left > 0 && right > 0;
    return defined ? OptionalDouble.of(product / Math.sqrt(left * right)) : OptionalDouble.empty();
  }
}
