// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.Attention;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes the LibTorch program of a vision transformer: {@code prepare} brings the checkpoint's
 * tensors, whatever their layout, into one order; the rest is the same for all.
 *
 * <p>Prepared: positions of the prefix tokens with the tokens added (1, P, D), positions of the
 * patches with the convolution's bias added (1, N, D), the patch embedding as a matrix, two of the
 * norm before the blocks or three of each convolution of a ResNet, 12 of each block, and what
 * follows the blocks, that in float32.
 */
final class VitProgram {
  private static final int BLOCK = 12;
  private static final int BATCH_TOKENS = 1600; // that go through at once: beyond, caches overflow

  private static final String BLOCKS =
      """
      def constant(self: __torch__.M, w: Tensor, t: int) -> Tensor:
        return (self).pack(torch.contiguous(torch.to(w, t)))
      def block(self: __torch__.M, p: List[Tensor], t: int, b: List[Tensor]) -> List[Tensor]:
        for i in range(BLOCK):
          if torch.eq(torch.dim(b[i]), 2):
            p = torch.append(p, (self).constant(b[i], t))
          else:
            p = torch.append(p, torch.to(b[i], t))
        return p
      def linear_quick_gelu(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        h = (self).linear(x, w, b)
        return torch.mul_(h, torch.sigmoid_(torch.mul(h, 1.702)))
      def vectors(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        n = torch.size(x, 0)
        x = torch.to(x, ops.prim.dtype(w[0]))
      EMBED
        x = torch.view(x, [n, CHANNELS, ROWS, SIDE, COLUMNS, SIDE])
        x = torch.permute(x, [0, 2, 4, 1, 3, 5])
        x = torch.reshape(x, [n, ROWS * COLUMNS, CHANNELS * SIDE * SIDE])
        x = torch.add_((self).linear(x, w[2], None), w[1])                   # (B, N, D)
        x = torch.cat([torch.expand(w[0], [n, PREFIX, WIDTH]), x], 1)        # (B, T, D)
      BEFORE
        queries = TOKENS
        FIRST_VECTOR
        for i in range(LAYERS):
          o = START + i * BLOCK
          h = torch.layer_norm(x, [WIDTH], w[o], w[o + 1], EPSILON)
          if torch.eq(i, LAYERS - 1):
            queries = READ
            x = torch.contiguous(torch.slice(x, 1, 0, READ))
          a = (self).attention(h, queries, False, h, w[o + 2], w[o + 3])
          x = (self).linear_add(a, w[o + 4], w[o + 5], x)
          h = torch.layer_norm(x, [WIDTH], w[o + 6], w[o + 7], EPSILON)
          h = (self).ACTIVATION(h, w[o + 8], w[o + 9])                       # (B, T, I)
          x = (self).linear_add(h, w[o + 10], w[o + 11], x)
          NEXT_VECTOR
        x = torch.to(x, 6)
      AFTER
        return ALL_VECTORS
      """;

  // Vectors behind all layers but the last, whose states may be normalized.
  private static final String INNER =
      """
      def inner(self: __torch__.M, x: Tensor) -> Tensor:
        x = torch.to(x, 6)
      POOL
        return x
      """;
  private static final String FIRST_VECTOR =
      "y = torch.append(annotate(List[Tensor], []), (self).inner(x))\n";
  private static final String NEXT_VECTOR =
      """
      if torch.lt(i, LAYERS - 1):
        y = torch.append(y, (self).inner(x))
      """;

  private final VitConfig config;
  private final VitTensors tensors;
  private final VitReadout readout;
  private final List<String> names; // by index in the checkpoint's list
  private final VitNames layout;
  private final StringBuilder prepare = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private int packed;

  private VitProgram(VitConfig config, VitTensors tensors, VitReadout readout) {
    this.config = config;
    this.tensors = tensors;
    this.readout = readout;
    this.names = List.copyOf(tensors.shapes().keySet());
    this.layout = config.layout().names();
  }

