// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.cli.report.Cell;
import io.github.djlstitch.cli.report.Figure;
import io.github.djlstitch.cli.report.Table;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Asif;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Images classified by class names through coupled pairs, without training (ASIF). */
public final class AsifExperiment implements Experiment {
  private static final double PAPER_IMAGENET = .609; // 1.6 M pairs of CC12M
  private static final int[] SIZES = {100, 200, 500, 1000, 2000, 4000, 8000};
  private static final int NON_ZEROS = 800; // published
  private static final double POWER = 8; // published
  private static final int[] OTHER_NON_ZEROS = {25, 100, 400, 800};
  private static final double[] OTHER_POWERS = {1, 4, 8};
  private static final int LISTED = 6;
  private static final DatasetOptions SOME =
      DatasetOptions.defaults().withSplitSize(new SplitSize(8000, 2000));

  @Override
  public Card card() {
    return new Card(
        "asif",
        List.of(),
        "Images classified by class names, no training",
        "Norelli et al. 2023 (arXiv:2210.01738), zero-shot classification",
        "An image and a caption are compared by the images and texts that are known to belong"
            + " together: cosines with them, the k largest (800) to a power (8), inner product. The"
            + " class is that of the best caption. Curve over the number of pairs; held-out pairs of"
            + " classes that no known pair shows; anchors that explain an answer.",
        "Image-text pairs and ImageNet (pairs: --dataset n24news:DIR or parquet). At hand: CIFAR-10"
            + " images with made-up captions that know the class only",
        3);
  }

  /** What is compared: images and their texts, then test images and captions of classes. */
  private record Material(
      LatentSpace images,
      FloatMatrix texts,
      LatentSpace test,
      FloatMatrix captions,
      int templates) {

    // Seeded samples come in no order of classes, so the first ones are a fair choice.
    Material first(int pairs) {
      int[] rows = IntStream.range(0, pairs).toArray();
      return new Material(images.select(rows), texts.select(rows), test, captions, templates);
    }

    // Only pairs and test images whose class passes.
    Material only(IntPredicate known, IntPredicate asked) {
      int[] labels = images.labels();
      int[] pairs = IntStream.range(0, labels.length).filter(i -> known.test(labels[i])).toArray();
      int[] wanted = test.labels();
      int[] rows = IntStream.range(0, wanted.length).filter(i -> asked.test(wanted[i])).toArray();
      return new Material(
          images.select(pairs), texts.select(pairs), test.select(rows), captions, templates);
    }

    Asif asif(int most, double power) {
      int kept = Math.min(most, images.ids().size());
      return Asif.of(images.vectors(), texts, new Asif.Options(kept, power));
    }

    double accuracy(int most, double power) {
      int[] found = asif(most, power).classify(test.vectors(), captions, templates);
      return Metric.ACCURACY.of(test.labels(), found, test.classes().size());
    }
  }

  @Override
  public Findings run(Lab lab) {
    LabelledData data =
        lab.settings().dataset().map(d -> lab.data(SOME, d)).orElseGet(() -> atHand(lab));
    List<String> images = lab.imageEncodersIfAny();
    if (images.isEmpty()) {
      throw StitchException.unavailable(
          "this needs an image encoder; fetch one with 'stitch zoo pull vit-base', or give"
              + " --encoder FOLDER");
    }
    String text = lab.textEncoders("minilm").get(0);
    var captions = ClassCaptions.of(data.classes());
    EncodedDataset named = captions.encode(lab, text);
    var found = new IrpFindings();
    var report = new Rows();
    for (String encoder : images) {
      EncodedDataset seen = lab.encode(encoder, data);
      FloatMatrix texts =
          data.texts().isPresent()
              ? lab.encode(text, data).train().vectors()
              : ClassCaptions.coupled(named, seen).train().vectors();
      var material =
          new Material(
              shuffled(seen.train()),
              texts.select(order(seen.train())),
              seen.test(),
              named.test().vectors(),
              captions.templates());
      report.add(lab, IrpSpace.shortName(encoder), material, captions);
    }
    report.to(found, data.texts().isPresent());
    return found.found();
  }

