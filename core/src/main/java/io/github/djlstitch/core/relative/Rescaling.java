// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.ScriptTensor;
import java.util.List;

/**
 * Takes directions back to where they came from. A standardized vector v is the direction of {@code
 * u - center} for a unit vector u; so u is where the ray from the center along v leaves the unit
 * sphere.
 */
final class Rescaling {
  private static final String SOURCE =
      """
      def rescaled(self: __torch__.M, x: Tensor, center: Tensor, length: Tensor) -> Tensor:
        v = torch.to(x, 7)
        c = torch.to(center, 7)
        size = torch.sum(torch.mul(c, c), [1], True)                         # (1, 1)
        norm = torch.sqrt(torch.sum(torch.mul(v, v), [1], True))             # (B, 1)
        some = torch.gt(norm, 0)
        whole = torch.where(some, norm, torch.ones_like(norm))
        cosine = torch.div(torch.sum(torch.mul(v, c), [1], True), whole)
        root = torch.sqrt(torch.clamp_min(torch.sub(torch.add(torch.mul(cosine, cosine), 1), size), 0))
        step = torch.div(torch.sub(root, cosine), whole)
        y = torch.add(torch.mul(v, torch.mul(step, some)), c)
        far = torch.where(torch.gt(size, 0), torch.rsqrt(size), torch.ones_like(size))
        scale = torch.where(some, torch.ones_like(norm), torch.expand_as(far, norm))
        return torch.to(torch.mul(y, torch.mul(scale, torch.to(length, 7))), 6)
      """;

  private Rescaling() {}

  /** The same as a part of a TorchScript file. */
  static ScriptPart script(FloatMatrix center, double length) {
    var tensors =
        List.of(ScriptTensor.of(center), ScriptTensor.of(FloatMatrix.of(1, 1, (float) length)));
    return ScriptPart.of("Rescaled", "(self).rescaled(x, w[0], w[1])", SOURCE, tensors); // (B, D)
  }

  static FloatMatrix apply(FloatMatrix standardized, FloatMatrix center, double length) {
    int width = standardized.columns();
    float[] out = standardized.toArray();
    double[] c = new double[width];
    double size = 0;
    for (int j = 0; j < width; j++) {
      c[j] = center.get(0, j);
      size += c[j] * c[j];
    }
    for (int i = 0; i < standardized.rows(); i++) {
      rescale(out, i * width, c, size, length);
    }
    return FloatMatrix.wrap(standardized.rows(), width, out);
  }

  private static void rescale(float[] out, int at, double[] c, double size, double length) {
    double square = 0;
    double along = 0;
    for (int j = 0; j < c.length; j++) {
      square += (double) out[at + j] * out[at + j];
      along += out[at + j] * c[j];
    }
    double norm = Math.sqrt(square);
    double whole = length;
    double step = 0;
    if (norm > 0) {
      double cosine = along / norm;
      step = (Math.sqrt(Math.max(0, cosine * cosine + 1 - size)) - cosine) / norm;
    } else if (size > 0) {
      whole = length / Math.sqrt(size); // the center's own direction
    }
    for (int j = 0; j < c.length; j++) {
      out[at + j] = (float) (whole * (c[j] + step * out[at + j]));
    }
  }
}
