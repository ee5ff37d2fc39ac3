// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures of reconstructed images, one number an image; images are rows of values in [0, 1],
 * channel by channel, row by row: (N, C * H * W). Computed in double precision. Immutable;
 * thread-safe.
 *
 * @param channels C
 * @param height H, at least 11 for {@link #ssim}
 * @param width W, the same
 */
public record ImageQuality(int channels, int height, int width) {
  private static final int RADIUS = 5;
  private static final int WINDOW = 2 * RADIUS + 1;
  private static final double[] GAUSSIAN = gaussian(1.5);
  private static final double C1 = 0.01 * 0.01; // Wang et al. 2004: K1 .01, K2 .03, range 1
  private static final double C2 = 0.03 * 0.03;

  /** Checks the ranges. */
  public ImageQuality {
    if (channels < 1 || height < 1 || width < 1) {
      throw StitchException.usage(
          "images of %d channels and %d x %d pixels; expected at least 1 each",
          channels, height, width);
    }
  }

  /** Mean squared error over all values of an image. */
  public double[] mse(FloatMatrix images, FloatMatrix reconstructions) {
    check(images, reconstructions);
    return each(
        images,
        i -> {
          double sum = 0;
          for (int j = 0; j < images.columns(); j++) {
            double error = images.get(i, j) - reconstructions.get(i, j);
            sum += error * error;
          }
          return sum / images.columns();
        });
  }

  /**
   * Peak signal-to-noise ratio in decibels, {@code -10 log10(MSE)} for the range 1; infinite for an
   * exact reconstruction.
   */
  public double[] psnr(FloatMatrix images, FloatMatrix reconstructions) {
    return Arrays.stream(mse(images, reconstructions)).map(e -> -10 * Math.log10(e)).toArray();
  }

  /**
   * Structural similarity (Wang et al. 2004): a Gaussian window of 11 x 11 with standard deviation
   * 1.5, population moments, the mean over all whole windows and channels. At most 1.
   *
   * @throws StitchException (bad input) for images smaller than the window
   */
  public double[] ssim(FloatMatrix images, FloatMatrix reconstructions) {
    check(images, reconstructions);
    if (height < WINDOW || width < WINDOW) {
      throw StitchException.badInput(
          "SSIM looks at windows of %d x %d pixels but the images have %d x %d",
          WINDOW, WINDOW, height, width);
    }
    return each(images, i -> similarity(images.row(i), reconstructions.row(i)));
  }

  private static double[] each(FloatMatrix images, IntToDoubleFunction measure) {
    return IntStream.range(0, images.rows()).parallel().mapToDouble(measure).toArray();
  }

  private void check(FloatMatrix images, FloatMatrix reconstructions) {
    long size = (long) channels * height * width;
    if (images.columns() != size
        || reconstructions.columns() != size
        || images.rows() != reconstructions.rows()) {
      throw StitchException.badInput(
          "images (%d, %d) and reconstructions (%d, %d); expected as many rows and %d x %d x %d"
              + " values in each",
          images.rows(),
          images.columns(),
          reconstructions.rows(),
          reconstructions.columns(),
          channels,
          height,
          width);
    }
  }

  private double similarity(float[] x, float[] y) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      int offset = channel * height * width;
      double[] meanX = smooth(p -> x[offset + p]);
      double[] meanY = smooth(p -> y[offset + p]);
      double[] squareX = smooth(p -> (double) x[offset + p] * x[offset + p]);
      double[] squareY = smooth(p -> (double) y[offset + p] * y[offset + p]);
      double[] product = smooth(p -> (double) x[offset + p] * y[offset + p]);
      for (int p = 0; p < product.length; p++) {
        double both = meanX[p] * meanY[p];
        double squares = meanX[p] * meanX[p] + meanY[p] * meanY[p];
        double contrast = 2 * (product[p] - both) + C2;
        sum +=
            (2 * both + C1) * contrast / (squares + C1) / (squareX[p] + squareY[p] - squares + C2);
      }
    }
    return sum / ((double) channels * (height - 2 * RADIUS) * (width - 2 * RADIUS));
  }

  // Along the rows, then along the columns; only where the window is inside.
  private double[] smooth(IntToDoubleFunction value) {
    int across = width - 2 * RADIUS;
    double[] rows = new double[height * across];
    for (int p = 0; p < rows.length; p++) {
      int start = p / across * width + p % across;
      for (int k = 0; k < WINDOW; k++) {
        rows[p] += GAUSSIAN[k] * value.applyAsDouble(start + k);
      }
    }
    double[] result = new double[(height - 2 * RADIUS) * across];
    for (int p = 0; p < result.length; p++) {
      for (int k = 0; k < WINDOW; k++) {
        result[p] += GAUSSIAN[k] * rows[p + k * across];
      }
    }
    return result;
  }

  private static double[] gaussian(double sigma) {
    double[] weights =
        IntStream.rangeClosed(-RADIUS, RADIUS)
            .mapToDouble(i -> Math.exp(-i * i / (2 * sigma * sigma)))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }
}
