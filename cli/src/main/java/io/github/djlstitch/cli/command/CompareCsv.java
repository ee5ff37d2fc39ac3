// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.core.measure.Measured;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.report.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as RFC 4180 CSV, a line for each measurement; what was not asked for is empty. */
final class CompareCsv {
  private CompareCsv() {}

  static String render(SpaceComparison comparison) {
    var text =
        new StringBuilder(
            "a,b,measure,value,samples,low,high,interval,chance_mean,chance_std,p,"
                + "tested_value,tested_samples\r\n");
    for (SpaceComparison.Pair pair : comparison.pairs()) {
      String a = Csv.field(pair.a().label());
      String b = Csv.field(pair.b().label());
      pair.forward().forEach(m -> text.append(line(a, b, m)).append("\r\n"));
      pair.backward().forEach(m -> text.append(line(b, a, m)).append("\r\n"));
    }
    return text.toString();
  }

  private static String line(String a, String b, Measured m) {
    List<String> fields = new ArrayList<>(List.of(a, b, m.measure().id(), number(m.value())));
    fields.add(Integer.toString(m.rows()));
    fields.addAll(
        m.interval()
            .map(i -> List.of(number(i.low()), number(i.high()), i.way().id()))
            .orElse(List.of("", "", "")));
    fields.addAll(
        m.chance()
            .map(
                c ->
                    List.of(
                        number(c.mean()),
                        number(c.std()),
                        number(c.pValue()),
                        number(c.observed()),
                        Integer.toString(c.rows())))
            .orElse(List.of("", "", "", "", "")));
    return String.join(",", fields);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
