// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Similarities of words within a space against those within its relative space. */
final class Figure8 implements Experiment {
  private static final int ANCHORS = 300;
  private static final int VOCABULARY = 20_000;
  private static final int WORDS = 1000;
  private static final int PAIRS = 1500; // drawn

  /** One space: correlations over seeds, and pairs of the first seed. */
  private record Found(String space, Spread pearson, Spread spearman, List<Figure.Point> pairs) {}

  @Override
  public Card card() {
    return new Card(
        "figure8",
        List.of(),
        "Similarities kept by relative spaces",
        "Moschella et al. 2023, figure 8, appendix A.5.2",
        "Cosines of all pairs of 1,000 random words in the absolute space against the cosines of"
            + " the same pairs in the relative space of 300 uniform anchors; their correlation.",
        WordSpaces.DATA,
        1);
  }

  @Override
  public Findings run(Lab lab) {
    List<Found> found = new ArrayList<>();
    for (LatentSpace space : WordSpaces.of(lab, VOCABULARY)) {
      lab.say(RetrievalStudy.name(space));
      found.add(of(lab, space));
    }
    return new Findings(
        found.stream().map(Figure8::claim).toList(),
        List.of(table(found)),
        List.of(figure(found)),
        List.of("the paper gives no numbers for figure 8"));
  }

  private static Found of(Lab lab, LatentSpace space) {
    long[] seeds = lab.seeds(5, 10);
    double[] pearson = new double[seeds.length];
    double[] spearman = new double[seeds.length];
    List<Figure.Point> pairs = List.of();
    for (int s = 0; s < seeds.length; s++) {
      int count = Math.min(WORDS, space.ids().size());
      int[] rows = RandomOrder.uniform(space.ids().size(), count, seeds[s]);
      var anchors = AnchorStrategy.UNIFORM.choose(space, lab.anchors(ANCHORS), seeds[s]);
      LatentSpace words = space.select(rows);
      FloatMatrix relative = AnchorStrategy.relative(space, anchors).select(rows);
      pearson[s] = SpaceMeasure.of(MeasureKind.RSA).of(words.vectors(), relative);
      spearman[s] = SpaceMeasure.of(MeasureKind.RSA_SPEARMAN).of(words.vectors(), relative);
      if (s == 0) {
        pairs = pairs(words, relative, seeds[s]);
      }
    }
    return new Found(RetrievalStudy.name(space), Spread.of(pearson), Spread.of(spearman), pairs);
  }

  private static List<Figure.Point> pairs(LatentSpace words, FloatMatrix relative, long seed) {
    var random = new Random(seed);
    List<Figure.Point> points = new ArrayList<>();
    while (points.size() < PAIRS) {
      int i = random.nextInt(relative.rows());
      int j = random.nextInt(relative.rows());
      if (i != j) {
        points.add(
            new Figure.Point(
                RowCosines.of(words.vectors().row(i), words.vectors().row(j)),
                RowCosines.of(relative.row(i), relative.row(j)),
                words.ids().get(i) + ", " + words.ids().get(j)));
      }
    }
    return points;
  }

  private static Claim claim(Found found) {
    return new Claim(
        String.format(
            Locale.ROOT,
            "%s: the relative space keeps the similarities of the absolute one up to a certain"
                + " degree: Pearson %.3f, Spearman %.3f",
            found.space(),
            found.pearson().mean(),
            found.spearman().mean()),
        found.pearson().mean() > .5);
  }

  private static Table table(List<Found> found) {
    return Table.of(
            "figure8",
            "Correlation of similarities within absolute and relative spaces, mean +- std",
            List.of("space", "Pearson", "Spearman"),
            found.stream()
                .map(
                    f -> List.of(Cell.text(f.space()), Cell.of(f.pearson()), Cell.of(f.spearman())))
                .toList())
        .withNotes("the claim asks for a Pearson correlation above 0.5");
  }

  private static Figure figure(List<Found> found) {
    return new Figure.Scatter(
        "figure8-pairs",
        "Similarities within absolute and relative spaces",
        "Each point is a pair of words; pairs are a random part of those in the table.",
        found.size(),
        found.stream()
            .map(
                f ->
                    new Figure.Panel(
                        f.space(),
                        "absolute cosine",
                        "relative cosine",
                        List.of(new Figure.Group("pairs of words", f.pairs()))))
            .toList());
  }
}
