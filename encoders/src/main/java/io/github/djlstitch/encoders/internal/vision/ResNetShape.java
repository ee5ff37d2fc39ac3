// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sizes of the ResNet that makes the patches of a hybrid vision transformer: ResNet-v2's
 * weight-standardized convolutions and group norms (Kolesnikov et al. 2019, arXiv:1912.11370) in
 * bottlenecks that are activated last.
 *
 * @param stem channels after the first convolution
 * @param stages from the front; each after the first halves the image
 */
record ResNetShape(int stem, List<Stage> stages) {
  private static final String ROOT = "patch_embed.backbone.";
  private static final int GROUPS = 32;
  private static final int STEM_STRIDE = 4;

  /** A stage of bottleneck blocks: their number, inner channels and outer channels. */
  record Stage(int blocks, int middle, int out) {}

  ResNetShape {
    stages = List.copyOf(stages);
  }

  /** The ResNet in front of a checkpoint's transformer, if there is one. */
  static Optional<ResNetShape> of(WeightSource weights) {
    if (!weights.names().contains(ROOT + "stem.conv.weight")) {
      return Optional.empty();
    }
    List<Stage> stages = new ArrayList<>();
    int blocks = blocks(weights, 0);
    while (blocks > 0) {
      String first = ROOT + "stages." + stages.size() + ".blocks.0.";
      int middle = channels(weights, first + "conv1.weight");
      int out =
          weights.names().contains(first + "conv3.weight")
              ? channels(weights, first + "conv3.weight")
              : 4 * middle; // is missing, which filling the parameters reports
      stages.add(new Stage(blocks, middle, out));
      blocks = blocks(weights, stages.size());
    }
    return Optional.of(new ResNetShape(channels(weights, ROOT + "stem.conv.weight"), stages));
  }

  private static int blocks(WeightSource weights, int stage) {
    return TimmVitCard.count(weights, ROOT + "stages." + stage + ".blocks.%d.conv1.weight");
  }

  private static int channels(WeightSource weights, String name) {
    Shape shape = weights.shape(name);
    if (shape.dimension() != 4 || shape.get(0) % GROUPS != 0) {
      throw StitchException.badInput(
          "tensor '%s' has shape %s but a convolution of this ResNet has 4 dimensions and a"
              + " multiple of %d channels",
          name, shape, GROUPS);
    }
    return Math.toIntExact(shape.get(0));
  }

  /** Pixels of an image to one of the result, in either direction. */
  int stride() {
    return STEM_STRIDE << Math.max(0, stages.size() - 1);
  }

  /** Channels of the result. */
  int channels() {
    return stages.isEmpty() ? stem : stages.get(stages.size() - 1).out();
  }

  /** Adds the tensors, in the order in which {@link #source} reads them. */
  void declare(Map<String, Shape> shapes) {
    normed(shapes, ROOT + "stem.conv", ROOT + "stem.norm", new Shape(stem, 3, 7, 7));
    int in = stem;
    for (int s = 0; s < stages.size(); s++) {
      Stage stage = stages.get(s);
      int middle = stage.middle();
      for (int b = 0; b < stage.blocks(); b++) {
        String block = ROOT + "stages." + s + ".blocks." + b + ".";
        normed(shapes, block + "conv1", block + "norm1", new Shape(middle, in, 1, 1));
        normed(shapes, block + "conv2", block + "norm2", new Shape(middle, middle, 3, 3));
        normed(shapes, block + "conv3", block + "norm3", new Shape(stage.out(), middle, 1, 1));
        if (b == 0) {
          String down = block + "downsample.";
          normed(shapes, down + "conv", down + "norm", new Shape(stage.out(), in, 1, 1));
        }
        in = stage.out();
      }
    }
  }

  private static void normed(Map<String, Shape> shapes, String conv, String norm, Shape shape) {
    shapes.put(conv + ".weight", shape);
    shapes.put(norm + ".weight", new Shape(shape.get(0)));
    shapes.put(norm + ".bias", new Shape(shape.get(0)));
  }

  /** The strides of the convolutions, one for every three tensors. */
  List<Integer> strides() {
    List<Integer> strides = new ArrayList<>(List.of(2));
    for (int s = 0; s < stages.size(); s++) {
      for (int b = 0; b < stages.get(s).blocks(); b++) {
        int stride = s > 0 && b == 0 ? 2 : 1;
        strides.addAll(b == 0 ? List.of(1, stride, 1, stride) : List.of(1, 1, 1));
      }
    }
    return strides;
  }

  /**
   * The program's lines that turn pixels {@code x} into features {@code x}, with the packed tensors
   * from {@code w[at]} on.
   */
  String source(int at) {
    var lines = new StringBuilder("x = (self).stem(x, w)\n");
    int offset = at + 3;
    for (int s = 0; s < stages.size(); s++) {
      for (int b = 0; b < stages.get(s).blocks(); b++) {
        int stride = s > 0 && b == 0 ? 2 : 1;
        lines.append(
            String.format(
                "x = (self).bottleneck(x, w, %d, %d, %s)%n",
                offset, stride, b == 0 ? "True" : "False"));
        offset += b == 0 ? 12 : 9;
      }
    }
    return lines.toString();
  }
}
