// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.List;

/**
 * Composes the LibTorch program of a ReXNet. Batch norms are folded into the convolutions before
 * them, in double; what is prepared is a weight and a bias of each convolution, in order, laid out
 * for the kernels.
 *
 * <p>Channels are filled up with zeros to what weights may be packed for, {@code room(n)}; in
 * float32, if that is over an eighth more, only to a multiple of 16, for which convolutions are
 * right and unpacked products then faster. They stay zero through every layer; the vector is cut
 * back to the network's own width. Convolutions of 1 x 1 are linear layers.
 */
final class RexNetProgram {
  private static final int BATCH_PIXELS = 8 * 224 * 224; // that go through at once

  private static final String METHODS =
      """
      def scale(self: __torch__.M, w: List[Tensor], o: int) -> Tensor:
        return torch.div(torch.to(w[o], 7), torch.sqrt(torch.add(torch.to(w[o + 3], 7), 1e-05)))
      def folded(self: __torch__.M, w: Tensor, s: Tensor) -> Tensor:
        return torch.mul(torch.to(w, 7), torch.reshape(s, [-1, 1, 1, 1]))
      def channels(self: __torch__.M, n: int, t: int) -> int:
        least = torch.floordiv(n + 15, 16) * 16
        room = (self).room(n)
        if torch.eq(t, 6):
          if torch.gt(room * 8, least * 9):
            room = least
        return room
      def wide(self: __torch__.M, w: Tensor, t: int) -> Tensor:
        more = torch.sub((self).channels(torch.size(w, 0), t), torch.size(w, 0))
        if torch.eq(torch.dim(w), 1):
          return torch.to(torch.constant_pad_nd(w, [0, more], 0), t)
        return torch.to(torch.constant_pad_nd(w, [0, 0, 0, 0, 0, 0, 0, more], 0), t)
      def matrix(self: __torch__.M, w: Tensor, t: int) -> Tensor:
        m = torch.flatten((self).wide(w, t), 1)
        more = torch.sub((self).channels(torch.size(m, 1), t), torch.size(m, 1))
        return (self).pack(torch.contiguous(torch.constant_pad_nd(m, [0, more], 0)))
      def normed(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int, s: Tensor) -> List[Tensor]:
        b = torch.sub(torch.to(w[o + 1], 7), torch.mul(torch.to(w[o + 2], 7), s))
        return torch.append(p, (self).wide(b, t))
      def stem(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int) -> List[Tensor]:
        s = (self).scale(w, o + 1)
        c = (self).wide((self).folded(w[o], s), t)
        return (self).normed(torch.append(p, (self).pack_conv(c, 2, 1, 1)), t, w, o + 1, s)
      def depthwise(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int, stride: int) -> List[Tensor]:
        s = (self).scale(w, o + 1)
        c = (self).wide((self).folded(w[o], s), t)
        c = (self).pack_conv(c, stride, 1, torch.size(c, 0))
        return (self).normed(torch.append(p, c), t, w, o + 1, s)
      def narrow(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int) -> List[Tensor]:
        s = (self).scale(w, o + 1)
        c = (self).matrix((self).folded(w[o], s), t)
        return (self).normed(torch.append(p, c), t, w, o + 1, s)
      def excitation(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int) -> List[Tensor]:
        s = (self).scale(w, o + 2)
        p = torch.append(p, (self).matrix((self).folded(w[o], s), t))
        b = torch.mul(torch.sub(torch.to(w[o + 1], 7), torch.to(w[o + 4], 7)), s)
        p = torch.append(p, (self).wide(torch.add(b, torch.to(w[o + 3], 7)), t))
        p = torch.append(p, (self).matrix(torch.to(w[o + 6], 7), t))
        return torch.append(p, (self).wide(w[o + 7], t))
      def excited(self: __torch__.M, x: Tensor, w: List[Tensor], o: int) -> Tensor:
        s = torch.mean(x, [2, 3])                                            # (B, C)
        s = torch.relu_((self).linear(s, w[o], w[o + 1]))
        s = torch.sigmoid_((self).linear(s, w[o + 2], w[o + 3]))
        x = torch.mul_(x, torch.unsqueeze(torch.unsqueeze(s, 2), 3))
        return torch.hardtanh_(x, 0, 6)
      def added(self: __torch__.M, h: Tensor, x: Tensor) -> Tensor:
        part = torch.add_(torch.slice(h, 1, 0, torch.size(x, 1)), x)
        return h
      def vectors(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.contiguous(torch.to(x, ops.prim.dtype(w[1])), memory_format=2)
      """;

