// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import ai.djl.Device;

/** The methods that every {@link TorchProgram} has besides its own, as fast as the device can. */
final class TorchKernels {
  private static final String ANYWHERE =
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
      def pack_conv(self: __torch__.M, w: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return w
      def conv(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor], stride: int, pad: int, groups: int) -> Tensor:
        return torch.conv2d(x, w, b, [stride, stride], [pad, pad], [1, 1], groups)
      def conv_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return torch.silu_((self).conv(x, w, b, stride, pad, groups))
      def conv_relu6(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return torch.hardtanh_((self).conv(x, w, b, stride, pad, groups), 0, 6)
      """;

  // LibTorch's own linear layer asks MKL for float32, which uses half of what an AMD processor with
  // AVX-512 has. oneDNN uses all of it, lays weights out for its kernels once, and fuses what
  // follows.
  private static final String ONE_DNN =
      """
      def pack(self: __torch__.M, w: Tensor) -> Tensor:
        return ops.mkldnn._reorder_linear_weight(w, None)
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
      def pack_conv(self: __torch__.M, w: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        return ops.mkldnn._reorder_convolution_weight(w, [pad, pad], [stride, stride], [1, 1], groups)
      def conv(self: __torch__.M, x: Tensor, w: Tensor, b: Optional[Tensor], stride: int, pad: int, groups: int) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._convolution_pointwise(x, w, b, [pad, pad], [stride, stride], [1, 1], groups, "none", none, "")
      def conv_silu(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        none = annotate(List[Optional[number]], [])
        return ops.mkldnn._convolution_pointwise(x, w, b, [pad, pad], [stride, stride], [1, 1], groups, "swish", none, "")
      def conv_relu6(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, groups: int) -> Tensor:
        bounds = annotate(List[Optional[number]], [0, 6])
        return ops.mkldnn._convolution_pointwise(x, w, b, [pad, pad], [stride, stride], [1, 1], groups, "hardtanh", bounds, "")
      """;

  private TorchKernels() {}

  static String of(Device device, boolean training) {
    return hasOneDnn(device) && !training ? ONE_DNN : ANYWHERE; // it has no gradients
  }

  // LibTorch for x86-64 is always built with it.
  private static boolean hasOneDnn(Device device) {
    return !device.isGpu() && "amd64".equals(System.getProperty("os.arch"));
  }
}
