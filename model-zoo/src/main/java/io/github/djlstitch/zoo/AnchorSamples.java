// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.decoders.AnchorInputs;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the texts and images that anchors are made of. */
final class AnchorSamples {
  private AnchorSamples() {}

  /**
   * The inputs of anchors.
   *
   * @param data whose train samples the anchors are
   */
  static AnchorInputs of(LabelledData data, Anchors anchors) {
    return new AnchorInputs(
        anchors.samples(),
        data.texts().map(texts -> inputs(texts, anchors)).orElse(List.of()),
        data.images()
            .map(images -> inputs(images, anchors).stream().map(ImageSource::file).toList())
            .orElse(List.of()));
  }

  /**
   * Checks that a data set has anchors.
   *
   * @throws StitchException (bad input) naming one that is not among the train samples, or if they
   *     are from another data set
   */
  static void require(LabelledData data, Anchors anchors) {
    anchors.requireFrom(data.dataset().sha256(), data.name());
    inputs(data.dataset(), anchors);
  }

  private static <I> List<I> inputs(Dataset<I> data, Anchors anchors) {
    Map<String, I> byId = new HashMap<>();
    for (Sample<I> sample : data.train()) {
      byId.put(sample.id(), sample.input());
    }
    return anchors.samples().stream().map(id -> require(byId.get(id), id, data)).toList();
  }

  private static <I> I require(@Nullable I found, String id, Dataset<I> data) {
    if (found == null) {
      throw StitchException.badInput(
          "anchor '%s' is not among the %d train samples of '%s'; use the data set that the anchors"
              + " were chosen from",
          id, data.train().size(), data.name());
    }
    return found;
  }
}
