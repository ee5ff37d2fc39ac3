// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing.Steps;
import java.util.List;

/**
 * Preprocessing as timm's evaluation transform does it (R. Wightman, PyTorch Image Models, 1.0.29,
 * {@code data/transforms_factory.py}).
 *
 * @param share of the resized image that is kept, timm's {@code crop_pct}
 */
record TimmConfig(ResizeFilter filter, double share, CropMode mode, Normalization numbers) {
  private static final int CHANNELS = 3;
  private static final int SIDE = 224;
  private static final double SHARE = 0.875;
  private static final List<Integer> BLACK = List.of(0, 0, 0);

  /** Timm's modes of resizing images that are not square. */
  private enum CropMode {
    CENTER,
    SQUASH,
    BORDER
  }

  /** The default steps at a size. */
  static Steps standard(Size size) {
    var numbers =
        new Normalization(
            Normalization.BYTE, Normalization.IMAGENET_MEAN, Normalization.IMAGENET_STD);
    return new TimmConfig(ResizeFilter.BICUBIC, SHARE, CropMode.CENTER, numbers).at(size);
  }

  /** Reads the steps from a configuration. */
  static Steps read(JsonCard config) {
    JsonCard card = config.gives("pretrained_cfg") ? config.card("pretrained_cfg") : config;
    var mean = card.gives("mean") ? card.reals("mean") : Normalization.IMAGENET_MEAN;
    var std = card.gives("std") ? card.reals("std") : Normalization.IMAGENET_STD;
    String filter = card.gives("interpolation") ? card.text("interpolation") : "bicubic";
    return new TimmConfig(
            ResizeFilter.ofName(filter),
            share(card),
            mode(card),
            new Normalization(Normalization.BYTE, mean, std))
        .at(size(card));
  }

  private static double share(JsonCard card) {
    double share = card.gives("crop_pct") ? card.number("crop_pct") : SHARE;
    if (share == 0) {
      return SHARE; // as timm, to which 0 is absent
    }
    if (share < 0.01 || share > 1) {
      throw StitchException.badInput("crop_pct is %s, expected a share from 0.01 to 1", share);
    }
    return share;
  }

  private static CropMode mode(JsonCard card) {
    String mode = card.gives("crop_mode") ? card.text("crop_mode") : "center";
    return switch (mode) {
      case "center" -> CropMode.CENTER;
      case "squash" -> CropMode.SQUASH;
      case "border" -> CropMode.BORDER;
      default ->
          throw StitchException.badInput(
              "crop_mode is '%s', expected center, squash or border", mode);
    };
  }

  private static Size size(JsonCard card) {
    if (!card.gives("input_size")) {
      return new Size(SIDE, SIDE);
    }
    List<Double> size = card.reals("input_size");
    if (size.size() != 3
        || size.get(0) != CHANNELS
        || !isSide(size.get(1))
        || !isSide(size.get(2))) {
      throw StitchException.badInput(
          "input_size is %s, expected [3, height, width]: only RGB images can be read", size);
    }
    return new Size(size.get(1).intValue(), size.get(2).intValue());
  }

  private static boolean isSide(double side) {
    return side >= 1 && side <= ImageLimits.LONGEST_INPUT && side == Math.rint(side);
  }

  private Steps at(Size size) {
    ImageLimits.requireInput(size);
    var scaled = new Size(scaled(size.height()), scaled(size.width()));
    return switch (mode) {
      case SQUASH -> steps(ResizeRule.STRETCH, scaled, filter, size, BLACK);
      case BORDER -> steps(ResizeRule.FIT, scaled, filter, size, fill());
      case CENTER ->
          scaled.height() == scaled.width()
              ? steps(ResizeRule.SHORTEST_EDGE, scaled, filter, size, BLACK)
              // timm hands its filter on for square sizes only.
              : steps(ResizeRule.COVER, scaled, ResizeFilter.BILINEAR, size, BLACK);
    };
  }

  private int scaled(int side) {
    return (int) Math.floor(side / share);
  }

  private List<Integer> fill() {
    return numbers.mean().stream()
        .map(m -> (int) Math.max(0, Math.min(255, Math.rint(255 * m))))
        .toList();
  }

  private Steps steps(
      ResizeRule rule, Size scaled, ResizeFilter chosen, Size size, List<Integer> fill) {
    return new Steps(rule, scaled, chosen, CropRule.TORCHVISION, size, fill, numbers, this::at);
  }
}
