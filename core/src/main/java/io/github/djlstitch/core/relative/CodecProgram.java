// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;

/**
 * The linear algebra of codecs in float64. Arrays given and returned belong to the manager of the
 * first argument.
 */
final class CodecProgram {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "codec",
          """
          def wide(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.to(x, 7)
          def narrow(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.to(x, 6)
          def flipped(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.contiguous(torch.t(x))
          def product(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return torch.matmul(x, y)
          def rows(self: __torch__.M, x: Tensor, index: Tensor) -> Tensor:
            return torch.index_select(x, 0, index)
          def add_rows(self: __torch__.M, sum: Tensor, index: Tensor, part: Tensor) -> Tensor:
            return torch.index_add(sum, 0, index, part)
          def halves(self: __torch__.M, a: Tensor, w: List[Tensor]) -> List[Tensor]:
            u, s, vh = torch.linalg_svd(a, False)                 # (M, r) (r) (r, D)
            s2 = torch.mul(s, s)
            mean = torch.div(torch.sum(s2), torch.size(a, 1))
            ridge = torch.add(w[0], torch.mul(w[1], mean))
            seen = torch.gt(s, torch.mul(torch.amax(s, [0], True), w[3]))
            damped = torch.where(seen, torch.add(s2, ridge), torch.ones_like(s))
            s0 = torch.mul(s, torch.to(seen, 7))
            e = torch.mul(s0, torch.pow(damped, torch.neg(w[2])))
            d = torch.mul(s0, torch.pow(damped, torch.sub(w[2], 1.0)))
            encode = torch.matmul(torch.mul(u, torch.unsqueeze(e, 0)), vh)       # (M, D)
            decode = torch.matmul(torch.mul(u, torch.unsqueeze(d, 0)), vh)       # (M, D)
            condition = torch.mul(torch.amax(e), torch.amax(d))
            share = torch.div(s, torch.clamp_min(torch.sum(s), 1e-300))
            spread = torch.exp(torch.neg(torch.sum(torch.xlogy(share, share))))
            stats = torch.stack([condition, torch.to(torch.sum(seen), 7), spread])
            return [torch.contiguous(torch.t(encode)), decode, stats]
          def span(self: __torch__.M, a: Tensor, floor: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(a, False)
            seen = torch.gt(s, torch.mul(torch.amax(s, [0], True), floor))
            v = torch.mul(vh, torch.unsqueeze(torch.to(seen, 7), 1))             # (r, D)
            return torch.matmul(torch.t(v), v)                                   # (D, D)
          def gram(self: __torch__.M, x: Tensor) -> Tensor:
            x64 = torch.to(x, 7)
            return torch.matmul(torch.t(x64), x64)
          def total(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.sum(torch.to(x, 7), [0], True)
          def components(self: __torch__.M, g: Tensor, w: List[Tensor]) -> List[Tensor]:
            mean = torch.div(w[0], w[1])                                         # (1, D)
            cov = torch.sub(torch.div(g, w[1]), torch.matmul(torch.t(mean), mean))
            values, vectors = torch.linalg_eigh(cov, "L")
            r = int(w[2])
            v = torch.flip(torch.narrow(vectors, 1, torch.size(g, 0) - r, r), [1])
            top = torch.flip(torch.narrow(values, 0, torch.size(g, 0) - r, r), [0])
            floor = torch.clamp_min(torch.mul(torch.amax(top), 1e-12), 1e-30)
            c = torch.maximum(top, floor)
            q = torch.pow(torch.div(c, torch.mean(c)), w[3])                     # (r)
            f = torch.div(v, torch.unsqueeze(q, 0))                              # (D, r)
            back = torch.mul(v, torch.unsqueeze(q, 0))                           # (D, r)
            return [torch.contiguous(f), torch.contiguous(torch.t(back))]
          """);

  private CodecProgram() {}

  /**
   * The two halves over some anchors.
   *
   * @param encode shape (D, M)
   * @param decode shape (M, D)
   */
  record Halves(NDArray encode, NDArray decode, Spectrum spectrum) {}

  /** The anchors' singular values in numbers; see {@link CodecDiagnostics}. */
  record Spectrum(double conditionNumber, int rank, double effectiveRank) {}

  static Halves halves(NDArray anchors, SpectralGains gains) {
    NDList out =
        run(
            "halves",
            anchors,
            gains.lambda(),
            gains.relative(),
            gains.split(),
            gains.floor()); // (D, M), (M, D), (3)
    double[] stats = out.get(2).toDoubleArray();
    return new Halves(out.get(0), out.get(1), new Spectrum(stats[0], (int) stats[1], stats[2]));
  }

  /** The orthogonal projection onto the span of the rows of (M, D): (D, D). */
  static NDArray span(NDArray anchors, double floor) {
    return PROGRAM.call("span", anchors, anchors.getManager().create(floor));
  }

  /**
   * Principal components of standardized data and their dual frame: {@code V W^-p} (D, r) and
   * {@code (V W^p)ᵀ} (r, D), with W the variances in units of their mean.
   */
  static NDList components(
      NDManager manager, FloatMatrix data, Standardization frame, int rank, double power) {
    var square = new Shape(data.columns(), data.columns());
    NDArray gram = manager.zeros(square, DataType.FLOAT64); // (D, D)
    NDArray total = manager.zeros(new Shape(1, data.columns()), DataType.FLOAT64); // (1, D)
    NDArray center = TensorBridge.toTensor(manager, frame.center()); // (1, D)
    RowBlocks.each(
        data,
        x -> {
          NDArray rows = Standardization.apply(x, center, frame.directional(), false); // (B, D)
          gram.addi(PROGRAM.call("gram", rows));
          total.addi(PROGRAM.call("total", rows));
        });
    NDList numbers =
        new NDList(
            total,
            manager.create((double) data.rows()),
            manager.create((long) rank),
            manager.create(power)); // (1, D), (), (), ()
    return PROGRAM.run("components", false, new NDList(gram), numbers);
  }

  /** As float64, owned by the manager. */
  static NDArray wide(NDManager manager, FloatMatrix matrix) {
    return PROGRAM.call("wide", TensorBridge.toTensor(manager, matrix));
  }

  /** As a float32 matrix on the heap. */
  static FloatMatrix narrow(NDArray array) {
    return TensorBridge.toMatrix(PROGRAM.call("narrow", array));
  }

  static NDArray transpose(NDArray array) {
    return PROGRAM.call("flipped", array);
  }

  static NDArray product(NDArray x, NDArray y) {
    return PROGRAM.call("product", x, y);
  }

  static NDArray rows(NDArray array, int[] index) {
    return PROGRAM.call("rows", array, array.getManager().create(index));
  }

  /** A copy of {@code sum} with {@code part} added to some of its rows. */
  static NDArray addRows(NDArray sum, int[] index, NDArray part) {
    return PROGRAM.call("add_rows", sum, sum.getManager().create(index), part);
  }

  private static NDList run(String method, NDArray first, double... numbers) {
    NDList weights = new NDList(); // () each
    for (double number : numbers) {
      weights.add(first.getManager().create(number));
    }
    return PROGRAM.run(method, false, new NDList(first), weights);
  }
}
