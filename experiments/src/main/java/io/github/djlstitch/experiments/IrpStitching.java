// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Zero-shot stitching over data sets (Maiorca et al. 2024, Table 2). */
final class IrpStitching implements Experiment {
  private static final int ANCHORS = 500;
  private static final double USUAL_DELTA = .7;
  private static final double PAPER_CORRELATION = .7;
  private static final double PAPER_LEAST_SHARE = .6;

  /** A row of the paper's table. */
  record Published(
      double delta,
      double irp,
      double irpStd,
      double absolute,
      double absoluteStd,
      double own,
      double ownStd) {}

  private static final Map<String, Published> PAPER =
      Map.of(
          "mnist", new Published(.65, .88, .03, .10, .03, .97, .01),
          "fashion-mnist", new Published(.65, .82, .03, .10, .02, .91, .01),
          "cifar10", new Published(.75, .92, .05, .11, .04, .95, .03),
          "cifar100:coarse", new Published(.70, .72, .10, .05, .01, .88, .05),
          "cifar100", new Published(.75, .62, .09, .01, .00, .82, .07),
          "trec", new Published(.70, .73, .09, .22, .06, .87, .04),
          "20news", new Published(.65, .55, .10, .05, .01, .70, .07));

  private static final List<String> DATA =
      List.of(
          "mnist",
          "fashion-mnist",
          "cifar10",
          "cifar100:coarse",
          "cifar100",
          "trec",
          "20news",
          "sib200:eng_Latn",
          "wordnet");

  @Override
  public Card card() {
    return new Card(
        "irp-table2",
        List.of(),
        "Zero-shot stitching over data sets",
        "Maiorca et al. 2024 (arXiv:2406.15057), Table 2 and the figure on correlation",
        "A linear head on each encoder's space; every other encoder's vectors are brought there by"
            + " inverse relative projection over uniform anchors (omega 8, the published delta, and"
            + " delta and omega chosen on the head's space alone), as they are (absolute), and by"
            + " our default codec.",
        "MNIST, Fashion-MNIST, CIFAR-10, CIFAR-100, TREC, 20 Newsgroups; those of them available, and"
            + " SIB-200 in English and WordNet",
        5);
  }

  @Override
  public Findings run(Lab lab) {
    var found = new IrpFindings();
    Map<String, IrpGrid> grids = new LinkedHashMap<>();
    if (lab.dataset().isPresent()) {
      String name = lab.dataset().get();
      run(lab, name, lab.data(lab.part(), name), grids);
    } else {
      for (String name : DATA) {
        lab.availableData(lab.part(), name).ifPresent(data -> run(lab, name, data, grids));
      }
    }
    if (grids.isEmpty()) {
      throw StitchException.unavailable(
          "no data set available that two encoders read; give --data FOLDER or --dataset");
    }
    table(found, grids);
    correlation(found, grids);
    found.note(
        "The paper has five encoders of each kind, so 20 pairs; here as many as the table says. Its"
            + " encoders differ, and so do native accuracies: compare shares of these.");
    found.note("Data sets without a row of the paper are ours; their delta is .70, omega 8.");
    return found.found();
  }

  private static void run(Lab lab, String name, LabelledData data, Map<String, IrpGrid> grids) {
    List<String> encoders =
        data.images().isPresent()
            ? lab.imageEncodersIfAny()
            : lab.textEncoders("minilm", "bge-small", "e5-small");
    if (encoders.size() < 2) {
      lab.note(name + ": fewer than 2 encoders that read it (--encoder FOLDER,FOLDER)");
      return;
    }
    List<EncodedDataset> encoded = encoders.stream().map(e -> lab.encode(e, data)).toList();
    var grid = new IrpGrid(delta(name));
    int wanted = lab.anchors(Math.min(ANCHORS, encoded.get(0).train().ids().size() / 2));
    for (long seed : lab.seeds(1, 5)) {
      Anchors anchors = AnchorSelector.UNIFORM.select(encoded.get(0).train(), wanted, seed);
      grid.measure(lab, name, IrpSpace.of(encoded, anchors), heads(), seed);
    }
    grids.put(name, grid);
  }

  private static HeadOptions heads() {
    return PlainHead.linear();
  }

  private static double delta(String name) {
    Published paper = PAPER.get(name);
    return paper == null ? USUAL_DELTA : paper.delta();
  }

