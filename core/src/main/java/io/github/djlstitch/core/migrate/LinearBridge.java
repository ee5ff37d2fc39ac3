// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import java.util.Optional;

/**
 * A bridge of one matrix: {@code z = (unit(x) - center) map}, with {@code unit(x) - center} brought
 * to unit length first if {@code directional}; and from z back to the second space by its {@link
 * Exit}. Costs one product of (D, E) for each vector.
 *
 * <p>A few vectors at a time, such as queries, are carried over on the heap, in a few microseconds
 * each; more of them by LibTorch.
 */
public final class LinearBridge implements VectorBridge {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "linear-bridge",
          """
          def entered(self: __torch__.M, x: Tensor, c: Tensor, directional: Tensor) -> List[Tensor]:
            n = torch.norm(x, 2, [1], True)                                    # (B, 1)
            r = torch.reciprocal(torch.clamp_min(n, 1e-12))
            if bool(directional):
              inside = torch.mul(torch.matmul(x, torch.t(c)), torch.mul(r, 2))
              own = torch.mul(n, r)
              size = torch.sub(torch.mul(own, own), inside)
              size = torch.add(size, torch.matmul(c, torch.t(c)))
              s = torch.rsqrt(torch.clamp_min(size, 1e-12))
            else:
              s = torch.ones_like(r)
            return [torch.mul(r, s), s]
          def mapped(self: __torch__.M, x: Tensor, c: Tensor, directional: Tensor, w: Tensor) -> Tensor:
            scale, s = (self).entered(x, c, directional)
            z = torch.mul_(torch.matmul(x, w), scale)                          # (B, E)
            return torch.addcmul_(z, s, torch.matmul(c, w), value=-1)
          def left(self: __torch__.M, z: Tensor, b: Tensor, exit: Tensor, reach: Tensor, length: Tensor) -> Tensor:
            if int(exit) == 0:
              y = torch.add_(z, b)
            else:
              n = torch.clamp_min(torch.norm(z, 2, [1], True), 1e-12)          # (B, 1)
              if int(exit) == 1:
                cosine = torch.div(torch.matmul(z, torch.t(b)), n)
                size = torch.matmul(b, torch.t(b))                             # (1, 1)
                inside = torch.sub(torch.add(torch.mul(cosine, cosine), 1), size)
                step = torch.sub(torch.sqrt(torch.clamp_min(inside, 0)), cosine)
                scale = torch.div(step, n)
              else:
                scale = torch.mul(torch.reciprocal(n), float(reach))
              y = torch.add_(torch.mul_(z, scale), b)
            far = torch.reciprocal(torch.clamp_min(torch.norm(y, 2, [1], True), 1e-12))
            return torch.mul_(y, torch.mul(far, float(length)))
          def carried(self: __torch__.M, x: Tensor, c: Tensor, directional: Tensor, w: Tensor, b: Tensor, exit: Tensor, reach: Tensor, length: Tensor) -> Tensor:
            return (self).left((self).mapped(x, c, directional, w), b, exit, reach, length)
          """);

  /** Ways back after centering; all vectors then have the length of the second space's. */
  public enum Exit {
    /** {@code z + offset}: what is short stays near the offset. */
    SUM,
    /** The point where the ray from the offset along z leaves the unit sphere. */
    SPHERE,
    /** {@code reach unit(z) + offset}: the offset weighs the same in all vectors. */
    FIXED;

    /** The number that stands for it in files and programs. */
    int code() {
      return switch (this) {
        case SUM -> 0;
        case SPHERE -> 1;
        case FIXED -> 2;
      };
    }
  }

  /** As many vectors or fewer are carried over on the heap. */
  static final int FEW = 4;

  private final FloatMatrix center;
  private final boolean directional;
  private final FloatMatrix map;
  private final FloatMatrix offset;
  private final Exit exit;
  private final double reach;
  private final double length;
  private final BridgeRow few;

  /**
   * A bridge from its parts.
   *
   * @param center of the first space's directions, shape (1, D)
   * @param directional true if only the direction from the center counts
   * @param map shape (D, E)
   * @param offset center of the second space's directions, shape (1, E)
   * @param exit the way back after centering
   * @param reach length of z where the exit has a fixed one, above 0; else 0
   * @param length mean length of the second space's vectors, above 0
   * @throws StitchException (bad input) if the shapes do not go together
   */
  public LinearBridge(
      FloatMatrix center,
      boolean directional,
      FloatMatrix map,
      FloatMatrix offset,
      Exit exit,
      double reach,
      double length) {
    boolean fits =
        center.rows() == 1
            && offset.rows() == 1
            && center.columns() == map.rows()
            && offset.columns() == map.columns();
    boolean reaches = exit == Exit.FIXED ? reach > 0 && Double.isFinite(reach) : reach == 0;
    if (!fits || !reaches || !(length > 0 && Double.isFinite(length))) {
      throw StitchException.badInput(
          "a bridge with a centre of shape (%d, %d), a map of (%d, %d), an offset of (%d, %d) and"
              + " length %s; expected (1, D), (D, E), (1, E) and a length above 0",
          center.rows(),
          center.columns(),
          map.rows(),
          map.columns(),
          offset.rows(),
          offset.columns(),
          length);
    }
    this.center = center;
    this.directional = directional;
    this.map = map;
    this.offset = offset;
    this.exit = exit;
    this.reach = reach;
    this.length = length;
    this.few = BridgeRow.of(this);
  }

  /** Center of the first space's directions, shape (1, D). */
  public FloatMatrix center() {
    return center;
  }

  /** Tells if only the direction from the center counts. */
  public boolean directional() {
    return directional;
  }

  /** The matrix, shape (D, E). */
  public FloatMatrix map() {
    return map;
  }

  /** Center of the second space's directions, shape (1, E). */
  public FloatMatrix offset() {
    return offset;
  }

  /** The way back after centering. */
  public Exit exit() {
    return exit;
  }

  /** Length of z where the exit has a fixed one; else 0. */
  public double reach() {
    return reach;
  }

  /** Mean length of the second space's vectors. */
  public double length() {
    return length;
  }

  @Override
  public int width() {
    return map.rows();
  }

  @Override
  public int targetWidth() {
    return map.columns();
  }

  @Override
  public FloatMatrix apply(FloatMatrix vectors) {
    return apply(vectors, Optional.empty());
  }

  /** The same, with standardized vectors drawn towards the target's data on the way. */
  FloatMatrix apply(FloatMatrix vectors, Optional<SpaceMemory> memory) {
    if (vectors.columns() != width()) {
      throw StitchException.badInput(
          "vectors are %d wide but the bridge reads %d; take those of the encoder it was fitted on",
          vectors.columns(), width());
    }
    if (memory.isEmpty() && vectors.rows() <= FEW) {
      return few.apply(vectors);
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray c = TensorBridge.toTensor(manager, center); // (1, D)
      NDArray w = TensorBridge.toTensor(manager, map); // (D, E)
      NDArray b = TensorBridge.toTensor(manager, offset); // (1, E)
      NDArray directions = manager.create(directional); // ()
      NDArray way = manager.create((long) exit.code()); // ()
      NDArray far = manager.create(reach); // ()
      NDArray scale = manager.create(length); // ()
      if (memory.isEmpty()) {
        return RowBlocks.map(
            vectors,
            targetWidth(),
            x -> PROGRAM.call("carried", x, c, directions, w, b, way, far, scale));
      }
      FloatMatrix standardized =
          RowBlocks.map(vectors, targetWidth(), x -> PROGRAM.call("mapped", x, c, directions, w));
      return RowBlocks.map(
          memory.get().recall(standardized),
          targetWidth(),
          z -> PROGRAM.call("left", z, b, way, far, scale));
    }
  }
}
