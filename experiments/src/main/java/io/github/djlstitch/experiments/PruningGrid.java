// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Inverse relative projection from every space into every space, for a grid of delta (rows) and
 * omega (columns). As decoding is linear, each subspace is inverted once for all omega.
 */
final class PruningGrid {
  private final List<IrpSpace> spaces;
  private final double[] deltas;
  private final int[] omegas;

  /**
   * A cell of the grid, for one space that is decoded to.
   *
   * @param row of delta
   * @param column of omega
   * @param condition decimal logarithm of the condition number, mean over the subspaces
   * @param kept number of kept anchors, likewise
   */
  record Place(int row, int column, double condition, double kept) {}

  /** Receives the sum over the subspaces of a source's vectors in a target's space. */
  interface Receiver {
    void receive(Place place, IrpSpace source, IrpSpace target, FloatMatrix carried);
  }

  PruningGrid(List<IrpSpace> spaces, double[] deltas, int[] omegas) {
    this.spaces = List.copyOf(spaces);
    this.deltas = deltas.clone();
    this.omegas = omegas.clone();
  }

  void run(Lab lab, long seed, Receiver receiver) {
    long done = 0;
    for (IrpSpace target : spaces) {
      for (int row = 0; row < deltas.length; row++) {
        measure(target, row, seed, receiver);
        lab.progress().at("omega and delta", ++done, (long) spaces.size() * deltas.length);
      }
    }
  }

  private void measure(IrpSpace target, int row, long seed, Receiver receiver) {
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
        var place = new Place(row, column, logarithms / (i + 1), anchors / (i + 1));
        for (int s = 0; s < sums.length; s++) {
          receiver.receive(place, spaces.get(s), target, narrow(sums[s], target.width()));
        }
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
}
