// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.UnpairedAlignment.Options;
import io.github.djlstitch.core.align.UnpairedAlignment.Pairing;
import io.github.djlstitch.core.align.UnpairedAlignment.Refinement;
import io.github.djlstitch.core.internal.cluster.KMeans;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.measure.RowCosines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** One search for an unpaired alignment; for one thread, once. */
final class UnpairedSearch {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "unpaired",
          """
          def mean(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.to(torch.mean(torch.to(x, 7), [0], True), 6)
          def relative(self: __torch__.M, x: Tensor, c: Tensor) -> Tensor:
            return (self).unit((self).linear(x, (self).unit(c), None))
          def gram(self: __torch__.M, c: Tensor) -> Tensor:
            x = torch.to(c, 7)
            g = torch.matmul(x, torch.t(x))
            g = torch.sub(g, torch.mean(g, [0], True))
            return torch.sub(g, torch.mean(g, [1], True))
          """);

  private static final double FIRST_NEIGHBORS = 10; // times as many as in the end

  private final Pairing pairing;
  private final Refinement refinement;
  private final Random random;
  private final FloatMatrix sourceCenter;
  private final FloatMatrix targetCenter;
  private final FloatMatrix source;
  private final FloatMatrix target;

  /**
   * Centroids of both spaces in the order of their pairing.
   *
   * @param likeness cosine of the two Gram matrices, -1 to 1
   */
  private record PairedCentroids(FloatMatrix left, FloatMatrix right, double likeness) {}

  /** A map with the mean cosines of its making and of its end. */
  private record Attempt(FloatMatrix map, List<Double> history, double matched) {}

  UnpairedSearch(FloatMatrix source, FloatMatrix target, Options options) {
    pairing = options.pairing();
    refinement = options.refinement();
    random = new Random(options.seed());
    sourceCenter = call("mean", source);
    targetCenter = call("mean", target);
    this.source = standardize(source, sourceCenter);
    this.target = standardize(target, targetCenter);
  }

  UnpairedAlignment run() {
    Attempt best = attempt(pairing.clusters());
    for (int i = 1; i < pairing.attempts(); i++) {
      Attempt next = attempt(pairing.clusters() + i);
      best = next.matched() > best.matched() ? next : best;
    }
    return result(best);
  }

  private Attempt attempt(int clusters) {
    FloatMatrix map = initial(clusters);
    List<Double> history = new ArrayList<>();
    for (int i = 0; i < refinement.steps(); i++) {
      FloatMatrix sample = sample(source, refinement.sample());
      FloatMatrix carried = LinearAlgebra.product(sample, map);
      FloatMatrix matches = Matches.of(carried, target, target, neighbors(i));
      history.add(RowCosines.mean(carried, matches));
      map = LinearAlgebra.procrustes(sample, matches);
    }
    return new Attempt(map, history, matched(map));
  }

  private double matched(FloatMatrix map) {
    FloatMatrix carried = LinearAlgebra.product(source, map);
    return RowCosines.mean(carried, Matches.of(carried, target, target, refinement.neighbors()));
  }

  private UnpairedAlignment result(Attempt best) {
    FloatMatrix map = best.map();
    var alignment =
        new Alignment(
            sourceCenter,
            true,
            map,
            FloatMatrix.wrap(1, map.columns(), new float[map.columns()]),
            Math.min(map.rows(), map.columns()),
            Map.of(Diagnostics.MATCHED_COSINE, best.matched()));
    return new UnpairedAlignment(alignment, targetCenter, best.history(), best.matched());
  }

  // Procrustes on samples whose cosines with the pseudo-anchors agree.
  private FloatMatrix initial(int clusters) {
    List<PairedCentroids> runs = new ArrayList<>();
    for (int i = 0; i < pairing.runs(); i++) {
      FloatMatrix left = centroids(source, clusters);
      runs.add(paired(left, centroids(target, clusters)));
    }
    runs.sort(Comparator.comparingDouble(PairedCentroids::likeness).reversed());
    List<PairedCentroids> better = runs.subList(0, (runs.size() + 1) / 2);
    FloatMatrix queries = call("relative", source, all(better, PairedCentroids::left));
    FloatMatrix keys = call("relative", target, all(better, PairedCentroids::right));
    return LinearAlgebra.procrustes(source, Matches.of(queries, keys, target, neighbors(0)));
  }

  private static FloatMatrix all(
      List<PairedCentroids> runs, Function<PairedCentroids, FloatMatrix> side) {
    return FloatMatrix.concatRows(runs.stream().map(side).toArray(FloatMatrix[]::new));
  }

  private FloatMatrix centroids(FloatMatrix space, int clusters) {
    return KMeans.fit(sample(space, pairing.subsample()), clusters, random.nextLong()).centers();
  }

  private PairedCentroids paired(FloatMatrix left, FloatMatrix right) {
    double[][] a = gram(left);
    double[][] b = gram(right);
    var assignment = new QuadraticAssignment(a, b);
    int[] found = assignment.solve(pairing.restarts(), random);
    return new PairedCentroids(left, right.select(found), assignment.likeness(found));
  }

  // Many at first, when matches are hardly more than guesses, and fewer from step to step.
  private int neighbors(int step) {
    double left = 1 - (double) step / Math.max(1, refinement.steps() - 1);
    double many = refinement.neighbors() * Math.pow(FIRST_NEIGHBORS, left);
    return (int) Math.min(target.rows(), Math.round(many));
  }

  private FloatMatrix sample(FloatMatrix space, int count) {
    int[] rows = new int[space.rows()];
    for (int i = 0; i < rows.length; i++) {
      int j = random.nextInt(i + 1);
      rows[i] = rows[j];
      rows[j] = i;
    }
    return space.select(Arrays.copyOf(rows, Math.min(count, rows.length)));
  }

  /** Unit vectors from the center (1, D). */
  static FloatMatrix standardize(FloatMatrix vectors, FloatMatrix center) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      return RowBlocks.map(vectors, vectors.columns(), x -> Preparation.unit(x.sub(c))); // (N, D)
    }
  }

  private static double[][] gram(FloatMatrix centroids) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray gram = PROGRAM.call("gram", TensorBridge.toTensor(manager, centroids)); // (C, C)
      double[] values = gram.toDoubleArray();
      double[][] rows = new double[centroids.rows()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(values, i * rows.length, (i + 1) * rows.length);
      }
      return rows;
    }
  }

  private static FloatMatrix call(String method, FloatMatrix... matrices) {
    try (NDManager manager = TensorBridge.newManager()) {
      return TensorBridge.toMatrix(PROGRAM.call(method, tensors(manager, matrices)));
    }
  }

  private static NDArray[] tensors(NDManager manager, FloatMatrix... matrices) {
    NDArray[] out = new NDArray[matrices.length]; // (rows, columns) each
    for (int i = 0; i < out.length; i++) {
      out[i] = TensorBridge.toTensor(manager, matrices[i]);
    }
    return out;
  }
}
