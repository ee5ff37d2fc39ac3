// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.view.PrincipalAxes;
import io.github.djlstitch.core.view.Projection;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** High-dimensional latent spaces over seeds, PCA fitted apart and together. */
final class Figure5 implements Experiment {
  private static final int SIZE = 500;

  @Override
  public Card card() {
    return new Card(
        "figure5",
        List.of(),
        "High-dimensional latent spaces over seeds",
        "Moschella et al. 2023, figure 5, appendix A.1",
        "The same convolutional autoencoder with a code of 500 numbers is trained from several"
            + " seeds. First row: each space along its own two principal axes. Second row: all"
            + " spaces along those of the first.",
        "MNIST, else CIFAR-10",
        3);
  }

  @Override
  public Findings run(Lab lab) {
    LatentPlanes planes = LatentPlanes.train(lab, SIZE);
    List<FloatMatrix> spaces = planes.spaces();
    PrincipalAxes first = Projection.pca(spaces.get(0));
    List<FloatMatrix> apart = new ArrayList<>();
    List<FloatMatrix> together = new ArrayList<>();
    for (FloatMatrix space : spaces) {
      apart.add(Projection.pca(space).apply(space));
      together.add(first.apply(space));
    }
    SpaceAgreement own = SpaceAgreement.of(apart);
    SpaceAgreement shared = SpaceAgreement.of(together);
    var claim =
        new Claim(
            String.format(
                Locale.ROOT,
                "Along its own axes each space has the same shape, along the first one's it has"
                    + " not: distances between images correlate %.3f and %.3f across seeds",
                own.distances().mean(),
                shared.distances().mean()),
            own.distances().mean() > shared.distances().mean());
    return new Findings(
        List.of(claim),
        List.of(table(own, shared)),
        List.of(figure(lab, planes, apart, together)),
        List.of(
            "trained on %d images of %s; the paper's are of MNIST; two axes may come out mirrored"
                .formatted(planes.study().train().count(), planes.study().name())));
  }

  private static Figure figure(
      Lab lab, LatentPlanes planes, List<FloatMatrix> apart, List<FloatMatrix> together) {
    List<Figure.Panel> panels = new ArrayList<>();
    for (int i = 0; i < apart.size(); i++) {
      panels.add(planes.panel(seed(lab, i) + ", own PCA", apart.get(i)));
    }
    for (int i = 0; i < together.size(); i++) {
      String whose = i == 0 ? ", own PCA" : ", PCA of the first";
      panels.add(planes.panel(seed(lab, i) + whose, together.get(i)));
    }
    return new Figure.Scatter(
        "figure5",
        "Latent spaces of the same autoencoder along principal axes",
        "Each point is a test image of "
            + planes.study().name()
            + ", colored by its class. First row: axes fitted to each space. Second row: axes"
            + " fitted to the first space.",
        apart.size(),
        panels);
  }

  private static String seed(Lab lab, int number) {
    return "seed " + (lab.firstSeed() + number);
  }

  private static Table table(SpaceAgreement own, SpaceAgreement shared) {
    return Table.of(
            "figure5-likeness",
            "Pairs of seeds in two dimensions",
            List.of("axes", "cosine of an image's places", "correlation of distances"),
            List.of(
                List.of(
                    Cell.text("each its own"), Cell.of(own.cosines()), Cell.of(own.distances())),
                List.of(
                    Cell.text("those of the first"),
                    Cell.of(shared.cosines()),
                    Cell.of(shared.distances()))))
        .withNotes("mean and sample standard deviation over pairs of seeds");
  }
}
