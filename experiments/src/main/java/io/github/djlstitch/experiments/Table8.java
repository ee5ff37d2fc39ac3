// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.experiments.RetrievalStudy.Direction;
import io.github.djlstitch.experiments.RetrievalStudy.Published;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;

/** Neighbors of images across image encoders, absolute and relative. */
final class Table8 implements Experiment {
  private static final int ANCHORS = 500;
  private static final List<AnchorStrategy> WAYS =
      List.of(AnchorStrategy.UNIFORM, AnchorStrategy.FPS, AnchorStrategy.KMEANS);

  private static final List<Published> PAPER =
      List.of(
          new Published("ViT-base", "ViT-small", "uniform", 10, .11, .27, .97),
          new Published("ViT-small", "ViT-base", "uniform", 10, .11, .30, .97),
          new Published("ViT-base", "ViT-small", "fps", 10, .12, .37, .96),
          new Published("ViT-small", "ViT-base", "fps", 10, .12, .39, .96),
          new Published("ViT-base", "ViT-small", "kmeans", 10, .11, .25, .97),
          new Published("ViT-small", "ViT-base", "kmeans", 10, .10, .27, .97));

  @Override
  public Card card() {
    return new Card(
        "table8",
        List.of("figure11"),
        "Neighbors of images across image encoders",
        "Moschella et al. 2023, table 8, figure 11, appendix A.5.1",
        "As table1 with test images and 500 anchors among them. By default 2,000 images and 3"
            + " seeds; --full takes the whole test split and 10 seeds.",
        "CIFAR-10 with ViT-base and ViT-small, else other image encoders",
        6);
  }

  @Override
  public Findings run(Lab lab) {
    List<String> encoders = lab.imageEncoders();
    // The training split is not used.
    LabelledData data = lab.data(lab.part(500, 2_000), "cifar10");
    List<LatentSpace> spaces = encoders.stream().map(e -> lab.encode(e, data).test()).toList();
    var study =
        new RetrievalStudy(lab, lab.anchors(ANCHORS), lab.neighbors(10, 5), lab.seeds(3, 10));
    List<Direction> found = new ArrayList<>();
    for (int i = 0; i < spaces.size(); i++) {
      for (int j = i + 1; j < spaces.size(); j++) {
        found.addAll(study.pair(spaces.get(i), spaces.get(j), WAYS));
      }
    }
    return new Findings(
        RetrievalClaims.of(found),
        List.of(
            table(study, found, spaces.get(0).ids().size()),
            RetrievalStudy.paper("table8-paper", PAPER)),
        NeighborhoodFigure.ofClasses(
            spaces.get(0), spaces.get(1), lab.anchors(ANCHORS), lab.seeds(1, 1)[0]),
        List.of(
            "chance depends on the number of images: Jaccard and MRR of fewer images are higher",
            "encoders of different widths cannot be compared in absolute spaces"));
  }

  private static Table table(RetrievalStudy study, List<Direction> found, int images) {
    List<List<Cell>> rows = new ArrayList<>();
    found.forEach(direction -> rows.add(study.row(direction)));
    return new Table(
        "table8",
        "Retrieval between image encoders over " + images + " images, mean +- std over seeds",
        study.columns(),
        3,
        rows,
        List.of("CKA: linear, mean of 4 chunks; sum of squares: of unit vectors, a chunk"));
  }
}
