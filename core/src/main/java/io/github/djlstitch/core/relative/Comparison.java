// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.core.Linear;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A similarity fitted to the anchors of one space: the one place of that mathematics. Vectors (B,
 * D) are compared with keys (M, D) to (B, M).
 *
 * @param similarity with its parameter chosen
 * @param tensors the keys, shape (M, D); for Mahalanobis also what whitens, shape (D, D); for
 *     geodesics those of {@link Geodesics#tensors}
 * @param numbers that were found on the way, by their names
 */
record Comparison(Similarity similarity, List<FloatMatrix> tensors, Map<String, Double> numbers) {
  // In float64 a Euclidean distance may be taken from a matrix product, several times faster than
  // from differences and still exact to float32. Two distances give an angle that is exact near 0
  // and pi too, where the arc cosine is not; the floor keeps its gradient finite where both vectors
  // are zero. Powers overflow float32. A largest difference passes over NaN, and a kernel of an
  // infinite distance is 0: adding x - x, which is 0 for all finite vectors, gives both away.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "comparison",
          """
          def product(self: __torch__.M, x: Tensor, a: Tensor) -> Tensor:
            return (self).linear(x, a, None)
          def apart(self: __torch__.M, x: Tensor, a: Tensor) -> Tensor:
            return torch.cdist(torch.to(x, 7), torch.to(a, 7), 2.0, 1)
          def angular(self: __torch__.M, x: Tensor, a: Tensor) -> Tensor:
            x = (self).unit(torch.to(x, 7))
            a = (self).unit(torch.to(a, 7))
            apart = torch.add((self).apart(x, a), 1e-12)
            facing = torch.add((self).apart(x, torch.neg(a)), 1e-12)
            part = torch.mul(torch.atan2(apart, facing), 0.6366197723675814)
            return torch.to(torch.rsub(part, 1.0), 6)
          def euclidean(self: __torch__.M, x: Tensor, a: Tensor) -> Tensor:
            return torch.to((self).apart(x, a), 6)
          def spoiled(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.sum(torch.sub(x, x), [1], True)
          def distance(self: __torch__.M, x: Tensor, a: Tensor, p: Tensor) -> Tensor:
            return torch.add(torch.cdist(x, a, float(p), 2), (self).spoiled(x))
          def powers(self: __torch__.M, x: Tensor, a: Tensor, p: Tensor) -> Tensor:
            return torch.to(torch.cdist(torch.to(x, 7), torch.to(a, 7), float(p), 2), 6)
          def geodesic(self: __torch__.M, x: Tensor, a: Tensor, paths: Tensor, mean: Tensor, k: Tensor) -> Tensor:
            near, which = torch.topk((self).apart(x, a), int(k), 1, False, True)
            near = torch.div(torch.to(near, 6), mean)
            best = torch.add(torch.narrow(near, 1, 0, 1), torch.embedding(paths, torch.select(which, 1, 0)))
            for i in range(int(k) - 1):
              through = torch.embedding(paths, torch.select(which, 1, i + 1))
              best = torch.minimum(best, torch.add(torch.narrow(near, 1, i + 1, 1), through))
            return torch.add(best, (self).spoiled(x))
          def kernel(self: __torch__.M, x: Tensor, a: Tensor, gamma: Tensor) -> Tensor:
            squares = torch.square((self).apart(x, a))
            return torch.add(
                torch.to(torch.exp(torch.mul(squares, torch.neg(gamma))), 6), (self).spoiled(x))
          def spread(self: __torch__.M, a: Tensor) -> Tensor:
            return torch.median(torch.square(torch.pdist(torch.to(a, 7), 2.0)))
          """);

  Comparison(Similarity similarity, List<FloatMatrix> tensors) {
    this(similarity, tensors, Map.of());
  }

  // The median of 2 million squared distances does not move for more.
  private static final int MEDIAN_ROWS = 2048;

  /**
   * Fits a similarity.
   *
   * @param anchors standardized anchors, shape (M, D)
   * @param data vectors of the same space as the encoder gave them, shape (N, D)
   * @param standardize what was done to the anchors
   */
  static Comparison fit(
      Similarity similarity,
      FloatMatrix anchors,
      FloatMatrix data,
      UnaryOperator<FloatMatrix> standardize) {
    boolean auto = similarity.parameter() == Similarity.AUTO;
    return switch (similarity.kind()) {
      case SCALED_INNER -> new Comparison(similarity, List.of(scaled(anchors)));
      case MAHALANOBIS -> {
        // A covariance does not see where the mean is.
        var whitening = Whitening.of(data, similarity.parameter());
        FloatMatrix keys = LinearAlgebra.product(anchors, finite(whitening.map())); // (M, D)
        yield new Comparison(
            similarity.with(whitening.shrinkage()), List.of(keys, whitening.map()));
      }
      case RBF ->
          new Comparison(auto ? similarity.with(gamma(anchors)) : similarity, List.of(anchors));
      case GEODESIC -> {
        int neighbors = auto ? Similarity.DEFAULT_NEIGHBORS : (int) similarity.parameter();
        var paths = Geodesics.of(anchors, standardize.apply(Geodesics.samples(data)), neighbors);
        yield new Comparison(
            similarity.with(neighbors),
            paths.tensors(),
            Map.of(Diagnostics.GRAPH_PARTS, (double) paths.parts()));
      }
      case BASIS_CHANGE ->
          new Comparison(
              similarity,
              List.of(LinearAlgebra.transpose(finite(LinearAlgebra.pseudoInverse(anchors)))));
      case COORDINATES -> {
        double lambda = auto ? LeaveOneOut.lambda(anchors) : similarity.parameter();
        yield new Comparison(
            similarity.with(lambda), List.of(LinearAlgebra.ridgeDual(anchors, lambda)));
      }
      default -> new Comparison(similarity, List.of(anchors));
    };
  }

  private static FloatMatrix scaled(FloatMatrix anchors) {
    float[] values = anchors.toArray();
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) (values[k] / Math.sqrt(anchors.columns()));
    }
    return FloatMatrix.wrap(anchors.rows(), anchors.columns(), values);
  }

  private static FloatMatrix finite(FloatMatrix inverse) {
    if (inverse.firstNonFiniteRow().isPresent()) {
      throw StitchException.badInput(
          "vectors this small have no inverse in float32; multiply those of the space by a large"
              + " number");
    }
    return inverse;
  }

  private static double gamma(FloatMatrix anchors) {
    double median = 0;
    if (anchors.rows() > 1) {
      try (NDManager manager = TensorBridge.newManager()) {
        int rows = Math.min(anchors.rows(), MEDIAN_ROWS);
        median =
            PROGRAM.call("spread", TensorBridge.toTensor(manager, anchors, 0, rows)).getDouble();
      }
    }
    if (!(median > 0 && Double.isFinite(1 / median))) {
      throw StitchException.badInput(
          "gamma cannot be chosen from %d anchors whose median distance is 0; give a number",
          anchors.rows());
    }
    return 1 / median;
  }

  /**
   * Compares standardized vectors (B, D); the result (B, M) belongs to the vectors' manager and is
   * differentiable in both if {@code training}.
   *
   * @param keys as {@link #tensors}
   */
  static NDArray compare(Similarity similarity, NDArray x, NDList keys, boolean training) {
    NDArray a = keys.head(); // (M, D)
    double parameter = similarity.parameter();
    NDArray r = // (B, M)
        switch (similarity.kind()) {
          case COSINE, INNER, SCALED_INNER, BASIS_CHANGE, COORDINATES -> product(x, a, training);
          case ANGULAR -> run("angular", x, a, training);
          case EUCLIDEAN -> run("euclidean", x, a, training);
          case MAHALANOBIS -> run("euclidean", x.matMul(keys.get(1)), a, training);
          case MANHATTAN -> numbered("distance", x, a, 1, training);
          case CHEBYSHEV -> numbered("distance", x, a, Double.POSITIVE_INFINITY, training);
          case GEODESIC -> geodesic(x, keys, parameter, training);
          case MINKOWSKI -> numbered("powers", x, a, parameter, training);
          case RBF -> numbered("kernel", x, a, parameter, training);
        };
    return similarity.negated() ? r.neg() : r;
  }

  /** The comparison as a part of a TorchScript file: standardized vectors (B, D) to (B, M). */
  ScriptPart script() {
    String result =
        switch (similarity.kind()) {
          case COSINE, INNER, SCALED_INNER, BASIS_CHANGE, COORDINATES -> "(self).product(x, w[1])";
          case ANGULAR -> "(self).angular(x, w[1])";
          case EUCLIDEAN -> "(self).euclidean(x, w[1])";
          case MAHALANOBIS -> "(self).euclidean(torch.matmul(x, w[2]), w[1])";
          case MANHATTAN, CHEBYSHEV -> "(self).distance(x, w[1], w[0])";
          case GEODESIC -> "(self).geodesic(x, w[1], w[2], w[3], w[0])";
          case MINKOWSKI -> "(self).powers(x, w[1], w[0])";
          case RBF -> "(self).kernel(x, w[1], w[0])";
        };
    List<FloatMatrix> weights = new ArrayList<>(List.of(FloatMatrix.of(1, 1, (float) number())));
    weights.addAll(tensors);
    return PROGRAM.part(
        "Similarity",
        similarity.negated() ? "torch.neg(" + result + ")" : result,
        weights.toArray(FloatMatrix[]::new)); // (B, M)
  }

  /** Names the {@link #tensors} of a kind, as a block keeps them. */
  static List<String> names(Similarity.Kind kind) {
    return switch (kind) {
      case MAHALANOBIS -> List.of("keys", "whitening");
      case GEODESIC -> List.of("keys", "paths", "mean");
      default -> List.of("keys");
    };
  }

  /** The number that the program's method of this kind takes. */
  private double number() {
    return switch (similarity.kind()) {
      case MANHATTAN -> 1;
      case CHEBYSHEV -> Double.POSITIVE_INFINITY;
      case GEODESIC -> Math.min(similarity.parameter(), tensors.get(0).rows());
      default -> similarity.parameter();
    };
  }

  private static NDArray product(NDArray x, NDArray keys, boolean training) {
    return training ? Linear.linear(x, keys).head() : PROGRAM.call("product", x, keys);
  }

  private static NDArray run(String method, NDArray x, NDArray keys, boolean training) {
    return PROGRAM.run(method, training, new NDList(x, keys), new NDList()).head();
  }

  private static NDArray geodesic(NDArray x, NDList keys, double neighbors, boolean training) {
    double most = Math.min(neighbors, (double) keys.head().getShape().get(0));
    NDArray k = x.getManager().create(most); // ()
    var arguments = new NDList(x).addAll(keys);
    arguments.add(k);
    return PROGRAM.run("geodesic", training, arguments, new NDList()).head();
  }

  private static NDArray numbered(
      String method, NDArray x, NDArray keys, double number, boolean training) {
    NDArray value = x.getManager().create(number).toType(DataType.FLOAT32, false); // ()
    return PROGRAM.run(method, training, new NDList(x, keys, value), new NDList()).head();
  }
}