  private final StringBuilder prepare =
      new StringBuilder(
          """
          def prepare(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
            t = int(dtype)
            p = annotate(List[Tensor], [])
          """);
  private final StringBuilder forward = new StringBuilder();
  private final List<String> names;
  private int packed;

  private RexNetProgram(List<String> names) {
    this.names = names;
  }

  /** The program that reads a layer, one for all networks whose programs read the same. */
  static TorchProgram of(RexNetShape shape, ImageSize image, int layer, boolean unitLength) {
    var program = new RexNetProgram(List.copyOf(shape.tensors().keySet()));
    String source = program.compose(shape, image, layer, unitLength);
    return TorchProgram.shared("rexnet", source);
  }

  private String compose(RexNetShape shape, ImageSize image, int layer, boolean unitLength) {
    layer("stem", "stem(p, t, w, %d)", "x = (self).conv_silu(x, %s, 2, 1, 1)");
    for (int i = 0; i < Math.min(layer, shape.blocks().size()); i++) {
      block("features." + i + ".", shape.blocks().get(i));
    }
    if (layer == shape.layers()) {
      pointwise("x = (self).pointwise_silu(x, %s)", "features." + shape.blocks().size());
    }
    line(forward, "x = torch.to(torch.mean(x, [2, 3]), 6)"); // (B, D)
    line(forward, "x = torch.contiguous(torch.slice(x, 1, 0, %d))".formatted(shape.width(layer)));
    if (unitLength) {
      line(forward, "x = (self).unit(x)");
    }
    line(forward, "return x");
    line(prepare, "return p");
    return prepare + BatchParts.method(BATCH_PIXELS / image.count()) + METHODS + forward;
  }

  private void block(String name, RexNetShape.Block b) {
    line(forward, "h = x");
    if (b.expands()) {
      pointwise("h = (self).pointwise_silu(h, %s)", name + "conv_exp");
    }
    depthwise(b.squeezes() ? "conv" : "conv_relu6", name + "conv_dw", b.stride());
    if (b.squeezes()) {
      int at = names.indexOf(name + "se.fc1.weight");
      line(prepare, "p = (self).excitation(p, t, w, %d)".formatted(at));
      line(forward, "h = (self).excited(h, w, %d)".formatted(packed));
      packed += 4;
    }
    pointwise("h = (self).pointwise(h, %s)", name + "conv_pwl");
    line(forward, b.adds() ? "x = (self).added(h, x)" : "x = h");
  }

  private void pointwise(String call, String name) {
    layer(name, "narrow(p, t, w, %d)", call);
  }

  private void depthwise(String method, String name, int stride) {
    layer(
        name,
        "depthwise(p, t, w, %d, " + stride + ")",
        "h = (self)." + method + "(h, %s, " + stride + ", 1, torch.size(h, 1))");
  }

  // What prepares a convolution, given where its weight is; what calls it, given weight and bias.
  private void layer(String name, String prepared, String called) {
    int at = names.indexOf(name + ".conv.weight");
    line(prepare, "p = (self)." + prepared.formatted(at));
    line(forward, called.formatted("w[%d], w[%d]".formatted(packed, packed + 1)));
    packed += 2;
  }

  private static void line(StringBuilder to, String text) {
    to.append("  ").append(text).append('\n');
  }
}
