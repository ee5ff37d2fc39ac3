// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.experiments.PruningScores.Point;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Stitching accuracy over delta and omega (Maiorca et al. 2024, TREC sensitivity figure). */
final class PruningSensitivity implements Experiment {
  private static final int ANCHORS = 500;
  private static final double PAPER_CORRELATION = .7;
  private static final double MARGIN = .05; // less is no difference between correlations
  private static final double[] DELTAS = {0, .4, .6, .7, .8, .85, .9, .95};
  private static final int[] OMEGAS = {1, 2, 4, 8};
  private static final int[] ALL_OMEGAS = {1, 2, 3, 4, 6, 8, 12, 16, 24};

  @Override
  public Card card() {
    return new Card(
        "irp-figure-trec",
        List.of(),
        "Accuracy over delta and omega",
        "Maiorca et al. 2024 (arXiv:2406.15057), TREC sensitivity figure",
        "Every encoder's test vectors are brought into every other one's space by inverse relative"
            + " projection and read by a linear head there, for a grid of delta (distance of kept"
            + " anchors) and omega (subspaces): accuracy, cosine with the space's own vectors,"
            + " condition number and number of kept anchors, in means over pairs and seeds.",
        "TREC (else WordNet) with three text encoders",
        2);
  }

  @Override
  public Findings run(Lab lab) {
    double[] deltas = lab.full() ? fine() : DELTAS;
    int[] omegas = lab.full() ? ALL_OMEGAS : OMEGAS;
    LabelledData data = lab.data("trec", "wordnet");
    List<String> encoders = lab.severalEncoders("minilm", "bge-small", "e5-small");
    List<EncodedDataset> encoded = encoders.stream().map(e -> lab.encode(e, data)).toList();
    int count = Math.min(lab.anchors(ANCHORS), encoded.get(0).train().ids().size());
    var scores = new PruningScores(deltas, omegas);
    for (long seed : lab.seeds(3, 5)) {
      lab.say("seed " + seed);
      Anchors anchors = AnchorSelector.UNIFORM.select(encoded.get(0).train(), count, seed);
      scores.measure(lab, IrpSpace.of(encoded, anchors), seed);
    }
    return findings(scores, deltas, omegas, count);
  }

  private static double[] fine() {
    return IntStream.range(0, 20).mapToDouble(i -> i / 20.0).toArray();
  }

  private static Findings findings(
      PruningScores scores, double[] deltas, int[] omegas, int anchors) {
    var found = new IrpFindings();
    double[][] accuracy = scores.means(Point::accuracy);
    double[][] similarity = scores.means(Point::similarity);
    double[][] condition = scores.means(p -> p.place().condition());
    double[][] kept = scores.means(p -> p.place().kept());
    String similar = "Reconstruction similarity";
    found.add(IrpFindings.pruning("accuracy", "Accuracy", "accuracy", 2, deltas, omegas, accuracy));
    found.add(IrpFindings.pruning("similarity", similar, "cosine", 2, deltas, omegas, similarity));
    found.add(IrpFindings.conditions("condition", "Condition number", deltas, omegas, condition));
    found.add(IrpFindings.pruning("kept", "Kept anchors", "anchors", 0, deltas, omegas, kept));
    found.add(cells(scores, deltas, omegas));
    correlation(found, scores, accuracy, similarity);
    optimum(found, scores, deltas, omegas, anchors);
    found.note(
        "The paper has five encoders and says neither their number of anchors nor how many seeds;"
            + " delta 0 keeps all anchors, whatever omega.");
    return found.found();
  }

