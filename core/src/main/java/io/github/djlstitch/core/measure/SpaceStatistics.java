// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.Moments;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.Arrays;

/**
 * Statistics of one space.
 *
 * @param rows number of samples N
 * @param width D
 * @param effectiveRank of the centered vectors: the exponential of the entropy of their singular
 *     values over the sum of these (Roy and Vetterli 2007), from 1 to min(N - 1, D); 0 if all
 *     vectors are equal
 * @param normMean mean Euclidean norm
 * @param normStd standard deviation of the norms over the samples (the population's)
 * @param normMin smallest norm
 * @param normMax largest norm
 */
public record SpaceStatistics(
    int rows,
    int width,
    double effectiveRank,
    double normMean,
    double normStd,
    double normMin,
    double normMax) {

  // Squares of singular values that are rounding errors of float64 count as 0.
  private static final TorchProgram RANK =
      TorchProgram.of(
          "effective-rank",
          Moments.COVARIANCE
              + """
              def rank(self: __torch__.M, x: Tensor) -> Tensor:
                c = (self).covariance(x, x)
                w = torch.linalg_eigvalsh(c, "L")
                top = torch.amax(w)
                if float(top) <= 0.0:
                  return torch.zeros_like(top)
                s = torch.sqrt(torch.where(torch.gt(w, torch.mul(top, 1e-13)), w, torch.zeros_like(w)))
                p = torch.div(s, torch.sum(s))
                return torch.exp(torch.neg(torch.sum(torch.special_xlogy(p, p))))
              """);

  /**
   * The statistics of vectors (N, D).
   *
   * @throws StitchException (bad input) if there is no row or a value is not finite
   */
  public static SpaceStatistics of(FloatMatrix x) {
    if (x.rows() == 0 || x.firstNonFiniteRow().isPresent()) {
      throw StitchException.badInput(
          "statistics need at least 1 vector and finite values but got %s", x);
    }
    double[] norms = NormStatistics.norms(x);
    var spread = NormStatistics.of(norms);
    return new SpaceStatistics(
        x.rows(),
        x.columns(),
        effectiveRank(x),
        spread.mean(),
        spread.std(),
        Arrays.stream(norms).min().orElseThrow(),
        Arrays.stream(norms).max().orElseThrow());
  }

  /** The coefficient of variation of the norms, std over mean; 0 if all vectors are 0. */
  public double normVariation() {
    return normMean == 0 ? 0 : normStd / normMean;
  }

  private static double effectiveRank(FloatMatrix x) {
    if (MeasureInput.isConstant(x)) {
      return 0;
    }
    try (NDManager manager = TensorBridge.newManager()) {
      return RANK.call("rank", TensorBridge.toTensor(manager, x)).toDoubleArray()[0];
    }
  }
}
