// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.view;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.view.PrincipalAxes;
import java.util.Random;

/**
 * t-SNE with all pairs of rows (van der Maaten and Hinton 2008, Visualizing data using t-SNE), from
 * the principal plane, with the step size of Belkina et al. 2019 that is scikit-learn's default:
 * 250 steps with affinities 12 times too strong and momentum .5, then 750 with momentum .8, each
 * coordinate with a gain of its own. Affinities are float64, steps float32; distances are those of
 * differences, as the squared lengths of far places would drown that of near ones to each other.
 */
final class NeighborEmbedding {
  /** The most rows: all their pairs take 64 MB. */
  static final int MOST_ROWS = 4000;

  private static final double EXAGGERATION = 12;
  private static final double START = 1e-4;
  private static final double JITTER = 1e-2;

  // d is measured in mean squared distances, so that the bisection starts near its end; the
  // nearest row's distance is taken off, which changes no affinity and keeps exp from vanishing.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "t-sne",
          """
          def affinities(self: __torch__.M, x: Tensor, perplexity: Tensor) -> Tensor:
            d = torch.square(torch.cdist(torch.to(x, 7), torch.to(x, 7)))
            d = torch.div(d, torch.clamp_min(torch.mean(d), 1e-300))
            d = torch.fill_diagonal_(d, 1e30)
            d = torch.sub(d, torch.amin(d, [1], True))
            d = torch.fill_diagonal_(d, 0.0)
            n = torch.size(d, 0)
            low = torch.zeros([n, 1], dtype=7)
            high = torch.full([n, 1], 1e300, dtype=7)
            beta = torch.ones([n, 1], dtype=7)
            p = d
            for i in range(60):
              p = torch.fill_diagonal_(torch.exp(torch.neg(torch.mul(d, beta))), 0.0)
              sums = torch.sum(p, [1], True)
              mean = torch.div(torch.sum(torch.mul(p, d), [1], True), sums)
              entropy = torch.add(torch.log(sums), torch.mul(mean, beta))
              wide = torch.gt(entropy, torch.log(perplexity))
              low = torch.where(wide, beta, low)
              high = torch.where(wide, high, beta)
              middle = torch.mul(torch.add(low, high), 0.5)
              beta = torch.where(torch.gt(high, 1e299), torch.mul(beta, 2.0), middle)
              p = torch.div(p, sums)
            return torch.to(torch.div(torch.add(p, torch.t(p)), 2.0 * float(n)), 6)
          def kernel(self: __torch__.M, v: Tensor, y: Tensor) -> Tensor:     # (B, N)
            d = torch.square_(torch.sub(torch.slice(v, 1, 0, 1), torch.t(torch.slice(y, 1, 0, 1))))
            e = torch.square_(torch.sub(torch.slice(v, 1, 1, 2), torch.t(torch.slice(y, 1, 1, 2))))
            return torch.reciprocal_(torch.add_(torch.add_(d, e), 1.0))
          def force(self: __torch__.M, f: Tensor, v: Tensor, y: Tensor) -> Tensor:
            return torch.sub(torch.mul(torch.sum(f, [1], True), v), torch.matmul(f, y))
          def gradient(self: __torch__.M, p: Tensor, y: Tensor, strength: float) -> Tensor:
            n = torch.size(y, 0)
            sum = torch.zeros([], dtype=7)
            pull = annotate(List[Tensor], [])
            push = annotate(List[Tensor], [])
            for i in range((n + ROWS - 1) // ROWS):
              v = torch.slice(y, 0, i * ROWS, (i + 1) * ROWS)
              k = (self).kernel(v, y)
              sum = torch.add(sum, torch.sum(k))
              f = torch.mul(torch.slice(p, 0, i * ROWS, (i + 1) * ROWS), k)
              pull = torch.append(pull, (self).force(f, v, y))
              push = torch.append(push, (self).force(torch.mul_(k, k), v, y))
            apart = torch.div(torch.cat(push, 0), torch.sub(sum, n))
            return torch.mul(torch.sub(torch.mul(torch.cat(pull, 0), strength), apart), 4.0)
          def embed(self: __torch__.M, p: Tensor, y: Tensor, rate: Tensor) -> Tensor:
            step = torch.zeros_like(y)
            gain = torch.ones_like(y)
            for i in range(1000):
              momentum = 0.5
              strength = 12.0
              if torch.ge(i, 250):
                momentum = 0.8
                strength = 1.0
              g = (self).gradient(p, y, strength)
              turned = torch.lt(torch.mul(step, g), 0.0)
              gain = torch.where(turned, torch.add(gain, 0.2), torch.mul(gain, 0.8))
              gain = torch.clamp_min(gain, 0.01)
              step = torch.sub(torch.mul(step, momentum), torch.mul(torch.mul(gain, g), rate))
              y = torch.add(y, step)
            return torch.sub(y, torch.mean(y, [0], True))
          def divergence(self: __torch__.M, p: Tensor, y: Tensor) -> Tensor:
            k = torch.fill_diagonal_((self).kernel(y, y), 0.0)
            q = torch.clamp_min(torch.div(k, torch.sum(k)), 1e-12)
            return torch.sum(torch.xlogy(p, torch.div(torch.clamp_min(p, 1e-12), q)))
          """
              .replace("ROWS", "64")); // rows of pairs at a time, which stay in a core's cache

  private NeighborEmbedding() {}

  static FloatMatrix of(FloatMatrix rows, double perplexity, long seed) {
    require(rows, perplexity);
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray p = affinities(manager, rows, perplexity); // (N, N)
      NDArray start = TensorBridge.toTensor(manager, start(rows, seed)); // (N, 2)
      float rate = (float) Math.max(rows.rows() / EXAGGERATION / 4, 50);
      return TensorBridge.toMatrix(PROGRAM.call("embed", p, start, manager.create(rate)));
    }
  }

  /** The minimized Kullback-Leibler divergence of the rows' affinities from those of the places. */
  static double divergence(FloatMatrix rows, double perplexity, FloatMatrix places) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray p = affinities(manager, rows, perplexity); // (N, N)
      NDArray y = TensorBridge.toTensor(manager, places); // (N, 2)
      return PROGRAM.call("divergence", p, y).getFloat();
    }
  }

  private static NDArray affinities(NDManager manager, FloatMatrix rows, double perplexity) {
    NDArray x = TensorBridge.toTensor(manager, rows); // (N, D)
    return PROGRAM.call("affinities", x, manager.create(perplexity));
  }

  private static void require(FloatMatrix rows, double perplexity) {
    if (rows.rows() > MOST_ROWS) {
      throw StitchException.badInput(
          "t-SNE looks at all pairs of rows: expected at most %d rows but got %d; take a sample",
          MOST_ROWS, rows.rows());
    }
    if (!(perplexity >= 1 && perplexity < rows.rows() - 1)) {
      throw StitchException.badInput(
          "perplexity %s of %d rows; expected 1 to less than %d",
          perplexity, rows.rows(), rows.rows() - 1);
    }
  }

  // Rows that are the same would never part without the jitter.
  private static FloatMatrix start(FloatMatrix rows, long seed) {
    float[] places = PrincipalAxes.of(rows).apply(rows).toArray();
    double square = 0;
    for (int i = 0; i < places.length; i += 2) {
      square += places[i] * (double) places[i];
    }
    double spread = Math.sqrt(square / rows.rows());
    var random = new Random(seed);
    for (int i = 0; i < places.length; i++) {
      double scaled = spread > 0 ? places[i] / spread : 0;
      places[i] = (float) (START * (scaled + JITTER * random.nextGaussian()));
    }
    return FloatMatrix.wrap(rows.rows(), 2, places);
  }
}
