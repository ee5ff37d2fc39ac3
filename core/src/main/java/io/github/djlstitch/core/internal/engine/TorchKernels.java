// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import java.util.List;

/**
 * The operators under every {@link TorchProgram}: the fastest that the device has for inference, or
 * the plain ones, which LibTorch's own layers use.
 *
 * <p>oneDNN's are no public API of LibTorch and have been wrong, so none is used unchecked: a
 * weight is laid out only in shapes that are right wherever we looked, and every weight is compared
 * once with the plain operator. A difference ends the program's {@code prepare}, and {@link
 * TorchProgram#pack} goes on with the next of these.
 */
enum TorchKernels {
  // LibTorch's own linear layer asks MKL for float32, which uses half of what an AMD processor with
  // AVX-512 has. oneDNN uses all of it, lays weights out for its kernels once, and fuses what
  // follows.
  /** oneDNN's, on weights that are laid out for it. */
  PACKED(
      """
      def lay_out(self: __torch__.M, w: Tensor) -> Tensor:
        return ops.mkldnn._reorder_linear_weight(w, None)
      def lay_out_conv(self: __torch__.M, w: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return ops.mkldnn._reorder_convolution_weight(w, [pad, pad], [stride, stride], [1, 1], groups)
      """),

  /** oneDNN's, on weights as they are: slower, see docs/benchmarks. */
  UNPACKED(
      """
      def lay_out(self: __torch__.M, w: Tensor) -> Tensor:
        return w
      def lay_out_conv(self: __torch__.M, w: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return w
      """),

  /** LibTorch's layers: for GPUs, other processors, training, and where oneDNN's fail. */
  PLAIN("");

  // The probe is of ones and minus ones in no order, so that no weight can be missing without a
  // trace: one of average size in a row of K moves that row's result by 1 / sqrt(K) of its size.
  // Float32 sums of one row in two orders differ by about 1e-6 of it, bfloat16 rounds to 1/256.
  private static final String ONE_DNN =
      """
      def linear(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._linear_pointwise(x, w, b, "none", none, "")
      def linear_add(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, y: Tensor) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, y, w, b, "add")
      def linear_gelu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._linear_pointwise(x, w, b, "gelu", none, "none")
      def linear_tanh_gelu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._linear_pointwise(x, w, b, "gelu", none, "tanh")
      def linear_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._linear_pointwise(x, w, b, "swish", none, "")
      def conv(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor], stride: int, pad: int, groups: int) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._convolution_pointwise(x, w, b, [pad, pad], [stride, stride], [1, 1], groups, "none", none, "")
      def conv_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._convolution_pointwise(x, w, b, [pad, pad], [stride, stride], [1, 1], groups, "swish", none, "")
      def conv_relu6(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        bounds = annotate(List[Optional[number]], [0, 6])
        return ops.mkldnn._convolution_pointwise(x, w, b, [pad, pad], [stride, stride], [1, 1], groups, "hardtanh", bounds, "")
      def pack(self: __torch__.M, w: Tensor) -> Tensor:
        p = w
        if torch.eq((self).room(torch.size(w, 0)), torch.size(w, 0)):
          p = (self).lay_out(w)
        x = (self).signs(1, torch.size(w, 1))                                # (1, K)
        y = (self).linear(torch.to(x, ops.prim.dtype(w)), p, None)           # (1, N)
        (self).agree(y, torch.linear(x, torch.to(w, 6), None), ops.prim.dtype(w))
        return p
      def pack_conv(self: __torch__.M, w: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        n = torch.size(w, 0)
        c = torch.mul(torch.size(w, 1), groups)
        p = w
        if torch.eq(torch.remainder(n, 16) + torch.remainder(c, 16), 0):
          p = (self).lay_out_conv(w, stride, pad, groups)
        k = torch.size(w, 2)
        side = k + stride * 2
        x = torch.reshape((self).signs(c, side * side), [1, c, side, side])
        t = torch.contiguous(torch.to(x, ops.prim.dtype(w)), memory_format=2)
        y = torch.reshape((self).conv(t, p, None, stride, pad, groups), [n, -1])
        part = torch.im2col(x, [k, k], [1, 1], [pad, pad], [stride, stride]) # (1, C k k, L)
        part = torch.reshape(part, [groups, torch.size(w, 1) * k * k, -1])
        v = torch.reshape(torch.to(w, 6), [groups, torch.floordiv(n, groups), -1])
        z = torch.reshape(torch.bmm(v, part), [n, -1])                       # (N, L)
        (self).agree(torch.t(y), torch.t(z), ops.prim.dtype(w))
        return p
      def signs(self: __torch__.M, rows: int, columns: int) -> Tensor:
        i = torch.arange(torch.mul(rows, columns), dtype=6, layout=None, device=None, pin_memory=None)
        s = torch.sub(torch.mul(torch.ge(torch.sin(torch.mul(torch.mul(i, i), 0.7071)), 0), 2.0), 1.0)
        return torch.reshape(s, [rows, columns])
      def agree(self: __torch__.M, y: Tensor, z: Tensor, t: int) -> NoneType:
        most = 0.0002
        if torch.eq(t, 15):
          most = 0.0078125
        size = torch.abs(z)
        bound = torch.add(torch.mul(size, most), torch.mul(torch.mean(size), 0.0002))
        if torch.__not__(bool(torch.all(torch.le(torch.abs(torch.sub(y, z)), bound)))):
          ops.prim.RaiseException("DIFFERENT")
        return None
      """;

