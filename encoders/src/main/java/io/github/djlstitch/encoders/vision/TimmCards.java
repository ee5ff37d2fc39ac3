// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import io.github.djlstitch.core.StitchException;
import java.util.List;

/** What timm's configuration files have in common. */
final class TimmCards {
  private TimmCards() {}

  /** The image of {@code input_size}, which is channels, height, width. */
  static ImageSize input(List<Integer> sizes) {
    if (sizes.size() != 3 || sizes.get(0) != 3) {
      throw StitchException.badInput(
          "config.json has input_size %s; expected [3, height, width]", sizes);
    }
    return new ImageSize(sizes.get(1), sizes.get(2));
  }
}
