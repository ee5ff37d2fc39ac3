// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.view;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * The two directions in which a space varies most, computed in float64. The entry of each direction
 * that is largest in magnitude is positive, so that a space always has the same picture; a
 * direction in which nothing varies is null. Immutable.
 */
public final class PrincipalAxes {
  private static final int PLANE = 2;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "principal-axes",
          """
          def axes(self: __torch__.M, x: Tensor) -> List[Tensor]:
            x64 = torch.to(x, 7)
            mean = torch.mean(x64, [0], True)
            u, s, vh = torch.linalg_svd(torch.sub(x64, mean), False)
            least = torch.mul(torch.sqrt(torch.sum(torch.mul(x64, x64))), 1e-12)
            live = torch.to(torch.gt(s, least), 7)
            i = torch.argmax(torch.abs(vh), 1, True)
            turned = torch.mul(vh, torch.sign(torch.gather(vh, 1, i)))
            var = torch.mul(torch.mul(s, s), live)
            share = torch.div(var, torch.clamp_min(torch.sum(var), 1e-300))
            return [mean, torch.mul(turned, torch.unsqueeze(live, 1)), share]
          """);

  private final double[] mean;
  private final double[][] axes;
  private final double[] shares;

  private PrincipalAxes(double[] mean, double[][] axes, double[] shares) {
    this.mean = mean;
    this.axes = axes;
    this.shares = shares;
  }

  public static PrincipalAxes of(FloatMatrix rows) {
    int width = rows.columns();
    try (NDManager manager = TensorBridge.newManager()) {
      var x = new NDList(TensorBridge.toTensor(manager, rows)); // (N, D)
      NDList found =
          PROGRAM.run("axes", false, x, new NDList()); // (1, D), (min(N, D), D), (min(N, D))
      double[] all = found.get(1).toDoubleArray(); // (min(N, D), D)
      double[] shares = found.get(2).toDoubleArray();
      double[][] axes = new double[PLANE][width];
      double[] shown = new double[PLANE];
      for (int axis = 0; axis < Math.min(PLANE, shares.length); axis++) {
        System.arraycopy(all, axis * width, axes[axis], 0, width);
        shown[axis] = shares[axis];
      }
      return new PrincipalAxes(found.get(0).toDoubleArray(), axes, shown);
    }
  }

  /**
   * Places in the plane, shape (N, 2).
   *
   * @param rows vectors, shape (N, D), of the space or of another one as wide
   * @throws StitchException (bad input) if the width is another
   */
  public FloatMatrix apply(FloatMatrix rows) {
    if (rows.columns() != mean.length) {
      throw StitchException.badInput(
          "the axes are of a space of width %d, but the rows have %d", mean.length, rows.columns());
    }
    float[] places = new float[Math.multiplyExact(rows.rows(), PLANE)];
    float[] row = new float[mean.length];
    for (int i = 0; i < rows.rows(); i++) {
      rows.copyRow(i, row, 0);
      for (int axis = 0; axis < PLANE; axis++) {
        places[i * PLANE + axis] = (float) along(axes[axis], row);
      }
    }
    return FloatMatrix.wrap(rows.rows(), PLANE, places);
  }

  /**
   * The share of the fitted space's variance along an axis, 0 to 1.
   *
   * @param axis 0 or 1
   */
  public double share(int axis) {
    return shares[axis];
  }

  private double along(double[] axis, float[] row) {
    double sum = 0;
    for (int d = 0; d < axis.length; d++) {
      sum += (row[d] - mean[d]) * axis[d];
    }
    return sum;
  }
}
