// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.Asif;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of the report, gathered over the image encoders. */
final class AsifRows {
  private static final double PAPER_IMAGENET = .609; // 1.6 M pairs of CC12M
  private static final int[] SIZES = {100, 200, 500, 1000, 2000, 4000, 8000};
  private static final int NON_ZEROS = 800; // published
  private static final double POWER = 8; // published
  private static final int[] OTHER_NON_ZEROS = {25, 100, 400, 800};
  private static final double[] OTHER_POWERS = {1, 4, 8};
  private static final int LISTED = 6;
  private final List<List<Cell>> sizes = new ArrayList<>();
  private final List<List<Cell>> options = new ArrayList<>();
  private final List<List<Cell>> heldOut = new ArrayList<>();
  private final List<List<Cell>> reasons = new ArrayList<>();
  private final List<Figure.Curve> curves = new ArrayList<>();
  private final List<Double> whole = new ArrayList<>();
  private final List<Double> apart = new ArrayList<>();
  private double chance;

  void add(Lab lab, String encoder, AsifPairs material, ClassCaptions captions) {
    chance = 1.0 / captions.classes().size();
    List<Figure.Mark> marks = new ArrayList<>();
    int pairs = material.images().ids().size();
    IntStream smaller = IntStream.of(SIZES).filter(s -> s < pairs);
    for (int size : IntStream.concat(smaller, IntStream.of(pairs)).toArray()) {
      double accuracy = material.first(size).accuracy(NON_ZEROS, POWER);
      marks.add(new Figure.Mark(size, accuracy, OptionalDouble.empty()));
      sizes.add(IrpFindings.row(encoder, Cell.count(size), Cell.number(accuracy)));
      lab.progress().at("asif " + encoder, size, pairs);
    }
    curves.add(new Figure.Curve(encoder, marks));
    whole.add(marks.get(marks.size() - 1).y());
    for (int k : OTHER_NON_ZEROS) {
      Cell[] cells = new Cell[OTHER_POWERS.length + 1];
      cells[0] = Cell.count(k);
      for (int p = 0; p < OTHER_POWERS.length; p++) {
        cells[p + 1] = Cell.number(material.accuracy(k, OTHER_POWERS[p]));
      }
      options.add(IrpFindings.row(encoder, cells));
    }
    double[] pairsOfClasses = heldOut(material, captions.classes().size());
    heldOut.add(
        IrpFindings.row(
            encoder,
            Cell.count(pairsOfClasses.length),
            Cell.of(Spread.of(pairsOfClasses)),
            Cell.number(.5)));
    apart.add(Spread.of(pairsOfClasses).mean());
    explain(encoder, material, captions);
  }

