// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.List;

/**
 * One optimizer step over all parameters in one call of the engine: clips the gradients by their
 * common norm (PyTorch's {@code clip_grad_norm_}), updates in place, zeroes the gradients. The
 * moments are plain arrays, unlike those of DJL's Adam, so that they can be saved.
 */
final class OptimizerStep {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "optimizer-step",
          """
          def clip(self: __torch__.M, g: List[Tensor], limit: float) -> NoneType:
            if torch.gt(limit, 0.):
              norms = annotate(List[Tensor], [])
              for i in range(torch.len(g)):
                torch.append(norms, torch.norm(g[i]))
              total = torch.norm(torch.stack(norms))
              scale = torch.clamp_max(torch.div(limit, torch.add(total, 1e-6)), 1.)
              for j in range(torch.len(g)):
                torch.mul_(g[j], scale)
            return None
          def adam(self: __torch__.M, c: Tensor, w: List[Tensor]) -> Tensor:
            n = torch.floordiv(torch.len(w), 4)
            p = torch.slice(w, 0, n)
            g = torch.slice(w, n, torch.mul(2, n))
            m = torch.slice(w, torch.mul(2, n), torch.mul(3, n))
            v = torch.slice(w, torch.mul(3, n), torch.mul(4, n))
            (self).clip(g, float(c[3]))
            step = torch.to(c[0], 6)
            steps = annotate(List[Tensor], [])
            none = annotate(List[Tensor], [])
            for i in range(n):
              torch.append(steps, step)
            torch._fused_adam_(p, g, m, v, none, steps, lr=float(c[1]), beta1=0.9, beta2=0.999, weight_decay=float(c[2]), eps=1e-08, amsgrad=False, maximize=False)
            for j in range(n):
              torch.zero_(g[j])
            return c
          def sgd(self: __torch__.M, c: Tensor, w: List[Tensor]) -> Tensor:
            n = torch.floordiv(torch.len(w), 2)
            p = torch.slice(w, 0, n)
            g = torch.slice(w, n, torch.mul(2, n))
            (self).clip(g, float(c[3]))
            rate = float(c[1])
            keep = torch.sub(1., torch.mul(rate, float(c[2])))
            for i in range(n):
              torch.add_(torch.mul_(p[i], keep), g[i], alpha=torch.neg(rate))
              torch.zero_(g[i])
            return c
          def copy(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            n = torch.floordiv(torch.len(w), 2)
            for i in range(n):
              torch.copy_(w[torch.add(n, i)], w[i])
            return x
          """);

  private OptimizerStep() {}

  /**
   * Updates the parameters from the gradients that have been gathered.
   *
   * @param number of this step, from 1
   * @param steps of the whole training
   */
  static void apply(NDManager scope, Trained state, FitOptions options, long number, long steps) {
    NDList parameters = state.learned(); // (any shapes)
    var arguments = new NDList(parameters);
    for (NDArray parameter : parameters) {
      NDArray gradient = parameter.getGradient(); // (parameter's shape)
      gradient.attach(scope);
      arguments.add(gradient);
    }
    arguments.addAll(state.first());
    arguments.addAll(state.second());
    double rate = options.learningRate() * options.schedule().factor(number, steps);
    NDArray constants =
        scope.create(new double[] {number, rate, options.weightDecay(), options.clip()}); // (4)
    PROGRAM.run(options.rule().id(), false, new NDList(constants), arguments);
  }

  /** Copies values into arrays of the same shapes. */
  static void copy(List<NDArray> sources, List<NDArray> targets) {
    var arguments = new NDList(sources);
    arguments.addAll(new NDList(targets));
    try (NDManager scope = sources.get(0).getManager().newSubManager()) {
      PROGRAM.run("copy", false, new NDList(scope.create(0f)), arguments);
    }
  }
}
