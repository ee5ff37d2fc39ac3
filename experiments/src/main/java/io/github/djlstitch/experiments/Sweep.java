// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Inverse relative projection for a grid of delta (rows) and omega (columns), in means over the
 * spaces that are decoded to. As decoding is linear, each subspace is inverted once for all omega.
 */
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
    long done = 0;
    for (IrpSpace target : spaces) {
      for (int row = 0; row < deltas.length; row++) {
        measure(target, row, seed);
        lab.progress().at("omega and delta", ++done, (long) spaces.size() * deltas.length);
      }
    }
  }

  private void measure(IrpSpace target, int row, long seed) {
    int most = omegas[omegas.length - 1];
    Subspaces pruned = target.prune(deltas[row], most, seed);
    Map<List<Integer>, SpaceCodec> codecs = new HashMap<>();
    double[][] sums = new double[spaces.size()][0];
    double logarithms = 0;
    double anchors = 0;
    for (int i = 0; i < most; i++) {
      List<Integer> rows = pruned.kept().get(i % pruned.omega());
      var one = new Subspaces(pruned.anchors(), pruned.delta(), List.of(rows));
      SpaceCodec codec = codecs.computeIfAbsent(rows, r -> target.irp(one));
      logarithms += Math.log10(Math.max(1, codec.diagnostics().conditionNumber()));
      anchors += rows.size();
      for (int s = 0; s < sums.length; s++) {
        sums[s] = plus(sums[s], codec.fromRelative(spaces.get(s).codes()).toArray());
      }
      int column = Arrays.binarySearch(omegas, i + 1);
      if (column >= 0) {
        condition[row][column] += logarithms / (i + 1) / spaces.size();
        kept[row][column] += anchors / (i + 1) / spaces.size();
        compare(target, row, column, sums);
      }
    }
  }

  private void compare(IrpSpace target, int row, int column, double[][] sums) {
    FloatMatrix own = target.own();
    for (int s = 0; s < sums.length; s++) {
      double cosine = RowCosines.mean(narrow(sums[s], own.columns()), own);
      if (spaces.get(s).is(target)) {
        intra[row][column] += cosine / spaces.size();
      } else {
        inter[row][column] += cosine / spaces.size() / (spaces.size() - 1);
      }
    }
  }

  private static double[] plus(double[] sum, float[] more) {
    double[] result = sum.length == 0 ? new double[more.length] : sum;
    for (int k = 0; k < more.length; k++) {
      result[k] += more[k];
    }
    return result;
  }

  private static FloatMatrix narrow(double[] sum, int width) {
    float[] values = new float[sum.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) sum[k];
    }
    return FloatMatrix.wrap(values.length / width, width, values);
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
    add(found, kind, "intra", "Similarity within a space", COSINE, intra);
    add(found, kind, "inter", "Similarity between spaces", COSINE, inter);
    String logarithm = "Condition number, decimal logarithm";
    add(found, kind, "condition", logarithm, "log10 condition", condition);
    add(found, kind, "kept", "Kept anchors", "anchors", kept);
  }

  private void add(
      IrpFindings found,
      String kind,
      String what,
      String title,
      String measure,
      double[][] values) {
    List<String> rows =
        Arrays.stream(deltas).mapToObj(d -> String.format(Locale.ROOT, "%.2f", d)).toList();
    List<String> columns = Arrays.stream(omegas).mapToObj(Integer::toString).toList();
    found.add(
        IrpFindings.heatMap(
            kind + "-sensitivity-" + what,
            title + ", " + kind,
            "By delta, the least distance 1 - |cos| of kept anchors, and omega, the number of"
                + " subspaces averaged.",
            measure,
            List.of("delta", "omega"),
            rows,
            columns,
            values));
  }

  private static double[] flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
  }
}
