// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.relative.Standardization;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The vectors of one encoder on data of one kind, as a normal distribution of their directions:
 * mean and covariance, the latter drawn towards a sphere as far as Ledoit and Wolf (2004) find best
 * for so few vectors. Tells how far other vectors are from it. Immutable and thread-safe.
 */
public final class VectorPopulation {
  /** The fewest vectors of which one can be made. */
  public static final int FEWEST = 100;

  /** More are not needed, and cost time. */
  public static final int MOST = 10_000;

  private static final int FOLDS = 10;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "vector-population",
          """
          def shrunk(self: __torch__.M, c: Tensor) -> Tensor:
            n = torch.size(c, 0)
            d = torch.size(c, 1)
            s = torch.div(torch.matmul(torch.t(c), c), n)                      # (D, D)
            m = torch.div(torch.trace(s), d)
            ball = torch.mul(torch.eye(d, dtype=7, device=torch.device("cpu")), m)
            square = torch.sum(torch.mul(torch.sub(s, ball), torch.sub(s, ball)))
            norms = torch.sum(torch.mul(c, c), [1])
            fourth = torch.div(torch.sum(torch.mul(norms, norms)), n)
            noise = torch.div(torch.sub(fourth, torch.sum(torch.mul(s, s))), n)
            noise = torch.clamp_min(torch.minimum(noise, square), 0)
            weight = torch.div(noise, torch.clamp_min(square, 1e-300))
            kept = torch.mul(s, torch.sub(torch.ones_like(weight), weight))
            floor = torch.mul(torch.eye(d, dtype=7, device=torch.device("cpu")), 1e-12)
            return torch.add(torch.add(kept, torch.mul(ball, weight)), floor)
          def fit(self: __torch__.M, x: Tensor) -> List[Tensor]:
            x64 = torch.to(x, 7)
            mean = torch.mean(x64, [0], True)                                  # (1, D)
            s = (self).shrunk(torch.sub(x64, mean))
            lower = torch.linalg_cholesky(s)
            eye = torch.eye(torch.size(s, 0), dtype=7, device=torch.device("cpu"))
            w = torch.t(torch.linalg_solve_triangular(lower, eye, upper=False))
            size = torch.mul(torch.sum(torch.log(torch.diag(lower))), 2)
            return [torch.to(mean, 6), torch.to(w, 6), torch.to(torch.view(size, [1, 1]), 6)]
          def far(self: __torch__.M, x: Tensor, mean: Tensor, w: Tensor) -> Tensor:
            z = torch.matmul(torch.sub((self).unit(x), mean), w)               # (B, D)
            return torch.sum(torch.mul(z, z), [1], True)
          """);

  private final FloatMatrix mean;
  private final FloatMatrix whitening;
  private final double logVolume;
  private final double[] heldOut;

  private VectorPopulation(
      FloatMatrix mean, FloatMatrix whitening, double logVolume, double[] heldOut) {
    this.mean = mean;
    this.whitening = whitening;
    this.logVolume = logVolume;
    this.heldOut = heldOut;
  }

  /**
   * The population of some vectors, {@value #FEWEST} or more; a thousand tell small shares of
   * others.
   *
   * @param vectors as the encoder gave them, shape (N, D), of nothing but that encoder
   * @throws StitchException (bad input) if they are too few or one is not finite
   */
  public static VectorPopulation of(FloatMatrix vectors) {
    if (vectors.rows() < FEWEST) {
      throw StitchException.badInput(
          "a card of %d vectors; expected %d or more, and 1000 to tell small shares",
          vectors.rows(), FEWEST);
    }
    vectors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "vector %d of the card has a value that is not finite; take others", row);
            });
    FloatMatrix directions = Standardization.unit(vectors);
    double[] left = new double[vectors.rows()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int[] out = rows(left.length, fold, true);
      VectorPopulation rest = fit(directions.select(rows(left.length, fold, false)), left);
      double[] found = rest.distances(directions.select(out));
      for (int i = 0; i < out.length; i++) {
        left[out[i]] = found[i];
      }
    }
    Arrays.sort(left);
    return fit(directions, left);
  }

  private static int[] rows(int count, int fold, boolean inside) {
    return IntStream.range(0, count).filter(i -> (i % FOLDS == fold) == inside).toArray();
  }

  private static VectorPopulation fit(FloatMatrix directions, double[] heldOut) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(manager, directions); // (N, D)
      NDList parts =
          PROGRAM.run("fit", false, new NDList(x), new NDList()); // (1, D), (D, D), (1, 1)
      return new VectorPopulation(
          TensorBridge.toMatrix(parts.get(0)),
          TensorBridge.toMatrix(parts.get(1)),
          parts.get(2).toFloatArray()[0],
          heldOut);
    }
  }

  /** The width D of its vectors. */
  public int width() {
    return mean.columns();
  }

  /**
   * Squared Mahalanobis distances of the directions of vectors (N, D) from the mean, N of them;
   * about D for the population's own, NaN for a vector that is not finite.
   *
   * @throws StitchException (bad input) if they are not D wide
   */
  public double[] distances(FloatMatrix vectors) {
    if (vectors.columns() != width()) {
      throw StitchException.badInput(
          "vectors are %d wide but the card is of vectors %d wide; take both from one index",
          vectors.columns(), width());
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray m = TensorBridge.toTensor(manager, mean); // (1, D)
      NDArray w = TensorBridge.toTensor(manager, whitening); // (D, D)
      float[] found = RowBlocks.map(vectors, 1, x -> PROGRAM.call("far", x, m, w)).toArray();
      return IntStream.range(0, found.length).mapToDouble(i -> found[i]).toArray();
    }
  }

  /**
   * Distances of the population's own vectors, each from a population that it was left out of, ten
   * parts one after the other; in ascending order.
   */
  public double[] heldOut() {
    return heldOut.clone();
  }

  /** Minus twice the logarithm of the density at these distances, up to a constant. */
  double[] surprise(double[] distances) {
    return Arrays.stream(distances).map(d -> d + logVolume).toArray();
  }
}
