// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.migrate.LinearBridge.Exit;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ways to fit a bridge on the same samples in two spaces. */
public enum BridgeMethod implements Named {
  /**
   * An orthogonal map between directions from the means, twice as far from the second mean as that
   * space's vectors are: for queries, of which the share of the mean tells nothing.
   */
  PROCRUSTES,
  /**
   * The mean of that map, at the mean length of the second space's centered directions, and of
   * affine ridge regression with the weight that leave-one-out chooses. What the ridge is not sure
   * of stays short, near the second mean: for stored vectors, which are ranked by it.
   */
  RIDGE_PROCRUSTES,
  /** The same between directions alone, as far from the second mean as {@link #PROCRUSTES}. */
  RIDGE_PROCRUSTES_UNIT,
  /** Two Parseval codecs, {@link CodecSpec.Parseval}, one after the other. */
  PARSEVAL,
  /** Two automatic codecs, {@link CodecSpec.Automatic}; not linear. */
  AUTO;

  // Procrustes, 1,000 texts, 1, 2 and 3 times: shares .944, .975, .971 of full on Cranfield, .827,
  // .971, .985 on CACM (docs/benchmarks/way_back.py).
  private static final double FARTHER = 2;

  /** The methods that are tried for stored vectors, which are carried into the new space. */
  public static final List<BridgeMethod> FOR_DOCUMENTS = List.of(RIDGE_PROCRUSTES, PARSEVAL, AUTO);

  /** The methods that are tried for queries, which are carried back into the old space. */
  public static final List<BridgeMethod> FOR_QUERIES =
      List.of(RIDGE_PROCRUSTES_UNIT, PROCRUSTES, PARSEVAL, AUTO);

  /**
   * The same samples in two spaces.
   *
   * @param from as the first encoder gave them, shape (S, D), two or more
   * @param to in the same order, by the second encoder, shape (S, E)
   */
  public record Pairs(FloatMatrix from, FloatMatrix to) {
    /** Checks that there are as many of both. */
    public Pairs {
      if (from.rows() != to.rows() || from.rows() < 2) {
        throw StitchException.badInput(
            "a bridge needs the same 2 or more samples in both spaces but got %d and %d",
            from.rows(), to.rows());
      }
    }

    private FloatMatrix entered() {
      return Standardization.centeredOn(from, true).apply(from); // (S, D)
    }

    private Standardization target() {
      return Standardization.centeredOn(to, true);
    }

    private FloatMatrix directions() {
      return target().apply(to); // (S, E)
    }

    private FloatMatrix centered() {
      return minus(Standardization.unit(to), target().center()); // (S, E)
    }
  }

  /**
   * Fits a bridge on samples of one kind.
   *
   * @throws StitchException (bad input) if they are not equally many, too few, or not finite
   */
  public VectorBridge fit(FloatMatrix from, FloatMatrix to) {
    return fit(List.of(new Pairs(from, to)));
  }

  /**
   * Fits a bridge on samples of several kinds, such as short and long texts, each centered on its
   * own means.
   *
   * @param kinds one or more; vectors that will be carried over are of the first kind
   * @throws StitchException (bad input) if a value is not finite
   */
  public VectorBridge fit(List<Pairs> kinds) {
    return switch (this) {
      case PROCRUSTES -> rotated(kinds);
      case RIDGE_PROCRUSTES -> blended(kinds, false);
      case RIDGE_PROCRUSTES_UNIT -> blended(kinds, true);
      case PARSEVAL -> coded(CodecSpec.Parseval.defaults(), kinds);
      case AUTO -> coded(new CodecSpec.Automatic(), kinds);
    };
  }

  private static FloatMatrix all(List<Pairs> kinds, Function<Pairs, FloatMatrix> part) {
    return FloatMatrix.concatRows(kinds.stream().map(part).toArray(FloatMatrix[]::new));
  }

  private static LinearBridge rotated(List<Pairs> kinds) {
    FloatMatrix rotation =
        Aligner.spannedProcrustes()
            .fit(all(kinds, Pairs::entered), all(kinds, Pairs::directions))
            .map();
    return fixed(kinds.get(0), rotation);
  }

  private static LinearBridge blended(List<Pairs> kinds, boolean unit) {
    Pairs first = kinds.get(0);
    FloatMatrix entered = all(kinds, Pairs::entered); // (S, D)
    FloatMatrix directions = all(kinds, Pairs::directions); // (S, E)
    FloatMatrix rotation = Aligner.spannedProcrustes().fit(entered, directions).map();
    Aligner ridge = Aligner.affineRidgeLeaveOneOut();
    if (unit) {
      return fixed(first, mixed(rotation, .5f, ridge.fit(entered, directions).map(), .5f));
    }
    double mean = length(first.centered());
    Alignment fitted = ridge.fit(entered, all(kinds, Pairs::centered));
    return new LinearBridge(
        Standardization.centeredOn(first.from(), true).center(),
        true,
        mixed(rotation, (float) mean / 2, fitted.map(), .5f),
        mixed(first.target().center(), 1, fitted.offset(), .5f),
        Exit.SUM,
        0,
        length(first.to()));
  }

  private static LinearBridge fixed(Pairs kind, FloatMatrix map) {
    FloatMatrix center = Standardization.centeredOn(kind.from(), true).center();
    FloatMatrix offset = kind.target().center();
    double reach = FARTHER * Math.sqrt(Math.max(1e-12, 1 - squared(offset)));
    return new LinearBridge(center, true, map, offset, Exit.FIXED, reach, length(kind.to()));
  }

  private static double squared(FloatMatrix row) {
    double sum = 0;
    for (float value : row.toArray()) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static VectorBridge coded(CodecSpec spec, List<Pairs> kinds) {
    FloatMatrix from = all(kinds, Pairs::from);
    FloatMatrix to = all(kinds, Pairs::to);
    SpaceCodec source = spec.fit(new AnchoredSpace(from, from));
    SpaceCodec target = spec.fit(new AnchoredSpace(to, to));
    FloatMatrix map = SpaceCodec.compose(source, target);
    FloatMatrix offset = target.frame().center();
    var linear =
        new LinearBridge(source.frame().center(), true, map, offset, Exit.SPHERE, 0, length(to));
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
