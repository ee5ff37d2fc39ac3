// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.stitch.Forecast;
import java.util.Locale;
import java.util.stream.Collectors;

/** Warns of pairs of which little is expected. */
public final class ForecastText {
  private static final double ILL_CONDITIONED = 30;
  private static final int NAMED = 3;

  private ForecastText() {}

  /** One line for a method. */
  public static String of(Forecast forecast) {
    String worst =
        forecast.poor().stream()
            .limit(NAMED)
            .map(ForecastText::pair)
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s: little to expect of %d of %d pairs, from anchors alone; worst %s%s",
        forecast.method().id(),
        forecast.poor().size(),
        forecast.pairs(),
        worst,
        condition(forecast.worstCondition()));
  }

  private static String pair(Forecast.Pair pair) {
    return String.format(
        Locale.ROOT, "%s into %s %.2f", pair.encoder(), pair.decoder(), pair.expected());
  }

  private static String condition(double worst) {
    return worst > ILL_CONDITIONED
        ? "; its inverse is ill-conditioned (" + CostTable.condition(worst) + ")"
        : "";
  }
}