  // Two classes of which no pair is known, told apart by their captions.
  private static double[] heldOut(AsifPairs material, int classes) {
    List<Double> found = new ArrayList<>();
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        int one = a;
        int two = b;
        IntPredicate asked = c -> c == one || c == two;
        AsifPairs left = material.only(asked.negate(), asked);
        if (left.images().ids().isEmpty() || left.test().ids().isEmpty()) {
          continue;
        }
        FloatMatrix scores =
            left.asif(NON_ZEROS, POWER).scores(left.test().vectors(), material.captions());
        found.add(between(scores, left.test().labels(), one, two, material.templates()));
      }
    }
    return found.stream().mapToDouble(v -> v).toArray();
  }

  private static double between(FloatMatrix scores, int[] labels, int one, int two, int templates) {
    double right = 0;
    for (int i = 0; i < labels.length; i++) {
      double first = best(scores, i, one, templates);
      double second = best(scores, i, two, templates);
      double hit = first == second ? .5 : ((first > second) == (labels[i] == one) ? 1 : 0);
      right += hit / labels.length;
    }
    return right;
  }

  private static double best(FloatMatrix scores, int row, int label, int templates) {
    double best = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < templates; t++) {
      best = Math.max(best, scores.get(row, label * templates + t));
    }
    return best;
  }

  private void explain(String encoder, AsifPairs material, ClassCaptions captions) {
    Asif asif = material.asif(NON_ZEROS, POWER);
    int samples = material.test().ids().size();
    int count = Math.min(LISTED, samples);
    int[] rows = IntStream.range(0, count).map(i -> i * samples / count).toArray();
    LatentSpace asked = material.test().select(rows);
    FloatMatrix queries = asked.vectors();
    int[] best = asif.scores(queries, material.captions()).argMaxRows();
    for (int i = 0; i < count; i++) {
      int caption = best[i];
      var anchors =
          asif.topAnchors(
              queries.rowRange(i, i + 1), material.captions().rowRange(caption, caption + 1), 3);
      Stream<String> names =
          anchors.stream().map(c -> Lab.shortName(material.images().ids().get(c.anchor())));
      reasons.add(
          List.of(
              Cell.text(encoder),
              Cell.text(Lab.shortName(asked.ids().get(i))),
              Cell.text(captions.classes().get(asked.labels()[i])),
              Cell.text(captions.classes().get(caption / material.templates())),
              Cell.text(names.collect(Collectors.joining(", ")))));
    }
  }

  void to(IrpFindings found, boolean real) {
    addAccuracies(found);
    addReasons(found);
    claims(found, real);
  }

  private void addAccuracies(IrpFindings found) {
    found.add(
        new Table(
            "asif-size",
            "Accuracy by number of pairs, k 800, p 8",
            List.of("image encoder", "pairs", "accuracy"),
            1,
            sizes,
            List.of(
                "The paper: ImageNet .609 with 1,600,000 real pairs and 1000 classes. k is the"
                    + " number of pairs where these are fewer.")));
    found.add(
        Table.of(
            "asif-options",
            "Accuracy by k and the exponent p, all pairs",
            List.of("image encoder", "k", "p 1", "p 4", "p 8"),
            options));
    found.add(
        Table.of(
                "asif-held-out",
                "Two classes that no known pair shows, told apart by captions",
                List.of("image encoder", "class pairs", "accuracy", "chance"),
                heldOut)
            .withNotes(
                "Mean +- std over all pairs of classes; the known pairs are of the other classes."));
  }

  private void addReasons(IrpFindings found) {
    found.add(
        new Table(
            "asif-reasons",
            "Why: the known pairs that add the most to an answer",
            List.of("image encoder", "image", "is", "answer", "known pairs"),
            5,
            reasons,
            List.of()));
    found.add(
        new Figure.Lines(
            "asif-pairs",
            "Accuracy by number of pairs",
            "Zero-shot accuracy of class names; more pairs make better classifiers, without any"
                + " training.",
            "pairs",
            "accuracy",
            true,
            Stream.concat(curves.stream(), Stream.of(byChance())).toList()));
  }

  private Figure.Curve byChance() {
    List<Figure.Mark> marks =
        curves.stream()
            .flatMap(curve -> curve.marks().stream())
            .map(mark -> new Figure.Mark(mark.x(), chance, OptionalDouble.empty()))
            .limit(1)
            .toList();
    return new Figure.Curve("chance", marks, true);
  }

  private void claims(IrpFindings found, boolean real) {
    double accuracy = whole.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double held = apart.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    found.claim(
        accuracy > 2 * chance,
        "images are classified by class names without training: %.3f, chance %.3f (paper %.3f on"
            + " ImageNet, chance .001)",
        accuracy,
        chance,
        PAPER_IMAGENET);
    found.claim(
        held > .55,
        "it carries over to classes of which no pair is known: %.3f of two such classes, chance"
            + " .5",
        held);
    if (!real) {
      found.note(
          "With captions made from classes, accuracy over all classes shows how well the image"
              + " encoder's neighborhoods agree with classes; the transfer to class names is"
              + " tested by held-out classes alone.");
      found.note(
          "The image encoders available were trained on CIFAR-10's training images with labels, the"
              + " held-out classes among them; the text encoder never saw an image.");
    }
  }
}
