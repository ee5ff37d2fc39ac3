// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.decoders.HeadOptions;
import java.util.List;

/** The common parts of the tables of frozen image encoders. */
final class FrozenImages {
  private static final long ANCHOR_SEED = 42; // the official code's

  static final List<String> NOTES =
      List.of(
          "the paper's encoders are three ViT and a RexNet, trained on ImageNet, and its classes"
              + " are those of CIFAR-100 and ImageNet",
          "absolute stitching is left out between encoders of different widths: it is impossible");

  private FrozenImages() {}

  static EncoderStudy study(Lab lab, String id) {
    return new EncoderStudy(lab, id, AnchorSelector.UNIFORM, ANCHOR_SEED);
  }

  /** The official head of CIFAR-100, trained for so many epochs. */
  static CrossArchitecture protocol(int epochs) {
    return new CrossArchitecture(
        HeadOptions.of(HeadOptions.Kind.OFFICIAL_IMAGE).withTraining(epochs, 1e-4, 32));
  }
}
