// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.space.LatentSpace;

/**
 * A data set as one encoder sees it.
 *
 * @param train where anchors lie and heads are trained
 * @param test where accuracy is measured
 */
public record EncodedDataset(LatentSpace train, LatentSpace test) {
  /** The encoder's name. */
  public String encoder() {
    return train.provenance().encoder();
  }
}