  private static Table cells(PruningScores scores, double[] deltas, int[] omegas) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int row = 0; row < deltas.length; row++) {
      for (int column = 0; column < omegas.length; column++) {
        double logarithm = scores.cell(row, column, p -> p.place().condition()).mean();
        rows.add(
            List.of(
                Cell.number(deltas[row]).withDigits(2),
                Cell.count(omegas[column]),
                Cell.of(scores.cell(row, column, Point::accuracy)),
                Cell.of(scores.cell(row, column, Point::similarity)),
                Cell.number(Math.pow(10, logarithm)).withDigits(1),
                Cell.number(scores.cell(row, column, p -> p.place().kept()).mean()).withDigits(0)));
      }
    }
    return Table.of(
            "sensitivity",
            "Stitching by delta and omega, mean +- std over pairs and seeds",
            List.of("delta", "omega", "accuracy", "similarity", "condition", "kept anchors"),
            rows)
        .withNotes("Condition numbers: geometric mean, of the kept anchors of the head's space.");
  }

  private static void correlation(
      IrpFindings found, PruningScores scores, double[][] accuracy, double[][] similarity) {
    double overCells = pearson(flat(similarity), flat(accuracy));
    double overPoints = PruningScores.pearson(scores.points());
    found.claim(
        overCells >= PAPER_CORRELATION,
        "similarity and accuracy go together over the cells of the grid: Pearson r %.2f (paper .7)",
        overCells);
    found.claim(
        overPoints >= PAPER_CORRELATION,
        "the same over single stitchings, %d of them: Pearson r %.2f (paper .7)",
        scores.points().size(),
        overPoints);
    Map<String, List<Point>> pairs = new LinkedHashMap<>();
    scores.points().forEach(p -> pairs.computeIfAbsent(p.pair(), n -> new ArrayList<>()).add(p));
    List<List<Cell>> rows = new ArrayList<>();
    List<Figure.Group> groups = new ArrayList<>();
    pairs.forEach(
        (pair, points) -> {
          rows.add(
              IrpFindings.row(
                  pair, Cell.count(points.size()), Cell.number(PruningScores.pearson(points))));
          groups.add(new Figure.Group(pair, points.stream().map(p -> dot(pair, p)).toList()));
        });
    found.add(
        Table.of(
            "correlation",
            "Pearson correlation of similarity with accuracy within each pair",
            List.of("pair", "stitchings", "r"),
            rows));
    found.add(
        new Figure.Scatter(
            "similarity-accuracy",
            "Reconstruction similarity and accuracy",
            "Each point is a pair of encoders, a seed and a cell of the grid.",
            1,
            List.of(new Figure.Panel("", "reconstruction similarity", "accuracy", groups))));
  }

  private static Figure.Point dot(String pair, Point point) {
    String label =
        String.format(
            Locale.ROOT,
            "%s, condition %.0f, %.0f anchors",
            pair,
            Math.pow(10, point.place().condition()),
            point.place().kept());
    return new Figure.Point(point.similarity(), point.accuracy(), label);
  }

  private static void optimum(
      IrpFindings found, PruningScores scores, double[] deltas, int[] omegas, int anchors) {
    double[] accuracy = flat(scores.means(Point::accuracy));
    double[] condition = flat(scores.means(p -> p.place().condition())); // decimal logarithm
    double[] kept = flat(scores.means(p -> p.place().kept()));
    int best =
        IntStream.range(0, accuracy.length).reduce(0, (a, b) -> accuracy[b] > accuracy[a] ? b : a);
    found.claim(
        condition[best] <= median(condition) && 2 * kept[best] <= anchors,
        "the best cell has few but stable anchors: delta %.2f, omega %d gives %.3f of %.3f of the"
            + " heads' own, with condition %.0f (median of the cells %.0f) and %.0f of %d anchors",
        deltas[best / omegas.length],
        omegas[best % omegas.length],
        accuracy[best],
        scores.own(),
        Math.pow(10, condition[best]),
        Math.pow(10, median(condition)),
        kept[best],
        anchors);
    double byCondition = pearson(condition, accuracy);
    double byCount = pearson(kept, accuracy);
    found.claim(
        byCondition < 0 && -byCondition > Math.abs(byCount) + MARGIN,
        "the condition number matters more than the number of anchors: Pearson r with accuracy %.2f"
            + " (its logarithm) and %.2f",
        byCondition,
        byCount);
  }

  private static double median(double[] values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double pearson(double[] x, double[] y) {
    return PearsonCorrelation.of(x, y).orElse(Double.NaN);
  }

  private static double[] flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
  }
}
