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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
          def matched(self: __torch__.M, q: Tensor, keys: Tensor, y: Tensor, top: Tensor) -> Tensor:
            n = int(top)
            out = annotate(List[Tensor], [])
            at = 0
            while torch.lt(at, torch.size(q, 0)):
              b = torch.slice(q, 0, at, torch.add(at, 512))
              v, i = torch.topk((self).linear(b, keys, None), n, 1, True, False)
              rows = torch.index_select(y, 0, torch.reshape(i, [-1]))
              shape = [torch.size(b, 0), n, torch.size(y, 1)]
              out = torch.append(out, torch.mean(torch.reshape(rows, shape), [1]))
              at = torch.add(at, 512)
            return torch.cat(out, 0)
          def cosine(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            c = torch.sum(torch.mul((self).unit(x), (self).unit(y)), [1])
            return torch.mean(torch.to(c, 7))
          """);

  private final Pairing pairing;
  private final Refinement refinement;
  private final Random random;
  private final FloatMatrix sourceCenter;
  private final FloatMatrix targetCenter;
  private final FloatMatrix source;
  private final FloatMatrix target;
  private final List<Double> history = new ArrayList<>();

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
    FloatMatrix map = initial();
    for (int i = 0; i < refinement.steps(); i++) {
      map = step(map);
    }
    double clusters = Double.NaN;
    for (int i = 0; i < refinement.rounds(); i++) {
      FloatMatrix centroids =
          KMeans.fit(source, refinement.clusters(), random.nextLong()).centers();
      FloatMatrix carried = LinearAlgebra.product(centroids, map);
      FloatMatrix partners = KMeans.fit(target, carried).centers();
      clusters = meanCosine(carried, partners);
      map = half(map, LinearAlgebra.procrustes(centroids, partners));
    }
    FloatMatrix carried = LinearAlgebra.product(source, map);
    double matched = meanCosine(carried, matches(carried, target));
    return result(map, matched, clusters);
  }

  private UnpairedAlignment result(FloatMatrix map, double matched, double clusters) {
    var alignment =
        new Alignment(
            sourceCenter,
            true,
            map,
            FloatMatrix.wrap(1, map.columns(), new float[map.columns()]),
            Math.min(map.rows(), map.columns()),
            Map.of(Diagnostics.MATCHED_COSINE, matched));
    return new UnpairedAlignment(alignment, targetCenter, history, matched, clusters);
  }

  // Procrustes on samples whose cosines with the pseudo-anchors agree.
  private FloatMatrix initial() {
    FloatMatrix[] left = new FloatMatrix[pairing.runs()];
    FloatMatrix[] right = new FloatMatrix[pairing.runs()];
    for (int i = 0; i < pairing.runs(); i++) {
      left[i] = centroids(source);
      right[i] = paired(left[i], centroids(target));
    }
    FloatMatrix queries = call("relative", source, FloatMatrix.concatRows(left));
    FloatMatrix keys = call("relative", target, FloatMatrix.concatRows(right));
    return LinearAlgebra.procrustes(source, matches(queries, keys));
  }

  private FloatMatrix centroids(FloatMatrix space) {
    return KMeans.fit(sample(space, pairing.subsample()), pairing.clusters(), random.nextLong())
        .centers();
  }

  private FloatMatrix paired(FloatMatrix left, FloatMatrix right) {
    var assignment = new QuadraticAssignment(gram(left), gram(right));
    return right.select(assignment.solve(pairing.restarts(), random));
  }

  private FloatMatrix step(FloatMatrix map) {
    FloatMatrix sample = sample(source, refinement.sample());
    FloatMatrix carried = LinearAlgebra.product(sample, map);
    FloatMatrix matches = matches(carried, target);
    history.add(meanCosine(carried, matches));
    return half(map, LinearAlgebra.procrustes(sample, matches));
  }

  private FloatMatrix matches(FloatMatrix queries, FloatMatrix keys) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray k = TensorBridge.toTensor(manager, keys); // (L, C)
      NDArray y = TensorBridge.toTensor(manager, target); // (L, E)
      NDArray top = manager.create((double) refinement.neighbors()); // ()
      NDArray q = TensorBridge.toTensor(manager, queries); // (N, C)
      return TensorBridge.toMatrix(PROGRAM.call("matched", q, k, y, top));
    }
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

  private static FloatMatrix half(FloatMatrix a, FloatMatrix b) {
    float[] out = a.toArray();
    float[] other = b.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = (out[i] + other[i]) / 2;
    }
    return FloatMatrix.wrap(a.rows(), a.columns(), out);
  }

  private static FloatMatrix call(String method, FloatMatrix... matrices) {
    try (NDManager manager = TensorBridge.newManager()) {
      return TensorBridge.toMatrix(PROGRAM.call(method, tensors(manager, matrices)));
    }
  }

  /** The mean cosine between rows of the same index. */
  static double meanCosine(FloatMatrix a, FloatMatrix b) {
    try (NDManager manager = TensorBridge.newManager()) {
      return PROGRAM.call("cosine", tensors(manager, a, b)).getDouble();
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