  /** The program, one for all networks whose programs read the same. */
  static TorchProgram of(VitConfig config, VitTensors tensors, VitReadout readout) {
    String source = new VitProgram(config, tensors, readout).compose();
    return TorchProgram.shared("vit", source);
  }

  private String compose() {
    line("def prepare(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:");
    line("  t = int(dtype)");
    line("  p = annotate(List[Tensor], [])");
    positions();
    put("(self).constant(torch.flatten(" + weight(layout.patches()) + ", 1), t)");
    int middle = packed;
    String before = before();
    tensors.resNet().ifPresent(this::convolutions);
    int start = packed;
    for (int i = 0; i < readout.blocks(); i++) {
      block(layout.block() + i + ".");
    }
    after();
    line("  return p");
    String embed = tensors.resNet().map(r -> r.source(middle)).orElse("");
    String source =
        (readout.every() ? BLOCKS + INNER : BLOCKS)
            .replace("EMBED\n", embed.indent(2))
            .replace("BEFORE\n", before.indent(2))
            .replace("AFTER\n", after.toString().indent(2))
            .replace("POOL\n", inner().indent(2))
            .replace("  FIRST_VECTOR\n", everyLayer(FIRST_VECTOR).indent(2))
            .replace("    NEXT_VECTOR\n", everyLayer(NEXT_VECTOR).indent(4))
            .replace("ALL_VECTORS", readout.every() ? "torch.cat(torch.append(y, x), 1)" : "x");
    if (tensors.resNet().isPresent()) {
      source += ResNetProgram.SOURCE;
    }
    String attention = Attention.method(config.width(), config.heads());
    String parts = BatchParts.method(BATCH_TOKENS / config.tokens());
    return attention
        + parts
        + prepare
        + fill(source, start).replace("STEM", Integer.toString(middle));
  }

  private String everyLayer(String lines) {
    return readout.every() ? lines : "";
  }

  private String inner() {
    return readout.pool().source() + (readout.unitLength() ? "\nx = (self).unit(x)\n" : "\n");
  }

  private String fill(String source, int start) {
    ImageSize grid = config.image().patches(config.patch());
    int stride = tensors.resNet().map(ResNetShape::stride).orElse(1);
    int read = readout.pool().prefixOnly() ? config.prefix() : config.tokens();
    return source
        .replace("TOKENS", Integer.toString(config.tokens()))
        .replace("CHANNELS", tensors.resNet().map(ResNetShape::channels).orElse(3).toString())
        .replace("ROWS", Integer.toString(grid.height()))
        .replace("COLUMNS", Integer.toString(grid.width()))
        .replace("SIDE", Integer.toString(config.patch() / stride))
        .replace("PREFIX", Integer.toString(config.prefix()))
        .replace("LAYERS", Integer.toString(readout.blocks()))
        .replace("BLOCK", Integer.toString(BLOCK))
        .replace("START", Integer.toString(start))
        .replace("READ", Integer.toString(read))
        .replace("WIDTH", Integer.toString(config.width()))
        .replace("ACTIVATION", activation(config.activation()))
        .replace("EPSILON", Double.toString(config.epsilon()));
  }

  private static String activation(Activation activation) {
    return switch (activation) {
      case GELU -> "linear_gelu";
      case GELU_TANH -> "linear_tanh_gelu";
      case QUICK_GELU -> "linear_quick_gelu";
      case RELU -> throw new IllegalArgumentException("not a vision transformer's");
    };
  }

  private void positions() {
    String shape = "[1, -1, " + config.width() + "]";
    line("  q = torch.view(%s, %s)".formatted(tensor(layout.positions()), shape));
    line("  c = torch.view(%s, %s)".formatted(tensor(layout.classToken()), shape));
    if (config.distilled()) {
      line("  c = torch.cat([c, %s], 1)".formatted(tensor(layout.distillationToken())));
    }
    int prefix = config.prefix();
    line("  r = torch.slice(q, 1, %d, %d)".formatted(prefix, config.tokens()));
    if (tensors.has(layout.patches() + ".bias")) {
      line("  r = torch.add(r, %s)".formatted(bias(layout.patches())));
    }
    put("torch.to(torch.add(torch.slice(q, 1, 0, %d), c), t)".formatted(prefix));
    put("torch.to(r, t)");
  }

