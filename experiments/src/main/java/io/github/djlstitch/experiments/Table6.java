// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.experiments.StitchGrid.Place;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;

/** Image encoders of different architectures stitched to each other's classifiers. */
final class Table6 implements Experiment {
  private static final int ANCHORS = 768;
  private static final long ANCHOR_SEED = 42; // the official code's

  private static final CrossArchitecture PROTOCOL =
      new CrossArchitecture(
          HeadOptions.of(HeadOptions.Kind.OFFICIAL_IMAGE).withTraining(10, 1e-4, 32));

  @Override
  public Card card() {
    return new Card(
        "table6",
        List.of("table18"),
        "Image classifiers stitched across architectures",
        "Moschella et al. 2023, tables 6 and 18, section 5.3",
        "As table5, on frozen image encoders of different widths; 768 anchors drawn uniformly.",
        "CIFAR-100 (20 coarse classes), else CIFAR-10; at most 8,000 training and 2,000 test"
            + " images unless --full",
        8);
  }

  @Override
  public Findings run(Lab lab) {
    List<String> encoders = lab.imageEncoders();
    LabelledData data = lab.data(lab.part(), "cifar100:coarse", "cifar10");
    List<Place> places = new ArrayList<>();
    for (String encoder : encoders) {
      places.add(new Place(Lab.shortName(encoder), lab.encode(encoder, data)));
    }
    var train = places.get(0).data().train();
    int count = Math.min(lab.anchors(ANCHORS), train.ids().size());
    Anchors anchors = AnchorSelector.UNIFORM.select(train, count, ANCHOR_SEED);
    var scores =
        new StitchScores(
            StitchGrid.run(lab, places, PROTOCOL.ways(), seed -> anchors, lab.seeds(3, 3)));
    return new Findings(
        PROTOCOL.claims(scores),
        List.of(
            PROTOCOL.table("table6", "Ours on " + data.name(), scores, List.of()),
            PROTOCOL.beyond("table6-beyond", scores),
            paper()),
        PROTOCOL.maps("table6", scores, places.stream().map(Place::name).toList()),
        List.of(
            "the paper's encoders are three ViT and a RexNet, trained on ImageNet, and its classes"
                + " are those of CIFAR-100 and ImageNet",
            "absolute stitching is left out between encoders of different widths: it is impossible"));
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
