// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.measure.Measured;
import io.github.djlstitch.core.measure.Measured.PairingTest;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.measure.SpaceStatistics;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Block;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.report.Wrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Maps a comparison to tables: one pair with all its numbers, more as a matrix of each measure. */
final class CompareTables {
  private final SpaceComparison comparison;

  CompareTables(SpaceComparison comparison) {
    this.comparison = comparison;
  }

  Blocks blocks() {
    List<Block> blocks = new ArrayList<>(List.of(spaces(), Lines.blank()));
    if (isOnePair()) {
      blocks.addAll(List.of(pair(), Lines.blank()));
    } else {
      for (SpaceMeasure measure : comparison.measures()) {
        blocks.addAll(List.of(Lines.of(title(measure) + "\n"), matrix(measure), Lines.blank()));
      }
    }
    blocks.add(new Lines(legend()));
    return new Blocks(blocks);
  }

  private boolean isOnePair() {
    return comparison.pairs().size() == 1;
  }

  private TextTable spaces() {
    var table =
        new TextTable("space", "samples", "width", "effective rank", "mean norm", "std/mean");
    for (SpaceComparison.Side side : comparison.sides()) {
      SpaceStatistics numbers = side.numbers();
      table.row(
          side.label(),
          Integer.toString(numbers.rows()),
          Integer.toString(numbers.width()),
          String.format(Locale.ROOT, "%.1f", numbers.effectiveRank()),
          number(numbers.normMean()),
          number(numbers.normVariation()));
    }
    return table;
  }

  private TextTable pair() {
    List<String> header = new ArrayList<>(List.of("measure", "value"));
    boolean intervals = comparison.resampling().draws() > 0;
    boolean tests = comparison.resampling().permutations() > 0;
    header.addAll(intervals ? List.of("95 % interval") : List.of());
    header.addAll(tests ? List.of("by chance", "p") : List.of());
    var table = new TextTable(header);
    for (Measured measured : comparison.pairs().get(0).forward()) {
      List<String> row = new ArrayList<>(List.of(measured.measure().id()));
      row.add(number(measured.value()));
      if (intervals) {
        row.add(
            measured.interval().map(i -> number(i.low()) + " to " + number(i.high())).orElse("-"));
      }
      measured
          .chance()
          .ifPresent(
              c -> {
                row.add(number(c.mean()) + " +- " + number(c.std()));
                row.add(String.format(Locale.ROOT, "%.3f", c.pValue()));
              });
      table.row(row);
    }
    return table;
  }

  private static String title(SpaceMeasure measure) {
    String distance = measure.kind().isDistance() ? " (a distance)" : "";
    return measure.kind().isSymmetric()
        ? measure.id() + distance
        : measure.id() + distance + ": from the row's space to the column's";
  }

  private TextTable matrix(SpaceMeasure measure) {
    List<String> header = new ArrayList<>(List.of(""));
    comparison.sides().forEach(side -> header.add(side.label() + " "));
    var table = new TextTable(header);
    for (SpaceComparison.Side from : comparison.sides()) {
      List<String> row = new ArrayList<>(List.of(from.label()));
      for (SpaceComparison.Side to : comparison.sides()) {
        row.add(from.equals(to) ? "- " : cell(comparison.find(from, to, measure)));
      }
      table.row(row);
    }
    return table;
  }

  private static String cell(Optional<Measured> measured) {
    return measured.map(m -> number(m.value()) + (isByChance(m) ? "?" : " ")).orElse("");
  }

  private static boolean isByChance(Measured measured) {
    return measured.chance().map(c -> c.pValue() > PairingTest.LEVEL).orElse(false);
  }

  private String legend() {
    var text = new StringBuilder(relative());
    int permutations = comparison.resampling().permutations();
    if (isOnePair()) {
      text.append(comparison.pairs().get(0).samples().ids().size()).append(" shared samples.\n");
      if (permutations > 0) {
        text.append("by chance: mean +- standard deviation over ")
            .append(permutations)
            .append(" random pairings;\np: how often one is at least as close.\n");
        text.append(withoutPairing());
      }
      text.append(testedOnPart());
    } else if (permutations > 0) {
      text.append("?: no closer than ")
          .append(permutations)
          .append(" random pairings, p > ")
          .append(PairingTest.LEVEL)
          .append(".\n");
    }
    return text.toString();
  }

  private String withoutPairing() {
    String ids =
        comparison.pairs().get(0).forward().stream()
            .map(Measured::measure)
            .filter(measure -> !measure.kind().comparesPairs())
            .map(SpaceMeasure::id)
            .collect(Collectors.joining(", "));
    return ids.isEmpty()
        ? ""
        : Wrapped.text(
            "", "By chance of " + ids + ": with each axis of the second space shuffled.");
  }

  // The anchors of relative spaces, a sentence for all that have the same.
  private String relative() {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (SpaceComparison.Side side : comparison.sides()) {
      side.space()
          .provenance()
          .relative()
          .ifPresent(
              to -> labels.computeIfAbsent(anchors(to), t -> new ArrayList<>()).add(side.label()));
    }
    return labels.entrySet().stream()
        .map(e -> Wrapped.text("", String.join(", ", e.getValue()) + ": " + e.getKey() + "."))
        .collect(Collectors.joining());
  }

  private static String anchors(Provenance.Relative to) {
    String settings =
        to.settings().entrySet().stream()
            .map(e -> e.getKey().replace('_', ' ') + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "relative to %d anchors of %s (sha256 %.12s): %s",
        to.anchors().count(),
        to.dataset(),
        to.anchors().sha256(),
        settings);
  }

  // Some measures depend on the number of samples, so a test on a part needs the part's own value.
  private String testedOnPart() {
    List<Measured> forward = comparison.pairs().get(0).forward();
    return forward.stream()
        .filter(m -> m.chance().isPresent() && m.chance().get().rows() < m.rows())
        .collect(
            Collectors.groupingBy(
                m -> m.chance().orElseThrow().rows(),
                TreeMap::new,
                Collectors.mapping(CompareTables::onPart, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(
            e ->
                Wrapped.text(
                    "",
                    "Tested on "
                        + e.getKey()
                        + " random samples; values there: "
                        + e.getValue()
                        + "."))
        .collect(Collectors.joining());
  }

  private static String onPart(Measured measured) {
    return measured.measure().id() + " " + number(measured.chance().orElseThrow().observed());
  }

  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%.0f" : size >= 100 ? "%.1f" : "%.3f";
    String text = String.format(Locale.ROOT, format, value);
    return text.equals("-0.000") ? "0.000" : text;
  }
}
