// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.zoo.CacheCounts;
import java.util.Locale;

/** A finished job and what is needed to print it. */
record Results(StitchJob job, StitchJob.Outcome outcome, Setting setting, CacheCounts cache) {

  /** Where a job ran and how it is shown. */
  record Setting(String device, String numbers, boolean colored, boolean detailed) {
    static final Setting PLAIN = new Setting("auto", "float32", false, false);
  }

  StitchReport report() {
    return outcome.report();
  }

  String timings() {
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
