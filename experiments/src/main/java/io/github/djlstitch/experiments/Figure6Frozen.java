// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.Reading;
import io.github.djlstitch.experiments.StitchGrid.Place;
import io.github.djlstitch.experiments.StitchGrid.Stitch;
import io.github.djlstitch.experiments.StitchGrid.Way;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Accuracy of heads on frozen encoders' relative vectors, against the number of anchors. */
final class Figure6Frozen implements Experiment {
  private static final int STEPS = 10; // of the whole training set each
  private static final int[] THINNED = {
    1, 5, 9, 17, 25, 33, 49, 70, 100, 160, 220, 300, 400, 500, 640, 800, 980
  };

  @Override
  public Card card() {
    return new Card(
        "figure6",
        List.of(),
        "Accuracy against the number of anchors",
        "Moschella et al. 2023, figure 6 (right), appendix A.2",
        "For each number of uniform anchors a small head is trained on each frozen encoder's"
            + " relative vectors, ten steps over the whole training set, and reads its own"
            + " encoder's test vectors and the others'.",
        "CIFAR-100 (20 coarse classes), else CIFAR-10 with image encoders, else TREC",
        6);
  }

  @Override
  public Findings run(Lab lab) {
    List<Place> places = places(lab);
    LatentSpace train = places.get(0).data().train();
    Map<Integer, List<Stitch>> found = new TreeMap<>();
    long[] seeds = lab.seeds(3, 3);
    for (int count : counts(lab, train.ids().size())) {
      lab.say(count + " anchors");
      found.put(
          count,
          StitchGrid.run(
              lab,
              places,
              ways(train.ids().size()),
              seed -> AnchorSelector.UNIFORM.select(train, count, seed),
              seeds));
    }
    List<Figure.Curve> curves = new ArrayList<>();
    for (Reading reading : List.of(Reading.TRANSDUCTIVE, Reading.INDUCTIVE)) {
      curves.add(curve("native, " + reading.id(), found, s -> is(s, reading, true)));
      curves.add(curve("stitched, " + reading.id(), found, s -> is(s, reading, false)));
    }
    return new Findings(
        curves.stream().map(Figure6Frozen::monotone).toList(),
        List.of(table(curves)),
        List.of(
            new Figure.Lines(
                "figure6-frozen",
                "Accuracy against anchors, frozen encoders",
                "Mean over encoders and pairs; bands: standard deviation over seeds of that mean.",
                "anchors",
                "accuracy",
                true,
                curves)),
        List.of(
            "the paper draws one encoder (ViT-S) read natively, transductive; stitched curves and"
                + " inductive reading are ours"));
  }

  private static List<Place> places(Lab lab) {
    List<String> given = lab.givenEncoders();
    boolean texts = given.stream().anyMatch(name -> !lab.zoo().readsImages(name));
    boolean images = !texts && hasImages(lab);
    List<String> encoders =
        images ? lab.imageEncoders() : lab.severalEncoders("minilm", "bge-small", "e5-small");
    LabelledData data =
        images ? lab.data(lab.part(), "cifar100:coarse", "cifar10") : lab.data("trec", "wordnet");
    return encoders.stream().map(e -> new Place(Lab.shortName(e), lab.encode(e, data))).toList();
  }

  private static boolean hasImages(Lab lab) {
    boolean enough = lab.imageEncodersIfAny().size() > 1;
    if (!enough) {
      lab.note(
          "fewer than 2 image encoders are available, so this ran on texts (--encoder FOLDER,FOLDER)");
    }
    return enough;
  }

  // The paper's grid, or some of it.
  private static int[] counts(Lab lab, int most) {
    IntStream paper =
        IntStream.concat(
            IntStream.iterate(1, k -> k < 50, k -> k + 2),
            IntStream.concat(
                IntStream.iterate(50, k -> k < 100, k -> k + 5),
                IntStream.iterate(100, k -> k < 1000, k -> k + 20)));
    return (lab.full() ? paper : IntStream.of(THINNED)).filter(k -> k <= most).toArray();
  }

  // A batch of all samples: each epoch is one step.
  private static List<Way> ways(int samples) {
    HeadOptions head =
        HeadOptions.of(HeadOptions.Kind.OFFICIAL_CURVE)
            .withTraining(STEPS, 1e-3, Math.max(2, samples));
    List<Method> relative = List.of(Method.RELATIVE);
    return List.of(
        new Way(head, Reading.TRANSDUCTIVE, Centering.NONE, relative),
        new Way(head, Reading.INDUCTIVE, Centering.NONE, relative));
  }

  private static boolean is(Stitch stitch, Reading reading, boolean matched) {
    return stitch.way().reading() == reading && stitch.matched() == matched;
  }

  private static Figure.Curve curve(
      String name, Map<Integer, List<Stitch>> found, Predicate<Stitch> wanted) {
    List<Figure.Mark> marks = new ArrayList<>();
    found.forEach(
        (count, stitches) -> {
          Spread spread = overSeeds(stitches.stream().filter(wanted).toList());
          marks.add(new Figure.Mark(count, spread.mean(), spread.std()));
        });
    return new Figure.Curve(name, marks);
  }

  // Encoders and pairs differ by more than seeds do, so they are averaged first.
  private static Spread overSeeds(List<Stitch> stitches) {
    Map<Long, List<Stitch>> bySeed = new TreeMap<>();
    stitches.forEach(s -> bySeed.computeIfAbsent(s.seed(), k -> new ArrayList<>()).add(s));
    return Spread.of(
        bySeed.values().stream()
            .mapToDouble(
                one ->
                    one.stream()
                        .mapToDouble(s -> s.answers().score(Metric.ACCURACY))
                        .average()
                        .orElse(Double.NaN))
            .toArray());
  }

  /** Monotone within noise: no drop between neighbors is above the larger standard deviation. */
  static Claim monotone(Figure.Curve curve) {
    int drops = 0;
    int large = 0;
    for (int i = 1; i < curve.marks().size(); i++) {
      Figure.Mark before = curve.marks().get(i - 1);
      Figure.Mark after = curve.marks().get(i);
      double noise = Math.max(before.std().orElse(0), after.std().orElse(0));
      drops += after.y() < before.y() ? 1 : 0;
      large += before.y() - after.y() > noise ? 1 : 0;
    }
    return new Claim(
        ("%s: accuracy grows with the number of anchors, within noise: of %d steps %d go down, %d by"
                + " more than the standard deviation")
            .formatted(curve.name(), curve.marks().size() - 1, drops, large),
        large == 0);
  }

  private static Table table(List<Figure.Curve> curves) {
    List<String> columns = new ArrayList<>(List.of("anchors"));
    curves.forEach(curve -> columns.add(curve.name()));
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < curves.get(0).marks().size(); i++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(Integer.toString((int) curves.get(0).marks().get(i).x())));
      for (Figure.Curve curve : curves) {
        Figure.Mark mark = curve.marks().get(i);
        row.add(
            mark.std().isPresent()
                ? Cell.paper(mark.y(), mark.std().getAsDouble())
                : Cell.number(mark.y()));
      }
      rows.add(row);
    }
    return Table.of("figure6-frozen", "Accuracy, mean +- std over seeds", columns, rows);
  }
}
