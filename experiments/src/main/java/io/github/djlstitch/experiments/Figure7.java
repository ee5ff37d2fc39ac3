// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.cluster.Linkage;
import io.github.djlstitch.core.internal.engine.UnitDirections;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.relative.Quantization;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.view.Projection;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Distance of two relative spaces whose absolute vectors were quantized by clustering. */
final class Figure7 implements Experiment {
  private static final int ANCHORS = 300;
  private static final int VOCABULARY = 20_000;
  private static final int WORDS = 2000;
  private static final double[] THRESHOLDS = {.9, 1, 1.1, 1.2, 1.4, 1.8};
  private static final double PAPER_PLAIN = 1.24; // figure 7
  private static final double PAPER_QUANTIZED = 1.02;

  /** One way over the seeds, the clusters of both spaces, and the plane of the first seed. */
  private record Found(
      String way, double threshold, Spread cosine, Spread euclidean, int left, int right) {}

  /** Two spaces of the same words. */
  private record Pair(FloatMatrix x, FloatMatrix y) {
    double measure(MeasureKind kind) {
      return SpaceMeasure.of(kind).of(x, y);
    }
  }

  @Override
  public Card card() {
    return new Card(
        "figure7",
        List.of(),
        "Quantized similarity",
        "Moschella et al. 2023, figure 7, appendix A.3",
        "2,000 random words as unit vectors; each vector becomes the mean of its cluster"
            + " (agglomerative, Ward, up to a distance), then relative to 300 uniform anchors. The"
            + " score is the mean distance of a word's two vectors; lower means more similar.",
        WordSpaces.DATA,
        2);
  }

  @Override
  public Findings run(Lab lab) {
    List<LatentSpace> spaces = WordSpaces.of(lab, VOCABULARY);
    LatentSpace a = spaces.get(0);
    LatentSpace b = spaces.get(1);
    int count = Math.min(WORDS, a.ids().size());
    int[] rows = RandomOrder.uniform(a.ids().size(), count, lab.firstSeed());
    LatentSpace left = a.select(rows);
    LatentSpace right = b.select(rows);
    List<Found> found = new ArrayList<>();
    List<Figure.Panel> panels = new ArrayList<>();
    if (a.vectors().columns() == b.vectors().columns()) {
      Pair absolute = new Pair(left.vectors(), right.vectors());
      found.add(found("absolute", 0, List.of(absolute), 0, 0));
      panels.add(panel("absolute", absolute, left.ids()));
    }
    measure(lab, left, right, found, panels);
    return new Findings(
        List.of(claim(found)), List.of(table(found)), figures(found, panels), notes(left, right));
  }

  private static void measure(
      Lab lab, LatentSpace left, LatentSpace right, List<Found> found, List<Figure.Panel> panels) {
    for (int t = -1; t < THRESHOLDS.length; t++) {
      double threshold = t < 0 ? 0 : THRESHOLDS[t];
      String way = t < 0 ? "relative" : "relative, quantized at " + threshold;
      lab.say(way);
      FloatMatrix x = quantized(left, threshold);
      FloatMatrix y = quantized(right, threshold);
      List<Pair> pairs = new ArrayList<>();
      for (long seed : lab.seeds(5, 10)) {
        Anchors anchors = AnchorStrategy.UNIFORM.choose(left, lab.anchors(ANCHORS), seed);
        pairs.add(new Pair(relative(left, x, anchors), relative(right, y, anchors)));
      }
      found.add(found(way, threshold, pairs, distinct(x), distinct(y)));
      panels.add(panel(way, pairs.get(0), left.ids()));
    }
  }

  private static FloatMatrix quantized(LatentSpace space, double threshold) {
    int width = space.vectors().columns();
    FloatMatrix unit =
        UnitDirections.from(space.vectors(), FloatMatrix.wrap(1, width, new float[width]));
    return threshold == 0 ? unit : Quantization.clusters(threshold, Linkage.WARD).apply(unit);
  }

  private static FloatMatrix relative(LatentSpace space, FloatMatrix vectors, Anchors anchors) {
    LatentSpace quantized =
        LatentSpace.of(space.ids(), new int[0], List.of(), vectors, space.provenance());
    return AnchorStrategy.relative(quantized, anchors);
  }

  private static int distinct(FloatMatrix x) {
    Set<FloatMatrix> rows = new HashSet<>();
    for (int i = 0; i < x.rows(); i++) {
      rows.add(x.rowRange(i, i + 1));
    }
    return rows.size();
  }

