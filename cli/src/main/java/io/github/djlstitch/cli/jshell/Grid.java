// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.jshell;

import io.github.djlstitch.cli.console.Setting;
import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.cli.report.Results;
import io.github.djlstitch.cli.report.StitchTables;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchJob;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a grid, which prints as tables.
 *
 * @param report the measurements
 * @param text the tables
 */
public record Grid(StitchReport report, String text) {
  static Grid run(ModelZoo zoo, String encoders) {
    return run(zoo, encoders, NameSelection.of(zoo).defaultDataset(zoo, encoders));
  }

  static Grid run(ModelZoo zoo, String encoders, String dataset) {
    List<String> names = NameSelection.of(zoo).reading(zoo, dataset).encoders(encoders);
    HeadOptions head = HeadOptions.defaults();
    var job =
        new StitchJob(
            names,
            names,
            dataset,
            dataset,
            DatasetOptions.defaults(),
            StitchDefaults.options(head.head()),
            head,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var outcome = job.run(zoo, zoo.options().progress());
    var results = new Results(job, outcome, Setting.PLAIN, zoo.cacheCounts());
    return new Grid(outcome.report(), new StitchTables(results).blocks().text(false));
  }

  @Override
  public String toString() {
    return "\n" + text;
  }
}
