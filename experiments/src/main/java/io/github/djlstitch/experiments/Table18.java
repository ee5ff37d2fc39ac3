// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.zoo.data.LabelledData;
import java.util.List;

/** Classifiers of the fine classes of CIFAR-100, trained longer, stitched across encoders. */
final class Table18 implements Experiment {
  private static final int EPOCHS = 20;

  @Override
  public Card card() {
    return new Card(
        "table18",
        List.of(),
        "Image classifiers of fine classes, stitched",
        "Moschella et al. 2023, table 18, section A.6",
        "As table6 on the 100 fine classes, the official head trained for 20 epochs, not 10.",
        "CIFAR-100 (100 fine classes), else CIFAR-10, which has 10 classes only; at most 8,000"
            + " training and 2,000 test images unless --full",
        10);
  }

  @Override
  public Findings run(Lab lab) {
    List<String> encoders = lab.imageEncoders();
    LabelledData data = lab.data(lab.part(), "cifar100:fine", "cifar10");
    EncoderStudy found = FrozenImages.study(lab, "table18");
    found.measure(
        data.name(), data, encoders, FrozenImages.protocol(EPOCHS), List.of(), lab.seeds(3, 3));
    return found.findings(List.of(), FrozenImages.NOTES);
  }
}
