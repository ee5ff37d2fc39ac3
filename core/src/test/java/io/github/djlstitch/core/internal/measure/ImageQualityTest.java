// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import org.junit.jupiter.api.Test;

/** Against scikit-image; see image_quality.py. */
final class ImageQualityTest {
  private static final ImageQuality QUALITY = new ImageQuality(3, 13, 16);
  private static final FloatMatrix IMAGES = FloatMatrix.of(new float[][] {image(0), image(1000)});
  private static final FloatMatrix RECONSTRUCTIONS =
      FloatMatrix.of(new float[][] {reconstruction(0), reconstruction(1000)});

  private static float[] image(int from) {
    float[] values = new float[3 * 13 * 16];
    for (int j = 0; j < values.length; j++) {
      int i = from + j;
      values[j] = (i * 7 + i / 5 * 31) % 256 / 255f;
    }
    return values;
  }

  private static float[] reconstruction(int from) {
    float[] values = image(from);
    for (int j = 0; j < values.length; j++) {
      int i = from + j;
      values[j] = 0.8f * values[j] + 0.2f * ((i * 3 + i / 11 * 17) % 256 / 255f);
    }
    return values;
  }

  @Test
  void equalsScikitImage() {
    double[] mse = {0.006533382624040061, 0.0067101795167539115};
    double[] psnr = {21.84861906842596, 21.732658610392413};
    double[] ssim = {0.9510625144586936, 0.9492063612127705};
    assertArrayEquals(mse, QUALITY.mse(IMAGES, RECONSTRUCTIONS), 1e-8);
    assertArrayEquals(psnr, QUALITY.psnr(IMAGES, RECONSTRUCTIONS), 1e-5);
    assertArrayEquals(ssim, QUALITY.ssim(IMAGES, RECONSTRUCTIONS), 1e-6);
  }

  @Test
  void exactReconstructionIsPerfect() {
    assertArrayEquals(new double[] {0, 0}, QUALITY.mse(IMAGES, IMAGES));
    assertTrue(Double.isInfinite(QUALITY.psnr(IMAGES, IMAGES)[0]));
    assertArrayEquals(new double[] {1, 1}, QUALITY.ssim(IMAGES, IMAGES), 1e-12);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    var other = FloatMatrix.of(2, 3, 0, 0, 0, 0, 0, 0);
    var refusal = assertThrows(StitchException.class, () -> QUALITY.mse(IMAGES, other));
    assertTrue(refusal.getMessage().contains("3 x 13 x 16"), refusal.getMessage());
    assertThrows(StitchException.class, () -> new ImageQuality(0, 1, 1));
  }

  @Test
  void imageSmallerThanTheWindowHasNoSimilarity() {
    var small = new ImageQuality(1, 2, 3);
    var image = FloatMatrix.of(1, 6, 0, 0, 0, 0, 0, 0);
    assertEquals(0, small.mse(image, image)[0]);
    assertThrows(StitchException.class, () -> small.ssim(image, image));
  }
}
