// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * The official heads as a program: the forward pass that normalizes over all given rows, and their
 * whole training by the gradient in closed form with Adam (Kingma and Ba 2015, arXiv:1412.6980),
 * since a call per operation would take longer than these small operations do.
 */
final class OfficialProgram {
  /**
   * {@code together(x, o, w)}: scores (N, C), then mean and variance of each normalization over the
   * batch. {@code train(x, y, weight, order, o, w)}: the trained tensors; {@code order} (E, N) has
   * the rows of each epoch; {@code o} is a layout's numbers, the rate and the batch.
   */
  static final TorchProgram PROGRAM =
      TorchProgram.of(
          "official-head",
          """
          def rows(self: __torch__.M, x: Tensor, o: Tensor) -> Tensor:
            if bool(torch.gt(torch.select(o, 0, 0), 0)):
              length = torch.sqrt(torch.sum(torch.mul(x, x), [1], True))
              a = torch.div(x, torch.clamp_min(length, 1e-12))
            else:
              a = x
            if bool(torch.eq(torch.select(o, 0, 1), 1)):
              c = torch.sub(a, torch.mean(a, [1], True))
              variance = torch.mean(torch.mul(c, c), [1], True)
              z = torch.mul(c, torch.rsqrt(torch.add(variance, 1e-5)))
            else:
              z = a
            return z                                                         # (N, D)
          def columns(self: __torch__.M, a: Tensor) -> List[Tensor]:
            mean = torch.mean(a, [0], True)
            c = torch.sub(a, mean)
            variance = torch.mean(torch.mul(c, c), [0], True)
            inverse = torch.rsqrt(torch.add(variance, 1e-5))
            return [torch.mul(c, inverse), inverse, mean, variance]
          def act(self: __torch__.M, q: Tensor, o: Tensor) -> Tensor:
            if bool(torch.gt(torch.select(o, 0, 3), 0)):
              s = torch.tanh(q)
            else:
              s = torch.silu(q)
            return s
          def slope(self: __torch__.M, q: Tensor, o: Tensor) -> Tensor:
            if bool(torch.gt(torch.select(o, 0, 3), 0)):
              h = torch.tanh(q)
              s = torch.rsub(torch.mul(h, h), 1)
            else:
              g = torch.sigmoid(q)
              s = torch.mul(g, torch.add(torch.mul(q, torch.rsub(g, 1)), 1))
            return s
          def together(self: __torch__.M, x: Tensor, o: Tensor, w: List[Tensor]) -> List[Tensor]:
            norm = int(torch.select(o, 0, 1))
            out = annotate(List[Tensor], [])
            a = (self).rows(x, o)
            k = 0
            if norm == 1:
              a = torch.add(torch.mul(a, w[0]), w[1])
              k = 2
            if norm == 2:
              c = (self).columns(a)
              a = c[0]
              out = torch.append(out, c[2])
              out = torch.append(out, c[3])
            for l in range(int(torch.select(o, 0, 2))):
              q = torch.add(torch.matmul(a, torch.t(w[k])), w[k + 1])
              c = (self).columns((self).act(q, o))
              a = c[0]
              out = torch.append(out, c[2])
              out = torch.append(out, c[3])
              k = k + 2
            s = torch.add(torch.matmul(a, torch.t(w[k])), w[k + 1])          # (N, C)
            if bool(torch.gt(torch.select(o, 0, 4), 0)):
              s = torch.relu(s)
            all = annotate(List[Tensor], [])
            all = torch.append(all, s)
            for i in range(torch.len(out)):
              all = torch.append(all, out[i])
            return all
          def adam(self: __torch__.M, p: Tensor, g: Tensor, m: Tensor, v: Tensor, at: Tensor) -> Tensor:
            rate = float(torch.select(at, 0, 0))
            t = float(torch.select(at, 0, 1))
            m1 = torch.add_(torch.mul_(m, 0.9), g, alpha=0.1)
            v1 = torch.addcmul_(torch.mul_(v, 0.999), g, g, value=0.001)
            root = (1.0 - 0.999 ** t) ** 0.5
            denominator = torch.add(torch.div(torch.sqrt(v1), root), 1e-8)
            return torch.addcdiv_(p, m1, denominator, value=-(rate / (1.0 - 0.9 ** t)))
          def train(self: __torch__.M, x: Tensor, y: Tensor, weight: Tensor, order: Tensor, o: Tensor, w: List[Tensor]) -> List[Tensor]:
            norm = int(torch.select(o, 0, 1))
            hidden = int(torch.select(o, 0, 2))
            rectified = bool(torch.gt(torch.select(o, 0, 4), 0))
            batch = int(torch.select(o, 0, 6))
            n = torch.size(x, 0)
            first = 0
            if norm == 1:
              first = 2
            z = (self).rows(x, o)
            p = annotate(List[Tensor], [])
            m = annotate(List[Tensor], [])
            v = annotate(List[Tensor], [])
            for i in range(torch.len(w)):
              p = torch.append(p, torch.clone(w[i]))
              m = torch.append(m, torch.zeros_like(w[i]))
              v = torch.append(v, torch.zeros_like(w[i]))
            t = 0
            for e in range(torch.size(order, 0)):
              start = 0
              while start + 2 <= n:
                rows = torch.slice(torch.select(order, 0, e), 0, start, start + batch, 1)
                size = torch.size(rows, 0)
                start = start + batch
                t = t + 1
                at = torch.stack([torch.select(o, 0, 5), torch.full([], t, dtype=7)], 0)
                zb = torch.index_select(z, 0, rows)                          # (B, D)
                a = zb
                if norm == 1:
                  a = torch.add(torch.mul(zb, p[0]), p[1])
                if norm == 2:
                  a = (self).columns(zb)[0]
                entered = annotate(List[Tensor], [])
                before = annotate(List[Tensor], [])
                normed = annotate(List[Tensor], [])
                inverse = annotate(List[Tensor], [])
                k = first
                for l in range(hidden):
                  entered = torch.append(entered, a)
                  q = torch.add(torch.matmul(a, torch.t(p[k])), p[k + 1])
                  c = (self).columns((self).act(q, o))
                  a = c[0]
                  before = torch.append(before, q)
                  normed = torch.append(normed, c[0])
                  inverse = torch.append(inverse, c[1])
                  k = k + 2
                s = torch.add(torch.matmul(a, torch.t(p[k])), p[k + 1])      # (B, C)
                r = s
                if rectified:
                  r = torch.relu(s)
                share = torch.mul(torch.index_select(weight, 0, rows), n / size)
                d = torch.sub(torch.softmax(r, 1), torch.index_select(y, 0, rows))
                d = torch.mul(d, torch.unsqueeze(share, 1))                  # (B, C)
                if rectified:
                  d = torch.mul(d, torch.to(torch.gt(s, 0), 6))
                down = torch.matmul(d, p[k])
                u = (self).adam(p[k], torch.matmul(torch.t(d), a), m[k], v[k], at)
                u = (self).adam(p[k + 1], torch.sum(d, [0], True), m[k + 1], v[k + 1], at)
                for l in range(hidden):
                  j = hidden - 1 - l
                  k = k - 2
                  h = normed[j]
                  along = torch.mul(h, torch.mean(torch.mul(down, h), [0], True))
                  free = torch.sub(torch.sub(down, torch.mean(down, [0], True)), along)
                  d = torch.mul(torch.mul(free, inverse[j]), (self).slope(before[j], o))
                  down = torch.matmul(d, p[k])
                  u = (self).adam(p[k], torch.matmul(torch.t(d), entered[j]), m[k], v[k], at)
                  u = (self).adam(p[k + 1], torch.sum(d, [0], True), m[k + 1], v[k + 1], at)
                if norm == 1:
                  u = (self).adam(p[0], torch.sum(torch.mul(down, zb), [0], True), m[0], v[0], at)
                  u = (self).adam(p[1], torch.sum(down, [0], True), m[1], v[1], at)
            return p
          """);

  private OfficialProgram() {}
}
