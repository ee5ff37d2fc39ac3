// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The two-dimensional latent spaces of the same autoencoder from several seeds. */
final class Figure1 implements Experiment {
  @Override
  public Card card() {
    return new Card(
        "figure1",
        List.of(),
        "Latent spaces of one autoencoder over seeds",
        "Moschella et al. 2023, figure 1, section 1",
        "The same convolutional autoencoder with a code of two numbers is trained from several"
            + " seeds; its codes of test images are drawn as they are, without a projection. The"
            + " similarity of two spaces is measured by the cosines of the same images in both, and"
            + " by the correlation of the distances between images.",
        "MNIST, else CIFAR-10",
        3);
  }

  @Override
  public Findings run(Lab lab) {
    LatentPlanes planes = LatentPlanes.train(lab, 2);
    List<Figure.Panel> panels = new ArrayList<>();
    for (int i = 0; i < planes.spaces().size(); i++) {
      panels.add(planes.panel("seed " + (lab.firstSeed() + i), planes.spaces().get(i)));
    }
    var figure =
        new Figure.Scatter(
            "figure1",
            "Latent spaces of the same autoencoder, seed by seed",
            "Each point is a test image of " + planes.study().name() + ", colored by its class.",
            2,
            panels);
    SpaceAgreement agreement = SpaceAgreement.of(planes.spaces());
    return new Findings(
        claims(agreement), List.of(table(agreement)), List.of(figure), List.of(data(planes)));
  }

  private static List<Claim> claims(SpaceAgreement agreement) {
    return List.of(
        new Claim(
            String.format(
                Locale.ROOT,
                "Distances between images agree across seeds more than their coordinates do:"
                    + " correlation %.3f, cosine %.3f",
                agreement.distances().mean(),
                agreement.cosines().mean()),
            agreement.distances().mean() > agreement.cosines().mean()));
  }

  private static Table table(SpaceAgreement agreement) {
    return Table.of(
            "figure1-likeness",
            "Pairs of seeds",
            List.of("what agrees", "mean over pairs"),
            List.of(
                row("cosine of an image's two codes, centred", agreement.cosines()),
                row("correlation of the distances between images", agreement.distances())))
        .withNotes("mean and sample standard deviation over pairs of seeds");
  }

  private static List<Cell> row(String what, Spread spread) {
    return List.of(Cell.text(what), Cell.of(spread));
  }

  private static String data(LatentPlanes planes) {
    return "trained on %d images of %s; the paper's are of MNIST, whose classes part better in two"
            .formatted(planes.study().train().count(), planes.study().name())
        + " dimensions than those of photographs";
  }
}
