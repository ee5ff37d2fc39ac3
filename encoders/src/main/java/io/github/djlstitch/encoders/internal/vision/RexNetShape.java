// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sizes of a ReXNet, which grow by equal steps from block to block.
 *
 * @param stem channels after the first convolution
 * @param blocks from the front
 * @param head channels after the last convolution
 */
record RexNetShape(int stem, List<Block> blocks, int head) {
  private static final int[] STAGES = {1, 2, 2, 3, 3, 5};
  private static final int[] STRIDES = {1, 2, 2, 2, 1, 2};
  private static final int STAGES_WITHOUT_SQUEEZE = 2;
  private static final double FIRST = 16;
  private static final double STEP = 180 / 16.0;
  private static final int EXPANSION = 6;

  /**
   * An inverted bottleneck.
   *
   * @param in channels before
   * @param middle channels of the depthwise convolution; the same as {@code in} in the first block,
   *     which does not expand
   * @param out channels after
   * @param squeezed channels between squeeze and excitation; 0 without
   */
  record Block(int in, int middle, int out, int stride, int squeezed) {
    boolean expands() {
      return middle != in;
    }

    boolean squeezes() {
      return squeezed > 0;
    }

    boolean adds() {
      return stride == 1 && in <= out;
    }
  }

  RexNetShape {
    blocks = List.copyOf(blocks);
  }

  static RexNetShape of(double multiplier) {
    List<Block> blocks = new ArrayList<>();
    int stem = channels(multiplier < 1 ? 32 / multiplier : 32, multiplier);
    double base = multiplier < 1 ? FIRST / multiplier : FIRST;
    int in = stem;
    for (int s = 0; s < STAGES.length; s++) {
      for (int b = 0; b < STAGES[s]; b++) {
        int out = channels(base, multiplier);
        int middle = s == 0 ? in : in * EXPANSION;
        // timm multiplies by the rounded 1/12 and cuts off, so 12 k may give k - 1.
        int squeezed = s < STAGES_WITHOUT_SQUEEZE ? 0 : Math.max(1, (int) (middle * (1.0 / 12)));
        blocks.add(new Block(in, middle, out, b == 0 ? STRIDES[s] : 1, squeezed));
        base += STEP;
        in = out;
      }
    }
    return new RexNetShape(stem, blocks, (int) (1280 * multiplier));
  }

  // Python rounds halves to even.
  private static int channels(double base, double multiplier) {
    return Math.max(1, (int) Math.rint(base * multiplier));
  }

  /** Counts the layers: the blocks and the last convolution. The stem is layer 0. */
  int layers() {
    return blocks.size() + 1;
  }

  /** Channels of a layer. */
  int width(int layer) {
    if (layer == 0) {
      return stem;
    }
    return layer == layers() ? head : blocks.get(layer - 1).out();
  }

  /** Names and shapes of all tensors. */
  Map<String, Shape> tensors() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    convolution(shapes, "stem", new Shape(stem, 3, 3, 3));
    for (int i = 0; i < blocks.size(); i++) {
      block(shapes, "features." + i + ".", blocks.get(i));
    }
    int last = blocks.get(blocks.size() - 1).out();
    convolution(shapes, "features." + blocks.size(), new Shape(head, last, 1, 1));
    return shapes;
  }

  private static void block(Map<String, Shape> shapes, String name, Block b) {
    if (b.expands()) {
      convolution(shapes, name + "conv_exp", new Shape(b.middle(), b.in(), 1, 1));
    }
    convolution(shapes, name + "conv_dw", new Shape(b.middle(), 1, 3, 3));
    if (b.squeezes()) {
      dense(shapes, name + "se.fc1", b.squeezed(), b.middle());
      norm(shapes, name + "se.bn", b.squeezed());
      dense(shapes, name + "se.fc2", b.middle(), b.squeezed());
    }
    convolution(shapes, name + "conv_pwl", new Shape(b.out(), b.middle(), 1, 1));
  }

  private static void convolution(Map<String, Shape> shapes, String name, Shape shape) {
    shapes.put(name + ".conv.weight", shape);
    norm(shapes, name + ".bn", shape.get(0));
  }

  private static void dense(Map<String, Shape> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new Shape(out, in, 1, 1));
    shapes.put(name + ".bias", new Shape(out));
  }

  private static void norm(Map<String, Shape> shapes, String name, long channels) {
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      shapes.put(name + "." + part, new Shape(channels));
    }
  }
}
