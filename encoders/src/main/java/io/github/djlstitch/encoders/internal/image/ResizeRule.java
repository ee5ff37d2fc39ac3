// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;

/** Rules for the size to which an image is resized before it is cropped. */
enum ResizeRule {
  /** The image's own size. */
  NONE("no resize") {
    @Override
    Size apply(Size target, int height, int width) {
      return new Size(height, width);
    }
  },
  /** The target itself; the ratio of the sides is not kept. */
  STRETCH("stretch to") {
    @Override
    Size apply(Size target, int height, int width) {
      return target;
    }
  },
  /** The shorter side becomes the target's, the longer one is truncated: torchvision, CLIP. */
  SHORTEST_EDGE("shortest edge to") {
    @Override
    Size apply(Size target, int height, int width) {
      int edge = target.height();
      if (width <= height) {
        return new Size(checked((double) ((long) edge * height) / width), edge);
      }
      return new Size(edge, checked((double) ((long) edge * width) / height));
    }
  },
  /** Both sides cover the target and the ratio is kept, rounded: timm for targets not square. */
  COVER("cover") {
    @Override
    Size apply(Size target, int height, int width) {
      return scaled(
          height, width, Math.min(ratio(height, target.height()), ratio(width, target.width())));
    }
  },
  /** Both sides fit into the target and the ratio is kept, rounded: timm's crop mode "border". */
  FIT("fit into") {
    @Override
    Size apply(Size target, int height, int width) {
      return scaled(
          height, width, Math.max(ratio(height, target.height()), ratio(width, target.width())));
    }
  };

  private final String words;

  ResizeRule(String words) {
    this.words = words;
  }

  /**
   * The size after resizing.
   *
   * @throws StitchException (bad input) if a side would have no pixel or more than an int counts
   */
  abstract Size apply(Size target, int height, int width);

  /** Describes it, for people and digests. */
  String describe(Size target, ResizeFilter filter) {
    return this == NONE ? words : words + " " + target + " " + filter.configName();
  }

  private static double ratio(int side, int target) {
    return (double) side / target;
  }

  private static Size scaled(int height, int width, double ratio) {
    return new Size(checked(Math.rint(height / ratio)), checked(Math.rint(width / ratio)));
  }

  private static int checked(double side) {
    if (side < 1 || side > Integer.MAX_VALUE) {
      throw StitchException.badInput(
          "its sides are too different: resized, one would have %.0f pixels; crop it first", side);
    }
    return (int) side;
  }
}
