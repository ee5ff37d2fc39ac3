// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.script.ScriptPart;

/**
 * Standardization of each space, by the statistics of its own anchors, before a map is fitted;
 * undone in the target space after the map is applied (Maiorca et al. 2023, arXiv:2311.00664, and
 * the library latentis).
 */
public enum Preparation {
  /** Nothing. */
  NONE {
    @Override
    Frame frame(NDArray x) {
      return identity(x.getManager(), x.getShape().get(1));
    }
  },
  /**
   * Each dimension minus its mean, divided by its standard deviation (ddof 1). A dimension without
   * spread, and every dimension of a single anchor, is divided by 1.
   */
  Z_SCORE {
    @Override
    Frame frame(NDArray x) {
      var maps = PROGRAM.run("z_score", false, list(x), list());
      return new Frame(new Affine(maps.get(0), maps.get(1)), new Affine(maps.get(2), maps.get(3)));
    }
  },
  /**
   * Each vector to unit length; the mean length of the target's anchors is put back. Zero vectors
   * stay zero.
   */
  UNIT {
    @Override
    Frame frame(NDArray x) {
      Frame same = identity(x.getManager(), x.getShape().get(1));
      return new Frame(same.in(), Affine.linear(same.out().map().mul(PROGRAM.call("length", x))));
    }

    @Override
    NDArray rows(NDArray x) {
      return PROGRAM.call("direction", x);
    }
  };

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "preparation",
          """
          def direction(self: __torch__.M, x: Tensor) -> Tensor:
            scale = torch.clamp_min(torch.amax(torch.abs(x), [1], True), 1e-38)
            return (self).unit(torch.div(x, scale))
          def length(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.mean(torch.norm(x, 2, [1]))
          def z_score(self: __torch__.M, x: Tensor) -> List[Tensor]:
            mean = torch.mean(x, [0], True)
            scale = torch.ones_like(mean)
            if torch.gt(torch.size(x, 0), 1):
              std = torch.std(x, [0], True, True)
              scale = torch.where(torch.gt(std, 0.0), std, scale)
            forth = torch.diag(torch.squeeze(torch.reciprocal(scale), 0))
            back = torch.diag(torch.squeeze(scale, 0))
            return [forth, torch.neg(torch.div(mean, scale)), back, mean]
          """);

  /**
   * The frame of these anchors, (M, D) as they were given; it is for vectors after {@link #rows}.
   */
  abstract Frame frame(NDArray x);

  /**
   * Standardizes each vector by itself, which no affine map can do; the identity except for {@link
   * #UNIT}.
   */
  NDArray rows(NDArray x) {
    return x;
  }

  /** Unit rows; zero rows stay zero. */
  static NDArray unit(NDArray x) {
    return PROGRAM.call("direction", x);
  }

  /** A part of a TorchScript file whose result may call {@code (self).direction}. */
  static ScriptPart part(String name, String result, FloatMatrix... tensors) {
    return PROGRAM.part(name, result, tensors);
  }

  private static Frame identity(NDManager manager, long width) {
    Affine same = Affine.identity(manager, width, width);
    return new Frame(same, same);
  }

  private static NDList list(NDArray... arrays) {
    return new NDList(arrays);
  }

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
     * The wider space is reduced to its first principal components, from its anchors, as many as
     * the narrower one has dimensions. Components that too few anchors do not span are zero.
     */
    PCA {
      @Override
      Frame frame(NDArray x, long other) {
        if (width(x) <= other) {
          return same(x.getManager(), width(x));
        }
        NDArray components = x.getManager().create((double) other); // ()
        var maps = PROGRAM.run("pca", false, new NDList(x, components), EMPTY);
        return new Frame(
            new Affine(maps.get(0), maps.get(1)), new Affine(maps.get(2), maps.get(3)));
      }
    };

    private static final NDList EMPTY = new NDList(); // no array

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
}
