// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import java.util.List;

/**
 * Maps 8-bit values by table to {@code (v * factor - mean) / std} of their channel, where the
 * product is rounded to float32 once and the rest is float32. With a factor of 1/255 this is bit by
 * bit what both torchvision and transformers compute.
 *
 * @param factor multiplies values first, usually 1/255
 * @param mean of red, green and blue
 * @param std of red, green and blue, not 0
 */
record Normalization(double factor, List<Double> mean, List<Double> std) {
  static final double BYTE = 1 / 255.0;
  static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);
  static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
  private static final int VALUES = 256;

  Normalization {
    mean = three("mean", mean);
    std = three("std", std);
    if (std.stream().anyMatch(s -> !(s.floatValue() > 0))) {
      throw StitchException.badInput("the standard deviations %s are not all above 0", std);
    }
  }

  private static List<Double> three(String name, List<Double> values) {
    if (values.size() != 3) {
      throw StitchException.badInput(
          "%s has %d values, expected 3: red, green, blue", name, values.size());
    }
    return List.copyOf(values);
  }

  /** The results for all values of red, then green, then blue; 3 * 256 of them. */
  float[] table() {
    float[] table = new float[3 * VALUES];
    for (int i = 0; i < table.length; i++) {
      float scaled = (float) (i % VALUES * factor);
      table[i] = (scaled - mean.get(i / VALUES).floatValue()) / std.get(i / VALUES).floatValue();
    }
    return table;
  }

  /** Describes it, for people and digests. */
  String describe() {
    return (factor == BYTE ? "v/255" : "v*" + factor) + ", mean " + mean + ", std " + std;
  }
}
