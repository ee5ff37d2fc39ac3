// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.List;
import java.util.Optional;

/** Image encoders of different architectures stitched to each other's classifiers. */
final class Table6 implements Experiment {
  private static final String IMAGENET = "imagenet-1k";
  // 20 % of both splits, as in the official code.
  private static final SplitSize SOME_IMAGENET = new SplitSize(256_233, 10_000);

  @Override
  public Card card() {
    return new Card(
        "table6",
        List.of(),
        "Image classifiers stitched across architectures",
        "Moschella et al. 2023, table 6, section 5.3",
        "As table5, on frozen image encoders of different widths; 768 anchors drawn uniformly.",
        "CIFAR-100 (20 coarse classes), else CIFAR-10; at most 8,000 training and 2,000 test"
            + " images unless --full, which runs a fifth of ImageNet, too, if imagenet-1k is under"
            + " --data",
        8);
  }

  @Override
  public Findings run(Lab lab) {
    List<String> encoders = lab.imageEncoders();
    LabelledData data = lab.data(lab.part(), "cifar100:coarse", "cifar10");
    EncoderStudy found = FrozenImages.study(lab, "table6");
    long[] seeds = lab.seeds(3, 3);
    found.measure(data.name(), data, encoders, FrozenImages.protocol(10), List.of(), seeds);
    if (lab.full() && lab.dataset().isEmpty()) {
      imagenet(lab, found, encoders, seeds);
    }
    return found.findings(List.of(paper()), FrozenImages.NOTES);
  }

  private static void imagenet(Lab lab, EncoderStudy found, List<String> encoders, long... seeds) {
    DatasetOptions fifth = DatasetOptions.defaults().withSplitSize(SOME_IMAGENET);
    Optional<LabelledData> data = lab.availableData(fifth, IMAGENET);
    if (data.isEmpty()) {
      lab.note("ImageNet is not at hand (--data FOLDER that has imagenet-1k)");
      return;
    }
    // The official code trains the head of texts there, for one epoch.
    var protocol =
        new CrossArchitecture(
            HeadOptions.of(HeadOptions.Kind.OFFICIAL_TEXT).withTraining(1, 1e-4, 32));
    found.measure("ImageNet", data.get(), encoders, protocol, List.of(), seeds);
  }

  // What the paper's text and table 6 say of ImageNet: ranges of weighted F1 over its pairs.
  private static Table paper() {
    return Table.of(
        "table6-paper",
        "The paper on ImageNet, ranges over its encoders (weighted F1)",
        List.of("what", "lowest", "highest"),
        List.of(
            range("native relative", .7261, .8188),
            range("stitched relative", .3078, .6221),
            range("stitched relative into RexNet's decoder", .3739, .4375),
            range("stitched absolute, the two 768-wide ViT", .0007, .0621)));
  }

  private static List<Cell> range(String what, double low, double high) {
    return List.of(
        Cell.text(what), Cell.number(low).withDigits(4), Cell.number(high).withDigits(4));
  }
}
