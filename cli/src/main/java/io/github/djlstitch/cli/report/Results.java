// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Setting;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.zoo.CacheCounts;
import io.github.djlstitch.zoo.StitchJob;
import java.util.Locale;

/**
 * A finished job and what is needed to print it.
 *
 * @param job what was asked for
 * @param outcome what came of it
 * @param setting where it ran and how it is shown
 * @param cache what was found there
 */
public record Results(
    StitchJob job, StitchJob.Outcome outcome, Setting setting, CacheCounts cache) {

  /** The measurements. */
  public StitchReport report() {
    return outcome.report();
  }

  /** Tells how long the parts took and what the cache saved, one line. */
  public String timings() {
    return String.format(
        Locale.ROOT,
        "encode %.1f s, fit %.1f s, evaluate %.1f s, total %.1f s; cache: %d hits, %d misses",
        outcome.encodeSeconds(),
        report().fitSeconds(),
        report().evaluateSeconds(),
        outcome.totalSeconds(),
        cache.hits(),
        cache.misses());
  }
}