  private static void table(IrpFindings found, Map<String, IrpGrid> grids) {
    List<List<Cell>> rows = new ArrayList<>();
    grids.forEach(
        (name, grid) -> {
          rows.add(row(name, grid));
          claim(found, name, grid);
        });
    found.add(
        new Table(
            "stitching",
            "Accuracy, mean +- std over pairs of different encoders",
            List.of(
                "data",
                "pairs",
                "abs. pairs",
                "delta",
                "IRP",
                "IRP chosen",
                "absolute",
                "auto",
                "non-stitch",
                "chance",
                "paper IRP",
                "paper absolute",
                "paper non-stitch"),
            1,
            rows,
            List.of(
                "Pairs: ordered, of different encoders; absolute only where widths agree. 'IRP':"
                    + " published delta, omega 8; 'IRP chosen': delta and omega chosen on the"
                    + " head's space alone; 'auto': our default codec, beyond the paper. With -v, 95 % bootstrap"
                    + " intervals of the mean over test samples.")));
  }

  private static void claim(IrpFindings found, String name, IrpGrid grid) {
    double irp = mean(grid, IrpGrid.Way.PUBLISHED);
    double own = mean(grid, IrpGrid.Way.OWN);
    double absolute = mean(grid, IrpGrid.Way.ABSOLUTE);
    found.claim(
        irp > (Double.isNaN(absolute) ? grid.chance() : absolute) && irp / own >= PAPER_LEAST_SHARE,
        "%s: IRP recovers %.0f %% of the head's own accuracy at the published delta (paper 60"
            + " to 97 %%), absolute vectors %s; at a chosen delta %.0f %%, auto %.0f %%",
        name,
        100 * irp / own,
        Double.isNaN(absolute)
            ? "nothing, as widths differ"
            : String.format(Locale.ROOT, "%.0f %%", 100 * absolute / own),
        100 * mean(grid, IrpGrid.Way.CHOSEN) / own,
        100 * mean(grid, IrpGrid.Way.AUTO) / own);
  }

  private static double mean(IrpGrid grid, IrpGrid.Way way) {
    return Spread.of(grid.values(way)).mean();
  }

  private static List<Cell> row(String name, IrpGrid grid) {
    Published paper = PAPER.get(name);
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text(name));
    row.add(Cell.count(grid.values(IrpGrid.Way.PUBLISHED).length / grid.seeds()));
    row.add(Cell.count(grid.values(IrpGrid.Way.ABSOLUTE).length / grid.seeds()));
    row.add(Cell.number(grid.delta()).withDigits(2));
    for (IrpGrid.Way way :
        List.of(
            IrpGrid.Way.PUBLISHED,
            IrpGrid.Way.CHOSEN,
            IrpGrid.Way.ABSOLUTE,
            IrpGrid.Way.AUTO,
            IrpGrid.Way.OWN)) {
      row.add(grid.cell(way));
    }
    row.add(Cell.number(grid.chance()));
    if (paper == null) {
      row.addAll(List.of(Cell.absent(), Cell.absent(), Cell.absent()));
    } else {
      row.add(Cell.paper(paper.irp(), paper.irpStd()).withDigits(2));
      row.add(Cell.paper(paper.absolute(), paper.absoluteStd()).withDigits(2));
      row.add(Cell.paper(paper.own(), paper.ownStd()).withDigits(2));
    }
    return row;
  }

  private static void correlation(IrpFindings found, Map<String, IrpGrid> grids) {
    List<Figure.Group> groups = new ArrayList<>();
    List<List<Cell>> rows = new ArrayList<>();
    grids.forEach(
        (name, grid) -> {
          List<Figure.Point> points =
              grid.points().stream()
                  .map(p -> new Figure.Point(p.similarity(), p.accuracy(), p.label()))
                  .toList();
          groups.add(new Figure.Group(name, points));
          OptionalDouble r = pearson(points);
          rows.add(
              IrpFindings.row(name, Cell.count(points.size()), Cell.number(r.orElse(Double.NaN))));
          found.claim(
              r.orElse(0) > PAPER_CORRELATION,
              "%s: reconstruction similarity predicts accuracy, Pearson r %.2f over %d stitchings"
                  + " (paper above .7)",
              name,
              r.orElse(Double.NaN),
              points.size());
        });
    found.add(
        Table.of(
            "correlation",
            "Pearson correlation of reconstruction similarity with accuracy",
            List.of("data", "stitchings", "r"),
            rows));
    found.add(
        new Figure.Scatter(
            "similarity-accuracy",
            "Reconstruction similarity and stitching accuracy",
            "Each point is an encoder, a head of another one, and a delta; the better a vector comes"
                + " back, the better the head reads it.",
            1,
            List.of(new Figure.Panel("", "reconstruction similarity", "accuracy", groups))));
  }

  private static OptionalDouble pearson(List<Figure.Point> points) {
    return PearsonCorrelation.of(
        points.stream().mapToDouble(Figure.Point::x).toArray(),
        points.stream().mapToDouble(Figure.Point::y).toArray());
  }
}
