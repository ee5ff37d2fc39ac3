// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Measured.Interval;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.measure.Resampling.Answers;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.Reading;
import io.github.djlstitch.experiments.StitchGrid.Stitch;
import io.github.djlstitch.experiments.StitchGrid.Way;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Weighted F1 of a grid's results: mean and standard deviation over pairs and seeds, and the
 * interval of the mean over test samples. Immutable.
 *
 * @param stitches measurements
 */
record StitchScores(List<Stitch> stitches) {
  private static final Metric METRIC = Metric.F1_WEIGHTED;
  private static final Resampling DRAWS = new Resampling(0, 1000, 0);

  /** The headings of {@link #row}. */
  static final List<String> COLUMNS =
      List.of(
          "head",
          "test samples read",
          "centred",
          "native absolute",
          "stitched absolute",
          "native relative",
          "stitched relative");

  /** The number of {@link #COLUMNS} that hold words. */
  static final int LABELS = 3;

  StitchScores {
    stitches = List.copyOf(stitches);
  }

  /** Selects measurements. */
  StitchScores where(Predicate<Stitch> wanted) {
    return new StitchScores(stitches.stream().filter(wanted).toList());
  }

  /** Selects the measurements of one way and method, native or stitched. */
  StitchScores of(Way way, Method method, boolean matched) {
    return where(s -> s.way().equals(way) && s.method() == method && s.matched() == matched);
  }

  boolean isEmpty() {
    return stitches.isEmpty();
  }

  /** The mean; NaN if there are no measurements. */
  double mean() {
    return spread().mean();
  }

  Spread spread() {
    return Spread.of(answers().stream().mapToDouble(a -> a.score(METRIC)).toArray());
  }

  private List<Answers> answers() {
    return stitches.stream().map(Stitch::answers).toList();
  }

  /** The interval of the mean; different sets of test samples are drawn from apart. */
  Interval interval() {
    var sets = new LinkedHashMap<List<String>, List<Answers>>();
    for (Stitch stitch : stitches) {
      sets.computeIfAbsent(stitch.samples(), ids -> new ArrayList<>()).add(stitch.answers());
    }
    return DRAWS.intervalOverSets(METRIC, List.copyOf(sets.values()));
  }

  /** The mean absolute difference of labels that have an order, with its standard deviation. */
  Cell error() {
    return isEmpty() ? Cell.absent() : Cell.of(errors());
  }

  /** The spread of the mean absolute difference of labels. */
  Spread errors() {
    return Spread.of(answers().stream().mapToDouble(a -> a.score(Metric.MAE)).toArray());
  }

  /** Mean, standard deviation and interval; absent without measurements. */
  Cell cell() {
    if (isEmpty()) {
      return Cell.absent();
    }
    Interval interval = interval();
    return Cell.of(spread()).within(interval.low(), interval.high());
  }

  /** Mean, standard deviation and interval in words. */
  String words() {
    Cell cell = cell();
    return isEmpty() ? "nothing" : cell.shown() + " " + cell.shownInterval();
  }

  /** One way, native and stitched, absolute and relative. */
  List<Cell> row(Way way) {
    List<Cell> row = new ArrayList<>(labels(way));
    for (Method method : List.of(Method.ABSOLUTE, Method.RELATIVE)) {
      row.add(of(way, method, true).cell());
      row.add(of(way, method, false).cell());
    }
    return row;
  }

  /** A row of the paper's numbers. */
  static List<Cell> paperRow(String source, double... scores) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text("paper, " + source));
    row.add(Cell.text(Reading.TRANSDUCTIVE.id()));
    row.add(Cell.text("no"));
    for (double score : scores) {
      row.add(Cell.number(score));
    }
    return row;
  }

  /** The cells that name a way in tables. */
  static List<Cell> labels(Way way) {
    return List.of(
        Cell.text(way.headName()), Cell.text(way.reading().id()), Cell.text(centered(way)));
  }

  private static String centered(Way way) {
    return switch (way.centering()) {
      case NONE -> "no";
      case ANCHORS -> "on anchors";
      case DATA -> "on data";
    };
  }

  /** A statement that one mean is above another: their intervals do not overlap. */
  static Claim above(String statement, StitchScores high, StitchScores low) {
    return new Claim(
        "%s: %s against %s".formatted(statement, high.words(), low.words()),
        !high.isEmpty() && !low.isEmpty() && high.interval().low() > low.interval().high());
  }

  /** A statement that one mean is at most so much below another. */
  static Claim near(String statement, StitchScores wanted, StitchScores found, double within) {
    return new Claim(
        String.format(Locale.ROOT, "%s: %s against %s", statement, found.words(), wanted.words()),
        !wanted.isEmpty() && found.mean() >= wanted.mean() - within);
  }

  /** Means by encoder (rows) and decoder (columns). */
  Figure.HeatMap map(String id, String title, String caption, List<String> names) {
    List<List<OptionalDouble>> values = new ArrayList<>();
    for (String encoder : names) {
      List<OptionalDouble> row = new ArrayList<>();
      for (String decoder : names) {
        var cell = where(s -> s.encoder().equals(encoder) && s.decoder().equals(decoder));
        row.add(cell.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(cell.mean()));
      }
      values.add(row);
    }
    return new Figure.HeatMap(
        id, title, caption, "encoder", "decoder trained on", names, names, values, 2, "accuracy");
  }
}
