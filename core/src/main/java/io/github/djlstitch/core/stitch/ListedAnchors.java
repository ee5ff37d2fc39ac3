// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.Optional;

/** Always the same anchors. */
record ListedAnchors(Anchors anchors) implements StitchRunner.AnchorChoice {
  @Override
  public Anchors choose(LatentSpace candidates, long seed) {
    return anchors;
  }

  @Override
  public Optional<Anchors> listed() {
    return Optional.of(anchors);
  }
}
