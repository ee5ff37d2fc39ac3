// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.Optional;

/** Encodes data sets, with the anchors' own data set if they come from another one. */
public final class EncodedAnchors {
  private final ModelZoo zoo;
  private final Optional<LabelledData> anchors;

  /**
   * Opens the anchors' data set, if there is one.
   *
   * @param anchorsFrom its name or path; empty if anchors are chosen from what is encoded
   */
  public EncodedAnchors(ModelZoo zoo, Optional<String> anchorsFrom, DatasetOptions reading) {
    this.zoo = zoo;
    this.anchors = anchorsFrom.map(name -> zoo.dataset(name, reading));
  }

  /** A data set as an encoder sees it, with anchors to choose from. */
  public EncodedDataset encode(String encoder, LabelledData data) {
    EncodedDataset encoded = zoo.encode(encoder, data);
    return anchors
        .map(
            other ->
                new EncodedDataset(
                    encoded.train().withAnchorsFrom(zoo.encode(encoder, other).train()),
                    encoded.test()))
        .orElse(encoded);
  }
}
