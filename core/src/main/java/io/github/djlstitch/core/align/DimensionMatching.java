// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/** Steps that make two spaces of different width equally wide before a map is fitted. */
public enum DimensionMatching {
  /** No step; methods that need equal widths refuse. */
  NONE {
    @Override
    Frame frame(NDArray x, long other) {
      return same(x.getManager(), width(x));
    }
  },
  /** The narrower space gets further dimensions that are zero; they are cut off again. */
  ZERO_PAD {
    @Override
    Frame frame(NDArray x, long other) {
      NDManager manager = x.getManager();
      long to = Math.max(width(x), other);
      return new Frame(
          Affine.identity(manager, width(x), to), Affine.identity(manager, to, width(x)));
    }
  },
  /**
   * The wider space is reduced to its first principal components, from its anchors, as many as the
   * narrower one has dimensions. Components that too few anchors do not span are zero.
   */
  PCA {
    @Override
    Frame frame(NDArray x, long other) {
      if (width(x) <= other) {
        return same(x.getManager(), width(x));
      }
      NDArray components = x.getManager().create((double) other); // ()
      var maps = PROGRAM.run("pca", false, new NDList(x, components), EMPTY);
      return new Frame(new Affine(maps.get(0), maps.get(1)), new Affine(maps.get(2), maps.get(3)));
    }
  };

  private static final NDList EMPTY = new NDList(); // () none

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "dimension-matching",
          """
          def pca(self: __torch__.M, x: Tensor, components: Tensor) -> List[Tensor]:
            mean = torch.mean(x, [0], True)
            u, s, vh = torch.linalg_svd(torch.sub(x, mean), False)
            seen = torch.gt(s, torch.mul(torch.amax(s, [0], True), 1e-12))
            found = torch.mul(vh, torch.unsqueeze(torch.to(seen, 7), 1))
            k = int(components)
            v = torch.zeros([k, torch.size(x, 1)], dtype=7, device=torch.device("cpu"))
            rows = torch.slice(found, 0, 0, k)
            v = torch.cat([rows, torch.slice(v, 0, torch.size(rows, 0), k)], 0)
            return [torch.t(v), torch.neg(torch.matmul(mean, torch.t(v))), v, mean]
          """);

  /**
   * The frame of one side.
   *
   * @param x its standardized anchors, shape (M, D)
   * @param other width of the other side
   */
  abstract Frame frame(NDArray x, long other);

  private static long width(NDArray x) {
    return x.getShape().get(1);
  }

  private static Frame same(NDManager manager, long width) {
    Affine identity = Affine.identity(manager, width, width);
    return new Frame(identity, identity);
  }
}
