// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;

/** Stitching at several layers of two encoders: which layers talk to which. */
final class LayerMap implements Experiment {
  private static final int SHOWN = 7; // layers of an encoder
  private static final int TRAIN = 2000; // a head for each layer and seed is trained on them
  private static final int TEST = 500;

  @Override
  public Card card() {
    return new Card(
        "layers",
        List.of(),
        "Which layers can be stitched to which",
        "beyond the papers; stitching of layers: Lenc and Vedaldi 2015 (arXiv:1411.5908), Bansal et"
            + " al. 2021 (arXiv:2106.07682); CKA: Kornblith et al. 2019 (arXiv:1905.00414)",
        "Mean states behind each layer of one encoder, as cosines with anchors and through anchor"
            + " coordinates, into linear heads that were trained behind each layer of another one;"
            + " beside it the debiased linear CKA of the two layers.",
        "TREC (else WordNet) with two text encoders; CIFAR-100 (20 classes) or CIFAR-10 where vision"
            + " transformers are named",
        5);
  }

  @Override
  public Findings run(Lab lab) {
    List<String> encoders = encoders(lab);
    boolean images = encoders.stream().allMatch(lab.zoo()::readsImages);
    LabelledData data =
        images
            ? lab.data(lab.part(TRAIN, TEST), "cifar100:coarse", "cifar10")
            : lab.data(lab.part(TRAIN, TEST), "trec", "wordnet");
    int most = lab.full() ? Integer.MAX_VALUE : SHOWN;
    List<LayerSpaces> spaces =
        encoders.stream().map(e -> LayerSpaces.of(lab, e, data, most)).toList();
    List<LayerGrid> grids = grids(spaces);
    LatentSpace train = spaces.get(0).spaces().get(0).train();
    int count = Math.min(lab.anchors(StitchDefaults.ANCHORS), train.ids().size());
    for (long seed : lab.seeds(3, 5)) {
      Anchors anchors = AnchorSelector.UNIFORM.select(train, count, seed);
      for (LayerGrid grid : grids) {
        lab.say(grid.name() + ", seed " + seed);
        grid.measure(lab, anchors, seed);
      }
    }
    return LayerFindings.of(grids);
  }

  private static List<String> encoders(Lab lab) {
    return lab.full()
        ? lab.severalEncoders("minilm", "bge-small", "e5-small")
        : lab.severalEncoders("minilm", "bge-small");
  }

  private static List<LayerGrid> grids(List<LayerSpaces> spaces) {
    List<LayerGrid> grids = new ArrayList<>();
    for (int a = 0; a < spaces.size(); a++) {
      for (int b = 0; b < spaces.size(); b++) {
        if (a != b) {
          grids.add(new LayerGrid(spaces.get(a), spaces.get(b)));
        }
      }
    }
    return grids;
  }
}
