// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a ReXNet. Immutable.
 *
 * @param multiplier of all channels, over 0 to 16; 1 in {@code rexnet_100}
 * @param image size of the images to be read
 */
public record RexNetConfig(double multiplier, ImageSize image) {
  private static final Pattern ARCHITECTURE = Pattern.compile("rexnet_(\\d{3})");
  private static final double LARGEST = 16;

  /** Checks the multiplier. */
  public RexNetConfig {
    if (!(multiplier > 0 && multiplier <= LARGEST)) {
      throw StitchException.badInput(
          "a ReXNet's width multiplier must be above 0 and at most %.0f but is %s",
          LARGEST, multiplier);
    }
  }

  /**
   * Reads timm's {@code config.json}.
   *
   * @throws StitchException (bad input) for another architecture, {@code rexnetr_*} among them, or
   *     arguments that change the network
   */
  public static RexNetConfig timm(JsonCard config) {
    String architecture = config.text("architecture");
    Matcher name = ARCHITECTURE.matcher(architecture);
    if (!name.matches()) {
      throw StitchException.badInput(
          "architecture '%s' is not a supported ReXNet; expected rexnet_100, _130,"
              + " _150, _200 or _300%s",
          architecture,
          architecture.startsWith("rexnetr_")
              ? " (rexnetr_* rounds its channels in another way)"
              : "");
    }
    double multiplier = Integer.parseInt(name.group(1)) / 100.0;
    if (config.gives("model_args")) {
      JsonCard arguments = config.card("model_args");
      arguments.requireOnly(
          "width_mult",
          "img_size",
          "num_classes",
          "in_chans",
          "global_pool",
          "drop_rate",
          "drop_path_rate");
      multiplier = arguments.gives("width_mult") ? arguments.number("width_mult") : multiplier;
      requireAverage(arguments);
    }
    requireAverage(config);
    ImageSize declared = TimmCards.image(config);
    return new RexNetConfig(multiplier, declared == null ? ImageSize.square(224) : declared);
  }

  private static void requireAverage(JsonCard card) {
    if (card.gives("global_pool")) {
      card.require("global_pool", "avg");
    }
  }

  /** The same network for images of another size. */
  public RexNetConfig at(ImageSize size) {
    return new RexNetConfig(multiplier, size);
  }
}
