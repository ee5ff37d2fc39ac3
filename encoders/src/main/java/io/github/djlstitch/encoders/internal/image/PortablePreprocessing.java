// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps of a preprocessing in the words of other programs. */
final class PortablePreprocessing {
  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  private PortablePreprocessing() {}

  static String json(Steps steps) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("resize", steps.resize().name().toLowerCase(Locale.ROOT));
    all.put("resize_to", size(steps.resizeTo()));
    all.put("filter", "Pillow " + steps.filter().configName());
    all.put("center_crop", size(steps.crop()));
    all.put("crop_rounding", steps.cropRule().name().toLowerCase(Locale.ROOT));
    all.put("fill", steps.fill());
    all.put("factor", steps.numbers().factor());
    all.put("mean", steps.numbers().mean());
    all.put("std", steps.numbers().std());
    all.put("input", "pixels (B, 3, height, width), float32, red first");
    return JSON.toJson(all) + "\n";
  }

  private static Map<String, Integer> size(Size size) {
    Map<String, Integer> sides = new LinkedHashMap<>();
    sides.put("height", size.height());
    sides.put("width", size.width());
    return sides;
  }

  /** The arguments of {@code ai.djl.modality.cv.translator.ImageClassificationTranslator}. */
  static Map<String, String> arguments(Steps steps) {
    Map<String, String> arguments = new LinkedHashMap<>();
    Size to = steps.resizeTo();
    arguments.put("width", Integer.toString(steps.crop().width()));
    arguments.put("height", Integer.toString(steps.crop().height()));
    switch (steps.resize()) {
      case NONE -> {}
      case SHORTEST_EDGE ->
          arguments.put("resizeShort", "%d,-1,%s".formatted(to.height(), filter(steps)));
      case STRETCH, COVER, FIT ->
          arguments.put("resize", "%d,%d,%s".formatted(to.width(), to.height(), filter(steps)));
    }
    arguments.put("centerCrop", "true");
    arguments.put("normalize", normalize(steps.numbers()));
    return arguments;
  }

  // DJL divides by 255 first; any other factor goes into mean and deviation.
  private static String normalize(Normalization numbers) {
    double unit = numbers.factor() / Normalization.BYTE;
    return Stream.concat(numbers.mean().stream(), numbers.std().stream())
        .map(value -> Float.toString((float) (value / unit)))
        .collect(Collectors.joining(","));
  }

  private static String filter(Steps steps) {
    return switch (steps.filter()) {
      case NEAREST -> "NEAREST";
      case BILINEAR -> "BILINEAR";
      case BOX -> "AREA";
      case BICUBIC, LANCZOS, HAMMING -> "BICUBIC";
    };
  }

  static List<String> differences(Steps steps) {
    List<String> differences = new ArrayList<>();
    if (steps.resize() != ResizeRule.NONE) {
      differences.add(
          "DJL's translator resizes with other weights than Pillow's %s, so that scores differ unless"
                  .formatted(steps.filter().configName())
              + " the image has the size that it is resized to");
    }
    if (steps.resize() == ResizeRule.COVER || steps.resize() == ResizeRule.FIT) {
      differences.add("DJL's translator does not keep the ratio of the sides here");
    }
    return differences;
  }
}
