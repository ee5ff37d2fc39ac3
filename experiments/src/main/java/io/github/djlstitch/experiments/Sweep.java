// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.internal.measure.RowCosines;
import java.util.Arrays;
import java.util.List;

/** Reconstruction for a grid of delta and omega, in means over the spaces that are decoded to. */
final class Sweep {
  private static final String COSINE = "cosine";

  private final List<IrpSpace> spaces;
  private final double[] deltas;
  private final int[] omegas;
  private final double[][] intra;
  private final double[][] inter;
  private final double[][] condition; // decimal logarithm
  private final double[][] kept;

  Sweep(List<IrpSpace> spaces, double[] deltas, int[] omegas) {
    this.spaces = spaces;
    this.deltas = deltas.clone();
    this.omegas = omegas.clone();
    this.intra = new double[deltas.length][omegas.length];
    this.inter = new double[deltas.length][omegas.length];
    this.condition = new double[deltas.length][omegas.length];
    this.kept = new double[deltas.length][omegas.length];
  }

  void run(Lab lab, long seed) {
    new PruningGrid(spaces, deltas, omegas).run(lab, seed, this::add);
  }

  private void add(PruningGrid.Place at, IrpSpace source, IrpSpace target, FloatMatrix carried) {
    double cosine = RowCosines.mean(carried, target.own());
    if (source.is(target)) {
      intra[at.row()][at.column()] += cosine / spaces.size();
      condition[at.row()][at.column()] += at.condition() / spaces.size();
      kept[at.row()][at.column()] += at.kept() / spaces.size();
    } else {
      inter[at.row()][at.column()] += cosine / spaces.size() / (spaces.size() - 1);
    }
  }

  /** Adds the heat maps and the paper's claims about them. */
  void addTo(IrpFindings found, String kind) {
    addMaps(found, kind);
    int last = omegas.length - 1;
    found.claim(
        condition[deltas.length - 1][0] < condition[0][0],
        "%s: a higher delta lowers the condition number (10^%.1f at %.2f, 10^%.1f at %.2f)",
        kind,
        condition[0][0],
        deltas[0],
        condition[deltas.length - 1][0],
        deltas[deltas.length - 1]);
    double[] gains = new double[deltas.length];
    Arrays.setAll(gains, i -> inter[i][last] - inter[i][0]);
    found.claim(
        gains[deltas.length - 1] > 0 && gains[deltas.length - 1] > gains[0],
        "%s: between spaces more subspaces help with strong pruning: omega %d instead of %d adds"
            + " %+.3f at delta %.2f and %+.3f at %.2f",
        kind,
        omegas[last],
        omegas[0],
        gains[deltas.length - 1],
        deltas[deltas.length - 1],
        gains[0],
        deltas[0]);
    double r = PearsonCorrelation.of(flat(condition), flat(inter)).orElse(Double.NaN);
    found.claim(
        r < 0,
        "%s: between spaces similarity falls as the condition number rises (Pearson r %.2f of its"
            + " logarithm over the grid)",
        kind,
        r);
  }

  private void addMaps(IrpFindings found, String kind) {
    String id = kind + "-sensitivity-";
    String within = "Similarity within a space, " + kind;
    String between = "Similarity between spaces, " + kind;
    String numbers = "Condition number, " + kind;
    String anchors = "Kept anchors, " + kind;
    found.add(IrpFindings.pruning(id + "intra", within, COSINE, 2, deltas, omegas, intra));
    found.add(IrpFindings.pruning(id + "inter", between, COSINE, 2, deltas, omegas, inter));
    found.add(IrpFindings.conditions(id + "condition", numbers, deltas, omegas, condition));
    found.add(IrpFindings.pruning(id + "kept", anchors, "anchors", 0, deltas, omegas, kept));
  }

  private static double[] flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
  }
}
