// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.measure.SpaceMeasure.Retrieval;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The metrics of tables 1, 7 and 8 of Moschella et al. 2023 for ordered pairs of spaces that have
 * the same samples, absolute and relative.
 */
final class RetrievalStudy {
  static final String ABSOLUTE = "absolute";
  private static final int CHUNKS = 4; // of the notebook's CKA and squared error

  private final Lab lab;
  private final int anchors;
  private final List<Integer> neighbors;
  private final long[] seeds;

  /** One measurement of one direction. */
  record Trial(List<Retrieval> retrievals, double cka, double squares) {
    double cosine() {
      return retrievals.get(0).cosine();
    }
  }

  /**
   * One direction measured in one way.
   *
   * @param way absolute, or the strategy of choosing anchors
   * @param samples number of samples searched
   * @param trials one a seed; none if the widths differ and the spaces are absolute
   */
  record Direction(String source, String target, String way, int samples, List<Trial> trials) {
    /** The MRR of samples that are ranked at random. */
    double chance() {
      int k = trials.get(0).retrievals().get(0).k();
      return IntStream.rangeClosed(1, k).mapToDouble(rank -> 1.0 / rank).sum() / samples;
    }

    double mean(ToDoubleFunction<Trial> of) {
      return trials.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    double mrr() {
      return mean(t -> t.retrievals().get(0).mrr());
    }

    double jaccard() {
      return mean(t -> t.retrievals().get(0).jaccard());
    }
  }

  /** One direction in a paper. */
  record Published(
      String source, String target, String way, int k, double jaccard, double mrr, double cosine) {}

  RetrievalStudy(Lab lab, int anchors, List<Integer> neighbors, long[] seeds) {
    this.lab = lab;
    this.anchors = anchors;
    this.neighbors = neighbors;
    this.seeds = seeds.clone();
  }

  /** Both directions of a pair: absolute, then each way. */
  List<Direction> pair(LatentSpace a, LatentSpace b, List<AnchorStrategy> ways) {
    requireAnchors(a);
    List<Direction> found = new ArrayList<>();
    for (LatentSpace source : List.of(a, b)) {
      LatentSpace target = source == a ? b : a;
      lab.say(name(source) + " -> " + name(target));
      found.add(absolute(source, target));
      ways.stream()
          .filter(way -> way.fits(source.ids().size()))
          .forEach(way -> found.add(relative(source, target, way)));
    }
    return found;
  }

  private void requireAnchors(LatentSpace space) {
    if (anchors > space.ids().size()) {
      throw StitchException.badInput(
          "%d anchors cannot be chosen among %d samples; lower --anchors",
          anchors, space.ids().size());
    }
  }

  private Direction absolute(LatentSpace source, LatentSpace target) {
    boolean shared = source.vectors().columns() == target.vectors().columns();
    List<Trial> trials = shared ? List.of(trial(source.vectors(), target.vectors())) : List.of();
    return new Direction(name(source), name(target), ABSOLUTE, source.ids().size(), trials);
  }

  private Direction relative(LatentSpace source, LatentSpace target, AnchorStrategy way) {
    List<Trial> trials = new ArrayList<>();
    for (long seed : seeds) {
      Anchors chosen = way.choose(source, anchors, seed);
      trials.add(
          trial(AnchorStrategy.relative(source, chosen), AnchorStrategy.relative(target, chosen)));
    }
    return new Direction(name(source), name(target), way.id(), source.ids().size(), trials);
  }

  private Trial trial(FloatMatrix x, FloatMatrix y) {
    List<Retrieval> retrievals = Retrieval.of(x, y, neighbors);
    // The squared error of two unit vectors is 2 - 2 cos.
    double squares = (2 - 2 * retrievals.get(0).cosine()) * x.rows() / CHUNKS;
    return new Trial(retrievals, cka(x, y), squares);
  }

  private static double cka(FloatMatrix x, FloatMatrix y) {
    double sum = 0;
    for (int c = 0; c < CHUNKS; c++) {
      int from = (int) ((long) x.rows() * c / CHUNKS);
      int to = (int) ((long) x.rows() * (c + 1) / CHUNKS);
      sum += SpaceMeasure.of(MeasureKind.CKA).of(x.rowRange(from, to), y.rowRange(from, to));
    }
    return sum / CHUNKS;
  }

  /** The space's name in tables. */
  static String name(LatentSpace space) {
    return Lab.shortName(space.provenance().encoder());
  }

  /** Headings: source, target, anchors, then the metrics. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("source", "target", "space"));
    neighbors.forEach(k -> columns.addAll(List.of("Jaccard@" + k, "MRR@" + k)));
    columns.addAll(List.of("cosine", "CKA", "sum of squares"));
    return columns;
  }

  /** A direction as a row. */
  List<Cell> row(Direction direction) {
    List<Cell> row =
        new ArrayList<>(
            List.of(
                Cell.text(direction.source()),
                Cell.text(direction.target()),
                Cell.text(direction.way())));
    for (int i = 0; i < neighbors.size(); i++) {
      int place = i;
      row.add(cell(direction, t -> t.retrievals().get(place).jaccard()));
      row.add(cell(direction, t -> t.retrievals().get(place).mrr()));
    }
    row.add(cell(direction, Trial::cosine));
    row.add(cell(direction, Trial::cka));
    row.add(cell(direction, Trial::squares).withDigits(0));
    return row;
  }

  private static Cell cell(Direction direction, ToDoubleFunction<Trial> of) {
    return direction.trials().isEmpty()
        ? Cell.absent()
        : Cell.of(direction.trials().stream().mapToDouble(of));
  }

  /** The paper's rows, whose numbers are of one k each. */
  static Table paper(String id, List<Published> rows) {
    List<List<Cell>> cells = new ArrayList<>();
    for (Published row : rows) {
      cells.add(
          List.of(
              Cell.text(row.source()),
              Cell.text(row.target()),
              Cell.text(row.way()),
              Cell.count(row.k()),
              Cell.number(row.jaccard()).withDigits(2),
              Cell.number(row.mrr()).withDigits(2),
              Cell.number(row.cosine()).withDigits(2)));
    }
    return Table.of(
            id,
            "The paper's",
            List.of("source", "target", "space", "K", "Jaccard", "MRR", "cosine"),
            cells)
        .withLabels(3);
  }
}
