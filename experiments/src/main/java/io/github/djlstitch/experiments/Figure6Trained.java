// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.internal.data.NodeData;
import io.github.djlstitch.zoo.internal.data.NodeFiles;
import io.github.djlstitch.zoo.internal.train.NodeRecipe;
import io.github.djlstitch.zoo.internal.train.NodeRun;
import io.github.djlstitch.zoo.internal.train.NodeSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Accuracy of node classifiers trained with a relative layer, against the number of anchors. */
final class Figure6Trained implements Experiment {
  private static final int[] SOME = {1, 2, 4, 8, 16, 32, 64, 128, 256, 500};
  private static final double COLLAPSED = 0.5;

  private record Place(int anchors, List<NodeRun> runs) {
    Spread of(ToDoubleFunction<NodeRun> score) {
      return Spread.of(learning().stream().mapToDouble(score).toArray());
    }

    // A training that diverged in its first epoch has nothing to show but that.
    List<NodeRun> learning() {
      return runs.stream().filter(r -> !r.epochs().isEmpty()).toList();
    }

    long collapsed() {
      return runs.stream()
          .filter(r -> r.epochs().isEmpty() || r.best().validation() < COLLAPSED)
          .count();
    }
  }

  @Override
  public Card card() {
    return new Card(
        "figure6-trained",
        List.of(),
        "Accuracy against anchors, trained embedder",
        "Moschella et al. 2023, figure 6 (left), appendix A.2",
        "GCNII with a relative layer is trained end to end on Cora for each number of anchors and"
            + " each seed; the score is the best validation accuracy. Collapsed trainings are"
            + " shown, not left out.",
        "Cora (planetoid/cora: nodes.csv and edges.csv)",
        5);
  }

  @Override
  public Findings run(Lab lab) {
    NodeData data = NodeFiles.read(lab.folder("planetoid/cora"));
    lab.uses("graph " + data.name(), data.sha256());
    List<Place> places = new ArrayList<>();
    int most = data.labelled().length / 2;
    IntStream.of(lab.full() ? everyStep() : SOME)
        .filter(anchors -> anchors <= most)
        .forEach(anchors -> places.add(place(lab, data, anchors)));
    return new Findings(
        List.of(claim(places)), List.of(table(places)), List.of(figure(places)), notes(lab));
  }

  private static int[] everyStep() {
    return IntStream.concat(
            IntStream.range(1, 50), IntStream.iterate(50, k -> k <= 500, k -> k + 25))
        .toArray();
  }

  private static Place place(Lab lab, NodeData data, int anchors) {
    int epochs = lab.full() ? 500 : 100;
    var recipe = NodeRecipe.gcnii(32, lab.full() ? 300 : 64, anchors, epochs, 0);
    List<NodeRun> runs = new ArrayList<>();
    for (long seed : lab.seeds(3, 3)) {
      String task = "train on %d anchors, seed %d".formatted(anchors, seed);
      var split = NodeSplit.tenth(data, seed);
      runs.add(Trainings.nodes(lab).train(task, data, split, recipe, seed, Optional.empty()));
    }
    return new Place(anchors, runs);
  }

  // The paper: more anchors do not always help when the embedder is trained with them.
  private static Claim claim(List<Place> places) {
    double[] means =
        places.stream().mapToDouble(p -> p.of(r -> r.best().validation()).mean()).toArray();
    double best = Arrays.stream(means).filter(Double::isFinite).max().orElse(Double.NaN);
    double most = means[means.length - 1];
    boolean falls = IntStream.range(1, means.length).anyMatch(i -> means[i] < means[i - 1]);
    String statement =
        String.format(
            Locale.ROOT,
            "A trained embedder's accuracy does not always rise with the anchors: best %.3f, with"
                + " most anchors %.3f",
            best,
            most);
    return new Claim(statement, falls);
  }

  private static Table table(List<Place> places) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Place place : places) {
      rows.add(
          List.of(
              Cell.text(String.valueOf(place.anchors())),
              Cell.of(place.of(r -> r.best().validation())),
              Cell.of(place.of(NodeRun::heldOut)),
              Cell.count(place.collapsed()),
              Cell.count(place.runs().size())));
    }
    return Table.of(
            "figure6-trained",
            "Accuracy on Cora against anchors, embedder trained with them",
            List.of("anchors", "best validation", "held out", "collapsed", "runs"),
            rows)
        .withNotes(
            "mean and standard deviation over seeds, collapsed ones included; held out: epoch"
                + " chosen on one half of the validation nodes, scored on the other",
            "collapsed: best validation accuracy below %.1f".formatted(COLLAPSED));
  }

  private static Figure figure(List<Place> places) {
    List<Figure.Curve> curves = new ArrayList<>();
    curves.add(new Figure.Curve("best validation", marks(places, r -> r.best().validation())));
    curves.add(new Figure.Curve("held out", marks(places, NodeRun::heldOut)));
    return new Figure.Lines(
        "figure6-trained",
        "Accuracy against anchors, embedder trained with them",
        "Mean over seeds and its standard deviation; collapsed trainings are included.",
        "anchors",
        "accuracy",
        true,
        curves);
  }

  private static List<Figure.Mark> marks(List<Place> places, ToDoubleFunction<NodeRun> score) {
    List<Figure.Mark> marks = new ArrayList<>();
    for (Place place : places) {
      Spread spread = place.of(score);
      if (spread.count() > 0) {
        marks.add(new Figure.Mark(place.anchors(), spread.mean(), spread.std()));
      }
    }
    return marks;
  }

  private static List<String> notes(Lab lab) {
    return lab.full()
        ? List.of()
        : List.of(
            "ten numbers of anchors, 100 epochs, 64 hidden values; --full for more, 500 and 300");
  }
}