  private static LabelledData atHand(Lab lab) {
    lab.note(
        "no real image-text pairs are at hand: CIFAR-10 images with captions made from their class"
            + " stand for them, which know less of an image than a caption");
    return lab.dataAtHand(SOME, "cifar10")
        .orElseThrow(
            () ->
                StitchException.unavailable(
                    "CIFAR-10 is not at hand; give --data FOLDER that has cifar10, or --dataset"
                        + " with images and texts"));
  }

  private static LatentSpace shuffled(LatentSpace space) {
    return space.select(order(space));
  }

  // Round robin over the classes would flatter small sizes; a fixed shuffle does not.
  private static int[] order(LatentSpace space) {
    List<Integer> rows = new ArrayList<>(IntStream.range(0, space.ids().size()).boxed().toList());
    Collections.shuffle(rows, new Random(0));
    return rows.stream().mapToInt(i -> i).toArray();
  }

  /** What is reported, gathered over the image encoders. */
  private static final class Rows {
    private final List<List<Cell>> sizes = new ArrayList<>();
    private final List<List<Cell>> options = new ArrayList<>();
    private final List<List<Cell>> heldOut = new ArrayList<>();
    private final List<List<Cell>> reasons = new ArrayList<>();
    private final List<Figure.Curve> curves = new ArrayList<>();
    private final List<Double> whole = new ArrayList<>();
    private final List<Double> apart = new ArrayList<>();
    private double chance;

    void add(Lab lab, String encoder, Material material, ClassCaptions captions) {
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
    private static double[] heldOut(Material material, int classes) {
      List<Double> found = new ArrayList<>();
      for (int a = 0; a < classes; a++) {
        for (int b = a + 1; b < classes; b++) {
          int one = a;
          int two = b;
          IntPredicate asked = c -> c == one || c == two;
          Material left = material.only(asked.negate(), asked);
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

    private static double between(
        FloatMatrix scores, int[] labels, int one, int two, int templates) {
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

    private void explain(String encoder, Material material, ClassCaptions captions) {
      Asif asif = material.asif(NON_ZEROS, POWER);
      int samples = material.test().ids().size();
      int count = Math.min(LISTED, samples);
      int[] rows = IntStream.range(0, count).map(i -> i * samples / count).toArray();
      LatentSpace asked = material.test().select(rows);
      FloatMatrix queries = asked.vectors();
      int[] best = asif.scores(queries, material.captions()).argMaxRows();
      int[] labels = material.images().labels();
      for (int i = 0; i < count; i++) {
        int caption = best[i];
        var anchors =
            asif.topAnchors(
                queries.rowRange(i, i + 1), material.captions().rowRange(caption, caption + 1), 3);
        List<String> shown =
            anchors.stream()
                .map(
                    c ->
                        material.images().ids().get(c.anchor())
                            + " ("
                            + material.images().classes().get(labels[c.anchor()])
                            + ")")
                .toList();
        reasons.add(
            List.of(
                Cell.text(encoder),
                Cell.text(asked.ids().get(i)),
                Cell.text(captions.classes().get(caption / material.templates())),
                Cell.text(String.join(", ", shown))));
      }
    }

    void to(IrpFindings found, boolean real) {
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
      found.add(
          new Table(
              "asif-reasons",
              "Why: the known pairs that add the most to an answer",
              List.of("image encoder", "image", "answer", "known pairs"),
              4,
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
              curves));
      claims(found, real);
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
                + " encoder's neighbourhoods agree with classes; the transfer to class names is"
                + " tested by held-out classes alone.");
        found.note(
            "The image encoders at hand were trained on CIFAR-10's training images with labels, the"
                + " held-out classes among them; the text encoder never saw an image.");
      }
    }
  }
}