  private static final String LIB_TORCH =
      """
      def pack(self: __torch__.M, w: Tensor) -> Tensor:
        return w
      def linear(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.linear(x, w, b)
      def linear_add(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, y: Tensor) -> Tensor:
        return torch.add_(torch.linear(x, w, b), y)
      def linear_gelu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.gelu(torch.linear(x, w, b))
      def linear_tanh_gelu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.gelu(torch.linear(x, w, b), approximate="tanh")
      def linear_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.silu_(torch.linear(x, w, b))
      def pack_conv(self: __torch__.M, w: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return w
      def conv(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor], stride: int, pad: int, groups: int) -> Tensor:
        return torch.conv2d(x, w, b, [stride, stride], [pad, pad], [1, 1], groups)
      def conv_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return torch.silu_((self).conv(x, w, b, stride, pad, groups))
      def conv_relu6(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return torch.hardtanh_((self).conv(x, w, b, stride, pad, groups), 0, 6)
      """;

  // A zero row stays zero, with the floor of PyTorch's normalize. 1 x 1 convolutions are linear
  // layers, because oneDNN may end the process for them. On a machine where oneDNN fills the last
  // block of packed weights wrongly, all those were right that had at most 32 outputs or a multiple
  // of 64 (1,150 shapes).
  private static final String COMMON =
      """
      def unit(self: __torch__.M, x: Tensor) -> Tensor:
        return torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))
      def room(self: __torch__.M, n: int) -> int:
        block = 64
        if torch.le(n, 32):
          block = 16
        return torch.floordiv(n + block - 1, block) * block
      def pointwise(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        y = (self).linear(torch.permute(x, [0, 2, 3, 1]), w, b)              # (B, H, W, C)
        return torch.permute(y, [0, 3, 1, 2])
      def pointwise_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        y = (self).linear_silu(torch.permute(x, [0, 2, 3, 1]), w, b)         # (B, H, W, C)
        return torch.permute(y, [0, 3, 1, 2])
      """;

  /** The message of a weight's check that fails. */
  private static final String DIFFERENT =
      "results of a weight differ from those of the plain operator";

  private final String packers;

  TorchKernels(String packers) {
    this.packers = packers;
  }

  /** The methods as source, for any program. */
  String source() {
    return (packers + (this == PLAIN ? LIB_TORCH : ONE_DNN) + COMMON)
        .replace("DIFFERENT", DIFFERENT);
  }

  /** Returns true for the message of a wrong result, false for that of a missing kernel. */
  static boolean isDifference(String message) {
    return message.contains(DIFFERENT);
  }

  /** The kernels to try on a device, the fastest first; oneDNN's have no gradients. */
  static List<TorchKernels> of(Device device, boolean training) {
    return !training && hasOneDnn(device) ? trusting(KernelTrust.oneDnn()) : List.of(PLAIN);
  }

  static List<TorchKernels> trusting(boolean oneDnn) {
    return oneDnn ? List.of(values()) : List.of(PLAIN);
  }

  // LibTorch for x86-64 is always built with it.
  static boolean hasOneDnn(Device device) {
    return !device.isGpu() && "amd64".equals(System.getProperty("os.arch"));
  }
}
