// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.measure.Measured;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Maps a comparison to records, a row for each measurement; what was not asked for is empty. */
final class CompareRecords {
  private static final int DIGITS = 6;
  private static final List<String> COLUMNS =
      List.of(
          "a",
          "b",
          "measure",
          "value",
          "samples",
          "low",
          "high",
          "interval",
          "chance_mean",
          "chance_std",
          "p",
          "tested_value",
          "tested_samples");

  private CompareRecords() {}

  static Records of(SpaceComparison comparison) {
    List<List<Field>> rows = new ArrayList<>();
    for (SpaceComparison.Pair pair : comparison.pairs()) {
      pair.forward().forEach(m -> rows.add(row(pair.a(), pair.b(), m)));
      pair.backward().forEach(m -> rows.add(row(pair.b(), pair.a(), m)));
    }
    return new Records(COLUMNS, rows);
  }

  private static List<Field> row(SpaceComparison.Side a, SpaceComparison.Side b, Measured m) {
    List<Field> row = new ArrayList<>(List.of(Field.word(a.label()), Field.word(b.label())));
    row.add(Field.word(m.measure().id()));
    row.add(Field.fixed(m.value(), DIGITS));
    row.add(Field.count(m.rows()));
    row.addAll(m.interval().map(CompareRecords::interval).orElse(empty(3)));
    row.addAll(m.chance().map(CompareRecords::chance).orElse(empty(5)));
    return row;
  }

  private static List<Field> interval(Measured.Interval interval) {
    return List.of(
        Field.fixed(interval.low(), DIGITS),
        Field.fixed(interval.high(), DIGITS),
        Field.word(interval.way().id()));
  }

  private static List<Field> chance(Measured.Chance chance) {
    return List.of(
        Field.fixed(chance.mean(), DIGITS),
        Field.fixed(chance.std(), DIGITS),
        Field.fixed(chance.pValue(), DIGITS),
        Field.fixed(chance.observed(), DIGITS),
        Field.count(chance.rows()));
  }

  private static List<Field> empty(int count) {
    return Collections.nCopies(count, Field.empty());
  }
}
