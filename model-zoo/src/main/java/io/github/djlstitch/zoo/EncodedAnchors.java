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

  public EncodedAnchors(ModelZoo zoo, Optional<String> anchorsFrom, DatasetOptions reading) {
    this.zoo = zoo;
    this.anchors = anchorsFrom.map(name -> zoo.dataset(name, reading));
  }

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
