// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.activation;

import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * The LibTorch program of {@link ActivationMlp}: gradients in closed form, a training at a call.
 */
final class ActivationProgram {
  static final TorchProgram INSTANCE =
      TorchProgram.of(
          "activation-mlp",
          """
          def act(self: __torch__.M, z: Tensor, kind: int) -> Tensor:
            h = torch.relu(z)
            if torch.eq(kind, 1):
              h = torch.tanh(z)
            if torch.eq(kind, 2):
              h = torch.cos(z)
            return h
          def slope(self: __torch__.M, z: Tensor, kind: int) -> Tensor:
            g = torch.to(torch.gt(z, 0), 6)
            if torch.eq(kind, 1):
              t = torch.tanh(z)
              g = torch.add(torch.neg(torch.mul(t, t)), 1)
            if torch.eq(kind, 2):
              g = torch.neg(torch.sin(z))
            return g
          def layer(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
            return torch.add(torch.matmul(x, w), b)
          def scores(self: __torch__.M, x: Tensor, o: Tensor, w: List[Tensor]) -> Tensor:
            kind = int(torch.select(o, 0, 0))
            h = (self).act((self).layer(x, w[0], w[1]), kind)                # (N, H)
            h = (self).act((self).layer(h, w[2], w[3]), kind)
            return (self).layer(h, w[4], w[5])                               # (N, C)
          def gradients(self: __torch__.M, x: Tensor, y: Tensor, kind: int, w: List[Tensor]) -> List[Tensor]:
            z1 = (self).layer(x, w[0], w[1])
            h1 = (self).act(z1, kind)
            z2 = (self).layer(h1, w[2], w[3])
            h2 = (self).act(z2, kind)
            p = torch.softmax(torch.matmul(h2, w[4]) + w[5], 1)
            g3 = torch.div(torch.sub(p, y), torch.size(x, 0))                # (B, C)
            g2 = torch.mul(torch.matmul(g3, torch.t(w[4])), (self).slope(z2, kind))
            g1 = torch.mul(torch.matmul(g2, torch.t(w[2])), (self).slope(z1, kind))
            g = annotate(List[Tensor], [])
            g = torch.append(g, torch.matmul(torch.t(x), g1))
            g = torch.append(g, torch.sum(g1, [0], True))
            g = torch.append(g, torch.matmul(torch.t(h1), g2))
            g = torch.append(g, torch.sum(g2, [0], True))
            g = torch.append(g, torch.matmul(torch.t(h2), g3))
            g = torch.append(g, torch.sum(g3, [0], True))
            return g
          def train(self: __torch__.M, x: Tensor, y: Tensor, order: Tensor, o: Tensor, w: List[Tensor]) -> List[Tensor]:
            kind = int(torch.select(o, 0, 0))
            rate = float(torch.select(o, 0, 1))
            p = annotate(List[Tensor], [])
            m = annotate(List[Tensor], [])
            v = annotate(List[Tensor], [])
            for j in range(6):
              p = torch.append(p, torch.clone(w[j]))
              m = torch.append(m, torch.zeros_like(w[j]))
              v = torch.append(v, torch.zeros_like(w[j]))
            first = 1.0
            second = 1.0
            for i in range(torch.size(order, 0)):
              rows = torch.select(order, 0, i)
              g = (self).gradients(torch.index_select(x, 0, rows), torch.index_select(y, 0, rows), kind, p)
              first = first * 0.9
              second = second * 0.999
              for j in range(6):
                a = torch.add_(torch.mul_(m[j], 0.9), g[j], alpha=0.1)
                b = torch.addcmul_(torch.mul_(v[j], 0.999), g[j], g[j], value=0.001)
                d = torch.add_(torch.sqrt(torch.div(b, 1.0 - second)), 1e-8)
                e = torch.addcdiv_(p[j], torch.div(a, 1.0 - first), d, value=-rate)
            return p
          """);

  private ActivationProgram() {}
}