  private String before() {
    if (!tensors.has(VitTensors.BEFORE_BLOCKS + ".weight")) {
      return "";
    }
    int at = norm(VitTensors.BEFORE_BLOCKS, "t");
    return "x = torch.layer_norm(x, [WIDTH], w[%d], w[%d], EPSILON)\n".formatted(at, at + 1);
  }

  private void convolutions(ResNetShape resNet) {
    int at = names.indexOf(layout.patches() + ".bias");
    for (int stride : resNet.strides()) {
      put("(self).standardised(w[%d], t, %d)".formatted(at + 1, stride));
      put("torch.to(w[%d], t)".formatted(at + 2));
      put("torch.to(w[%d], t)".formatted(at + 3));
      at += 3;
    }
  }

  private void block(String block) {
    List<String> parts = new ArrayList<>();
    dense(parts, block + layout.before());
    parts.add(joined(block, ".weight"));
    if (config.queryBias()) {
      parts.add(joined(block, ".bias"));
    } else {
      String zero = "torch.zeros_like(" + bias(block + layout.before()) + ")";
      parts.add("torch.cat([" + String.join(", ", List.of(zero, zero, zero)) + "], 0)");
    }
    dense(parts, block + layout.attended());
    dense(parts, block + layout.after());
    dense(parts, block + layout.widen());
    dense(parts, block + layout.narrow());
    line("  p = (self).block(p, t, [" + String.join(", ", parts) + "])");
    packed += parts.size();
  }

  private void dense(List<String> parts, String name) {
    parts.add(weight(name));
    parts.add(bias(name));
  }

  private String joined(String block, String suffix) {
    List<String> parts =
        layout.queryKeyValue().stream().map(n -> tensor(block + n + suffix)).toList();
    return parts.size() == 1 ? parts.get(0) : "torch.cat([" + String.join(", ", parts) + "], 0)";
  }

  private void after() {
    if (readout.normsTokens(tensors)) {
      norm();
    }
    after.append(readout.pool().source()).append('\n'); // (B, D)
    if (readout.normsVector(config, tensors)) {
      norm();
    }
    if (readout.poolsByLayer(tensors)) {
      int at = put("torch.to(" + weight(VitTensors.POOLER) + ", 6)");
      put("torch.to(" + bias(VitTensors.POOLER) + ", 6)");
      after.append("x = torch.tanh(torch.linear(x, w[%d], w[%d]))\n".formatted(at, at + 1));
    }
    if (readout.projects(tensors)) {
      int at = put("torch.to(" + tensor(VitTensors.PROJECTION) + ", 6)");
      after.append("x = torch.linear(x, w[%d])\n".formatted(at));
    }
    if (readout.unitLength()) {
      after.append("x = (self).unit(x)\n");
    }
  }

  private void norm() {
    int at = norm(tensors.finalNorm(), "6");
    after.append("x = torch.layer_norm(x, [WIDTH], w[%d], w[%d], EPSILON)\n".formatted(at, at + 1));
  }

  private int norm(String name, String type) {
    int at = put("torch.to(" + weight(name) + ", " + type + ")");
    put("torch.to(" + bias(name) + ", " + type + ")");
    return at;
  }

  private int put(String tensor) {
    line("  p = torch.append(p, " + tensor + ")");
    return packed++;
  }

  private String weight(String name) {
    return tensor(name + ".weight");
  }

  private String bias(String name) {
    return tensor(name + ".bias");
  }

  private String tensor(String name) {
    return "w[" + names.indexOf(name) + "]";
  }

  private void line(String text) {
    prepare.append(text).append('\n');
  }
}
