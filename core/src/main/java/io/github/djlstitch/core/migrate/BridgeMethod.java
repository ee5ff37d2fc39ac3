// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.List;
import java.util.Optional;

/** The ways to fit a bridge on the same samples in two spaces. */
public enum BridgeMethod implements Named {
  /** An orthogonal map between directions from the means, and exactly back from the second mean. */
  PROCRUSTES,
  /**
   * The mean of {@link #PROCRUSTES}, at the mean length of the second space's centered directions,
   * and of affine ridge regression with the weight that leave-one-out chooses. What the ridge is
   * not sure of stays short, near the second mean: for stored vectors, which are ranked by it.
   */
  RIDGE_PROCRUSTES,
  /** The same between directions alone, and exactly back: for queries. */
  RIDGE_PROCRUSTES_UNIT,
  /** Two Parseval codecs, {@link CodecSpec.Parseval}, one after the other. */
  PARSEVAL,
  /** Two automatic codecs, {@link CodecSpec.Automatic}; not linear. */
  AUTO;

  /** The methods that are tried for stored vectors, which are carried into the new space. */
  public static final List<BridgeMethod> FOR_DOCUMENTS = List.of(RIDGE_PROCRUSTES, PARSEVAL, AUTO);

  /** The methods that are tried for queries, which are carried back into the old space. */
  public static final List<BridgeMethod> FOR_QUERIES =
      List.of(RIDGE_PROCRUSTES_UNIT, PROCRUSTES, PARSEVAL, AUTO);

  /**
   * Fits a bridge.
   *
   * @param from samples as the first encoder gave them, shape (S, D), two or more
   * @param to the same samples in the same order, by the second encoder, shape (S, E)
   * @throws StitchException (bad input) if they are not equally many, too few, or not finite
   */
  public VectorBridge fit(FloatMatrix from, FloatMatrix to) {
    if (from.rows() != to.rows() || from.rows() < 2) {
      throw StitchException.badInput(
          "a bridge needs the same 2 or more samples in both spaces but got %d and %d",
          from.rows(), to.rows());
    }
    return switch (this) {
      case PROCRUSTES -> rotated(from, to);
      case RIDGE_PROCRUSTES -> blended(from, to, false);
      case RIDGE_PROCRUSTES_UNIT -> blended(from, to, true);
      case PARSEVAL -> coded(CodecSpec.Parseval.defaults(), from, to);
      case AUTO -> coded(new CodecSpec.Automatic(), from, to);
    };
  }

  private static LinearBridge rotated(FloatMatrix from, FloatMatrix to) {
    Standardization x = Standardization.centeredOn(from, true);
    Standardization y = Standardization.centeredOn(to, true);
    FloatMatrix map = Aligner.spannedProcrustes().fit(x.apply(from), y.apply(to)).map();
    return new LinearBridge(x.center(), true, map, y.center(), true, length(to));
  }

  private static LinearBridge blended(FloatMatrix from, FloatMatrix to, boolean unit) {
    Standardization x = Standardization.centeredOn(from, true);
    Standardization y = Standardization.centeredOn(to, true);
    FloatMatrix entered = x.apply(from); // (S, D)
    FloatMatrix directions = y.apply(to); // (S, E)
    FloatMatrix centered = minus(Standardization.unit(to), y.center()); // (S, E)
    double mean = unit ? 1 : length(centered);
    FloatMatrix rotation = Aligner.spannedProcrustes().fit(entered, directions).map();
    Alignment ridge = Aligner.affineRidgeLeaveOneOut().fit(entered, unit ? directions : centered);
    FloatMatrix map = mixed(rotation, (float) mean / 2, ridge.map(), .5f);
    FloatMatrix offset = mixed(y.center(), 1, ridge.offset(), .5f);
    return unit
        ? new LinearBridge(x.center(), true, map, y.center(), true, length(to))
        : new LinearBridge(x.center(), true, map, offset, false, length(to));
  }

  private static VectorBridge coded(CodecSpec spec, FloatMatrix from, FloatMatrix to) {
    SpaceCodec source = spec.fit(new AnchoredSpace(from, from));
    SpaceCodec target = spec.fit(new AnchoredSpace(to, to));
    FloatMatrix map = SpaceCodec.compose(source, target);
    FloatMatrix offset = target.frame().center();
    var linear = new LinearBridge(source.frame().center(), true, map, offset, true, length(to));
    Optional<SpaceMemory> memory = target.memory();
    return memory.isPresent() ? new RecallingBridge(linear, memory.get()) : linear;
  }

  private static double length(FloatMatrix vectors) {
    return NormStatistics.of(vectors).mean();
  }

  private static FloatMatrix minus(FloatMatrix rows, FloatMatrix row) {
    float[] out = rows.toArray();
    float[] center = row.row(0);
    for (int i = 0; i < out.length; i++) {
      out[i] -= center[i % center.length];
    }
    return FloatMatrix.wrap(rows.rows(), rows.columns(), out);
  }

  private static FloatMatrix mixed(FloatMatrix a, float weight, FloatMatrix b, float other) {
    float[] out = a.toArray();
    float[] added = b.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = weight * out[i] + other * added[i];
    }
    return FloatMatrix.wrap(a.rows(), a.columns(), out);
  }
}
