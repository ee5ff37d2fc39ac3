// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Arrays;
import java.util.Locale;

/** The resampling filters of the Python imaging library Pillow, under its names and numbers. */
public enum ResizeFilter {
  /** The pixel under the center of the new one. */
  NEAREST(0, 0),
  /** A sinc windowed by its own main lobe, three lobes wide. */
  LANCZOS(1, 3),
  /** A triangle. */
  BILINEAR(2, 1),
  /** The Catmull-Rom spline, a = -0.5. */
  BICUBIC(3, 2),
  /** The mean of the pixels that the new one covers. */
  BOX(4, 0.5),
  /** A sinc under a Hamming window, one lobe wide. */
  HAMMING(5, 1);

  private final int code;
  private final double support;

  ResizeFilter(int code, double support) {
    this.code = code;
    this.support = support;
  }

  /**
   * The filter of a number in a {@code preprocessor_config.json}.
   *
   * @throws StitchException (bad input) if no filter has it
   */
  public static ResizeFilter ofCode(long code) {
    return Arrays.stream(values())
        .filter(filter -> filter.code == code)
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "resample code %d is not a filter; expected 0 nearest, 1 lanczos, 2 bilinear,"
                        + " 3 bicubic, 4 box or 5 hamming",
                    code));
  }

  /**
   * The filter of a name in a timm configuration, for example {@code bicubic}.
   *
   * @throws StitchException (bad input) if no filter has it
   */
  public static ResizeFilter ofName(String name) {
    var names = Arrays.stream(values()).map(ResizeFilter::configName).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw StitchException.badInput(
          "interpolation '%s' is not a filter; %sexpected one of %s",
          name, NearestName.hint(name, names), String.join(", ", names));
    }
    return values()[index];
  }

  /** The name in configurations. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number in configurations. */
  public int code() {
    return code;
  }

  /** Half the width of the kernel, in source pixels when enlarging. */
  double support() {
    return support;
  }

  /** The kernel's weight at a distance. */
  double weight(double x) {
    return switch (this) {
      case NEAREST -> 0; // weighs nothing; it picks
      case LANCZOS -> -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
      case BILINEAR -> Math.max(0, 1 - Math.abs(x));
      case BICUBIC -> cubic(Math.abs(x));
      case BOX -> -0.5 < x && x <= 0.5 ? 1 : 0;
      case HAMMING -> hamming(Math.abs(x));
    };
  }

  private static double cubic(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
  }

  // Pillow writes these two constants as float32.
  private static double hamming(double x) {
    return x < 1 ? sinc(x) * (0.54f + 0.46f * Math.cos(x * Math.PI)) : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
