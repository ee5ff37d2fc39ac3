// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;

/** So many anchors, chosen by a selector. */
record CountedAnchors(AnchorSelector selector, int count) implements StitchRunner.AnchorChoice {
  @Override
  public Anchors choose(LatentSpace candidates, long seed) {
    return selector.select(candidates, count, seed);
  }

  @Override
  public void requireEnough(int candidates) {
    selector.requireEnough(count, candidates);
  }
}
