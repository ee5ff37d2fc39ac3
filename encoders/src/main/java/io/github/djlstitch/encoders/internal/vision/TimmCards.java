// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields that all of timm's configuration files share. */
final class TimmCards {
  private TimmCards() {}

  /** The image size that a file gives, in its model's arguments or for preprocessing. */
  static @Nullable ImageSize image(JsonCard config) {
    if (config.gives("model_args") && config.card("model_args").gives("img_size")) {
      return ImageSize.of("img_size", config.card("model_args").sizes("img_size"));
    }
    JsonCard card = config.gives("pretrained_cfg") ? config.card("pretrained_cfg") : config;
    return card.gives("input_size") ? input(card.sizes("input_size")) : null;
  }

  private static ImageSize input(List<Integer> sizes) {
    if (sizes.size() != 3 || sizes.get(0) != 3) {
      throw StitchException.badInput(
          "config.json has input_size %s; expected [3, height, width]", sizes);
    }
    return new ImageSize(sizes.get(1), sizes.get(2));
  }
}
