// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import io.github.djlstitch.core.engine.TorchProgram;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Composes the LibTorch program of a ReXNet. Batch norms are folded into the convolutions before
 * them, in double; what is prepared is a weight and a bias of each convolution, in order, laid out
 * for the kernels.
 */
final class RexNetProgram {
  private static final int BATCH_PIXELS = 8 * 224 * 224; // that go through at once

  private static final String METHODS =
      """
      def scale(self: __torch__.M, w: List[Tensor], o: int) -> Tensor:
        return torch.div(torch.to(w[o], 7), torch.sqrt(torch.add(torch.to(w[o + 3], 7), 1e-05)))
      def folded(self: __torch__.M, w: Tensor, s: Tensor) -> Tensor:
        return torch.mul(torch.to(w, 7), torch.reshape(s, [-1, 1, 1, 1]))
      def convolution(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int, stride: int, pad: int, groups: int) -> List[Tensor]:
        s = (self).scale(w, o + 1)
        c = torch.to((self).folded(w[o], s), t)
        p = torch.append(p, (self).pack_conv(c, stride, pad, groups))
        b = torch.sub(torch.to(w[o + 2], 7), torch.mul(torch.to(w[o + 3], 7), s))
        return torch.append(p, torch.to(b, t))
      def excitation(self: __torch__.M, p: List[Tensor], t: int, w: List[Tensor], o: int) -> List[Tensor]:
        s = (self).scale(w, o + 2)
        c = torch.flatten((self).folded(w[o], s), 1)
        p = torch.append(p, (self).pack(torch.to(c, t)))
        b = torch.mul(torch.sub(torch.to(w[o + 1], 7), torch.to(w[o + 4], 7)), s)
        p = torch.append(p, torch.to(torch.add(b, torch.to(w[o + 3], 7)), t))
        p = torch.append(p, (self).pack(torch.to(torch.flatten(w[o + 6], 1), t)))
        return torch.append(p, torch.to(w[o + 7], t))
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

  private static final Map<String, TorchProgram> PROGRAMS = new ConcurrentHashMap<>();

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
    return PROGRAMS.computeIfAbsent(source, s -> TorchProgram.of("rexnet", s));
  }

  private String compose(RexNetShape shape, ImageSize image, int layer, boolean unitLength) {
    convolution("x = (self).conv_silu(x", "stem", 2, 1, 1);
    for (int i = 0; i < Math.min(layer, shape.blocks().size()); i++) {
      block("features." + i + ".", shape.blocks().get(i));
    }
    if (layer == shape.layers()) {
      convolution("x = (self).conv_silu(x", "features." + shape.blocks().size(), 1, 0, 1);
    }
    line(forward, "x = torch.to(torch.mean(x, [2, 3]), 6)"); // (B, D)
    if (unitLength) {
      line(forward, "x = torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))");
    }
    line(forward, "return x");
    line(prepare, "return p");
    return prepare + BatchParts.method(BATCH_PIXELS / image.count()) + METHODS + forward;
  }

  private void block(String name, RexNetShape.Block b) {
    line(forward, "h = x");
    if (b.expands()) {
      convolution("h = (self).conv_silu(h", name + "conv_exp", 1, 0, 1);
    }
    String depthwise = b.squeezes() ? "conv" : "conv_relu6";
    convolution("h = (self)." + depthwise + "(h", name + "conv_dw", b.stride(), 1, b.middle());
    if (b.squeezes()) {
      int at = names.indexOf(name + "se.fc1.weight");
      line(prepare, "p = (self).excitation(p, t, w, %d)".formatted(at));
      line(forward, "h = (self).excited(h, w, %d)".formatted(packed));
      packed += 4;
    }
    convolution("h = (self).conv(h", name + "conv_pwl", 1, 0, 1);
    line(forward, b.adds() ? "x = (self).added(h, x)" : "x = h");
  }

  private void convolution(String call, String name, int stride, int pad, int groups) {
    int at = names.indexOf(name + ".conv.weight");
    String how = "%d, %d, %d".formatted(stride, pad, groups);
    line(prepare, "p = (self).convolution(p, t, w, %d, %s)".formatted(at, how));
    line(forward, "%s, w[%d], w[%d], %s)".formatted(call, packed, packed + 1, how));
    packed += 2;
  }

  private static void line(StringBuilder to, String text) {
    to.append("  ").append(text).append('\n');
  }
}
