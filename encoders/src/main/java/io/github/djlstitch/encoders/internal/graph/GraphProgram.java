// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * The whole network in one call of the engine, forward and backward.
 *
 * <p>The sparse product is LibTorch's weighted embedding bag, whose forward is the fastest that it
 * has on a CPU: .04 ms for Cora's 13,264 entries times 64 columns on one thread, against .10 of
 * MKL's compressed rows, .35 of coordinates and .37 of index_add; it sums each row in order, so it
 * gives the same bits with any number of threads. Its own backward takes 1.2 ms (the others .8 to
 * 1.3), and needs not: the propagation matrix is symmetric, so {@code backward} here calls the same
 * product again, and the features' transpose is kept.
 *
 * <p>Constants c: alpha, dropout, hidden and inner activation (0 ReLU, 1 tanh), whether the ends
 * propagate too (GCN), number of inner layers, then beta of each. Weights w: the features' starts,
 * columns and values; starts, columns and order of their transpose; starts, columns and values of
 * the propagation; then first matrix (F, H) and offset, inner matrices (L, H, H) and offsets (L,
 * H), last matrix (O, H) and offset. Weights that a network lacks may be any tensor.
 */
final class GraphProgram {
  static final TorchProgram PROGRAM =
      TorchProgram.of(
          "graph-network",
          """
          def bag(self: __torch__.M, h: Tensor, s: Tensor, i: Tensor, v: Tensor) -> Tensor:
            y, bags, sizes, most = torch.embedding_bag(h, i, s, False, 0, False, v, False)
            return y
          def act(self: __torch__.M, x: Tensor, kind: int) -> Tensor:
            if torch.eq(kind, 0):
              y = torch.relu(x)
            else:
              y = torch.tanh(x)
            return y
          def slope(self: __torch__.M, g: Tensor, y: Tensor, kind: int) -> Tensor:
            if torch.eq(kind, 0):
              d = torch.threshold_backward(g, y, 0.)
            else:
              d = torch.tanh_backward(g, y)
            return d
          def first(self: __torch__.M, c: Tensor, fv: Tensor, w: List[Tensor]) -> Tensor:
            x = (self).bag(w[9], w[0], w[1], fv)
            if bool(c[4]):
              x = (self).bag(x, w[6], w[7], w[8])
            return (self).act(torch.add(x, w[10]), int(c[2]))
          def last(self: __torch__.M, c: Tensor, x: Tensor, w: List[Tensor]) -> Tensor:
            if bool(c[4]):
              y = torch.add((self).bag(torch.matmul(x, torch.t(w[13])), w[6], w[7], w[8]), w[14])
            else:
              y = torch.addmm(w[14], x, torch.t(w[13]))
            return y
          def embed(self: __torch__.M, c: Tensor, train: Tensor, w: List[Tensor]) -> Tensor:
            p = float(c[1])
            t = bool(train)
            alpha = float(c[0])
            x0 = (self).first(c, torch.dropout(w[2], p, t), w)
            x = x0
            for l in range(int(c[5])):
              m = torch.select(w[11], 0, l)
              z = (self).bag(torch.dropout(x, p, t), w[6], w[7], w[8])
              if torch.gt(alpha, 0.):
                b = float(c[torch.add(6, l)])
                z2 = torch.add(z, x0, alpha=alpha)
                y = torch.addmm(z2, z2, m, beta=torch.sub(1., b), alpha=b)
              else:
                y = torch.addmm(torch.select(w[12], 0, l), z, m)
              x = (self).act(y, int(c[3]))
            if bool(c[4]):
              x = torch.dropout(x, p, t)
            return (self).last(c, x, w)
          def detached(self: __torch__.M, w: List[Tensor]) -> List[Tensor]:
            out = annotate(List[Tensor], [])
            for i in range(torch.len(w)):
              torch.append(out, torch.detach(w[i]))
            return out
          def forward(self: __torch__.M, c: Tensor, keep: Tensor, fkeep: Tensor, z: Tensor, a: Tensor, w: List[Tensor]) -> List[Tensor]:
            u = (self).detached(w)
            n = int(c[5])
            alpha = float(c[0])
            scale = torch.div(1., torch.sub(1., float(c[1])))
            fv = torch.mul_(torch.mul(u[2], fkeep), scale)
            av = torch.mul(u[8], scale)
            x0 = (self).first(c, fv, u)
            x = x0
            for l in range(n):
              m = torch.select(u[11], 0, l)
              zl = torch.select(z, 0, l)
              al = torch.select(a, 0, l)
              h = (self).bag(torch.mul(x, torch.select(keep, 0, l)), u[6], u[7], av)
              if torch.gt(alpha, 0.):
                b = float(c[torch.add(6, l)])
                r = torch.add(h, x0, alpha=alpha, out=zl)
                r2 = torch.addmm(zl, zl, m, beta=torch.sub(1., b), alpha=b, out=al)
              else:
                r3 = torch.copy_(zl, h)
                r4 = torch.addmm(torch.select(u[12], 0, l), zl, m, out=al)
              if torch.eq(int(c[3]), 0):
                r5 = torch.relu_(al)
              else:
                r6 = torch.tanh_(al)
              x = al
            if bool(c[4]):
              x = torch.mul_(torch.mul(x, torch.select(keep, 0, n)), scale)
            return [(self).last(c, x, u), x0, x, fv]
          def pull(self: __torch__.M, loss: Tensor, y: Tensor) -> Tensor:
            g = torch.grad([loss], [y], None, True)
            return unchecked_cast(Tensor, g[0])
          def backward(self: __torch__.M, c: Tensor, keep: Tensor, z: Tensor, a: Tensor, g: Tensor, x0: Tensor, x: Tensor, fv: Tensor, w: List[Tensor]) -> List[Tensor]:
            u = (self).detached(w)
            n = int(c[5])
            alpha = float(c[0])
            ends = bool(c[4])
            scale = torch.div(1., torch.sub(1., float(c[1])))
            av = torch.mul(u[8], scale)
            gb3 = torch.sum(g, [0])
            gy = g
            if ends:
              gy = (self).bag(g, u[6], u[7], u[8])
            gw3 = torch.matmul(torch.t(gy), x)
            ga = torch.matmul(gy, u[13])
            if ends:
              ga = torch.mul_(torch.mul_(ga, torch.select(keep, 0, n)), scale)
            gw2 = torch.empty_like(u[11])
            gb2 = torch.empty_like(u[12])
            g0 = torch.zeros_like(x0)
            for k in range(n):
              l = torch.sub(torch.sub(n, 1), k)
              m = torch.select(u[11], 0, l)
              zl = torch.select(z, 0, l)
              go = (self).slope(ga, torch.select(a, 0, l), int(c[3]))
              gm = torch.matmul(torch.t(zl), go)
              if torch.gt(alpha, 0.):
                b = float(c[torch.add(6, l)])
                r = torch.copy_(torch.select(gw2, 0, l), torch.mul_(gm, b))
                gz = torch.addmm(go, go, torch.t(m), beta=torch.sub(1., b), alpha=b)
                r2 = torch.add_(g0, gz, alpha=alpha)
              else:
                r3 = torch.copy_(torch.select(gw2, 0, l), gm)
                r4 = torch.copy_(torch.select(gb2, 0, l), torch.sum(go, [0]))
                gz = torch.matmul(go, torch.t(m))
              ga = torch.mul_((self).bag(gz, u[6], u[7], av), torch.select(keep, 0, l))
            gx = (self).slope(torch.add(ga, g0), x0, int(c[2]))
            gb1 = torch.sum(gx, [0])
            if ends:
              gx = (self).bag(gx, u[6], u[7], u[8])
            gw1 = (self).bag(gx, u[3], u[4], torch.index_select(fv, 0, u[5]))
            return [gw1, gb1, gw2, gb2, gw3, gb3]
          def attach(self: __torch__.M, loss: Tensor, w: List[Tensor]) -> Tensor:
            n = torch.floordiv(torch.len(w), 2)
            out = loss
            for i in range(n):
              p = w[i]
              out = torch.add(out, torch.sum(torch.mul(torch.sub(p, torch.detach(p)), w[torch.add(n, i)])))
            return out
          """);

  private GraphProgram() {}
}