  private static Found found(String way, double threshold, List<Pair> pairs, int left, int right) {
    return new Found(
        way,
        threshold,
        Spread.of(pairs.stream().mapToDouble(p -> 1 - p.measure(MeasureKind.COSINE)).toArray()),
        Spread.of(pairs.stream().mapToDouble(p -> p.measure(MeasureKind.L2)).toArray()),
        left,
        right);
  }

  private static Figure.Panel panel(String title, Pair pair, List<String> words) {
    var axes = Projection.pca(pair.x());
    return new Figure.Panel(
        title,
        "",
        "",
        List.of(
            group("first", axes.apply(pair.x()), words),
            group("second", axes.apply(pair.y()), words)));
  }

  private static Figure.Group group(String name, FloatMatrix plane, List<String> words) {
    List<Figure.Point> points = new ArrayList<>();
    for (int i = 0; i < plane.rows(); i += 4) {
      points.add(new Figure.Point(plane.get(i, 0), plane.get(i, 1), words.get(i)));
    }
    return new Figure.Group(name, points);
  }

  // The threshold is chosen on the same words, so both distances must agree.
  private static Claim claim(List<Found> found) {
    Found plain = found.stream().filter(f -> f.way().equals("relative")).findFirst().orElseThrow();
    Found best =
        found.stream()
            .filter(f -> f.threshold() > 0)
            .min(Comparator.comparingDouble(f -> f.cosine().mean()))
            .orElseThrow();
    return new Claim(
        String.format(
            Locale.ROOT,
            "quantized vectors give relative spaces that are more similar by either distance (the"
                + " paper: %.2f to %.2f): cosine distance %.4f to %.4f, Euclidean %.4f to %.4f, at"
                + " the best of %d thresholds by cosine",
            PAPER_PLAIN,
            PAPER_QUANTIZED,
            plain.cosine().mean(),
            best.cosine().mean(),
            plain.euclidean().mean(),
            best.euclidean().mean(),
            THRESHOLDS.length),
        best.cosine().mean() < plain.cosine().mean()
            && best.euclidean().mean() < plain.euclidean().mean());
  }

  private static Table table(List<Found> found) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Found f : found) {
      rows.add(
          List.of(
              Cell.text(f.way()),
              Cell.of(f.cosine()).withDigits(4),
              Cell.of(f.euclidean()),
              f.left() == 0 ? Cell.absent() : Cell.count(f.left()),
              f.right() == 0 ? Cell.absent() : Cell.count(f.right())));
    }
    rows.add(paper("paper: without quantization", PAPER_PLAIN));
    rows.add(paper("paper: with quantization", PAPER_QUANTIZED));
    return Table.of(
        "figure7",
        "Distance of a word's two vectors, mean +- std over seeds",
        List.of("space", "cosine distance", "Euclidean distance", "vectors of A", "vectors of B"),
        rows);
  }

  private static List<Cell> paper(String way, double score) {
    return List.of(Cell.text(way), Cell.number(score), Cell.absent(), Cell.absent(), Cell.absent());
  }

  private static List<Figure> figures(List<Found> found, List<Figure.Panel> panels) {
    List<Figure.Mark> marks =
        found.stream()
            .filter(f -> f.threshold() > 0 || f.way().equals("relative"))
            .map(f -> new Figure.Mark(f.threshold(), f.cosine().mean(), f.cosine().std()))
            .toList();
    return List.of(
        new Figure.Lines(
            "figure7-thresholds",
            "Distance of two relative spaces against the threshold of clusters",
            "At 0 nothing is quantized; bands: standard deviation over seeds.",
            "threshold",
            "cosine distance",
            false,
            List.of(new Figure.Curve("first to second space", marks))),
        new Figure.Scatter(
            "figure7-spaces",
            "Two spaces along the principal axes of the first",
            "Every fourth word, in both spaces.",
            4,
            panels));
  }

  private static List<String> notes(LatentSpace left, LatentSpace right) {
    return List.of(
        "A is " + RetrievalStudy.name(left) + ", B is " + RetrievalStudy.name(right),
        "the paper does not say which thresholds, linkage and words it took; a cosine distance"
            + " above 1 is not that of nearly identical spaces, so the Euclidean one stands beside it",
        "thresholds are distances between unit vectors, so that they mean the same in both spaces");
  }
}
