// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;

/**
 * A data set as one encoder sees it.
 *
 * @param train where anchors lie and heads are trained
 * @param test where accuracy is measured
 */
public record EncodedDataset(LatentSpace train, LatentSpace test) {
  /** Checks that both splits are as wide. */
  public EncodedDataset {
    if (train.vectors().columns() != test.vectors().columns()) {
      throw StitchException.badInput(
          "training vectors of %d values and test vectors of %d; encode both with one encoder",
          train.vectors().columns(), test.vectors().columns());
    }
  }

  /** The encoder's name. */
  public String encoder() {
    return train.provenance().encoder();
  }
}
