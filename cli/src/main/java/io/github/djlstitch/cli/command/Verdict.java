// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.StitchReport;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Turns a report into an exit code, for scripts. */
@About(Topic.RESULTS)
final class Verdict {
  @Option(
      names = "--fail-under",
      paramLabel = "ACCURACY",
      description = "Exit with 6 if no method stitches that well, from 0 to 1.")
  @Nullable Double failUnder;

  void requireFractionOrNothing() {
    if (failUnder != null && !(failUnder >= 0 && failUnder <= 1)) {
      throw StitchException.usage("--fail-under %s; expected an accuracy from 0 to 1", failUnder);
    }
  }

  int exitCode(StitchReport report, Console console) {
    if (failUnder == null) {
      return 0;
    }
    OptionalDouble best =
        report.results().stream()
            .filter(StitchReport.Result::stitched)
            .map(StitchReport.Result::method)
            .distinct()
            .flatMap(m -> report.stitched(m, Metric.ACCURACY).stream())
            .mapToDouble(Spread::mean)
            .max();
    if (best.isPresent() && best.getAsDouble() >= failUnder) {
      return 0;
    }
    console.warn(
        best.isPresent()
            ? String.format(
                Locale.ROOT,
                "the best stitched accuracy, %.3f, is under %s",
                best.getAsDouble(),
                failUnder)
            : "nothing was stitched, so no accuracy reaches " + failUnder);
    return ExitCode.NEGATIVE;
  }
}
