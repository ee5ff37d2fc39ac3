// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Progress;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a grid, which prints as tables.
 *
 * @param report what was measured
 * @param text the tables
 */
public record Grid(StitchReport report, String text) {
  private static final int ANCHORS = 300;

  static Grid run(ModelZoo zoo, String encoders, String dataset) {
    List<String> names = NameSelection.of(zoo).encoders(encoders);
    HeadOptions head = HeadOptions.of(HeadOptions.Kind.LINEAR);
    var stitching =
        new StitchRunner.Options(
            List.of(Method.ABSOLUTE, Method.RELATIVE, Method.COORDINATES),
            Similarity.cosine(),
            Centering.ANCHORS,
            BridgeOptions.defaults(),
            StitchRunner.AnchorChoice.by(AnchorSelector.UNIFORM, ANCHORS),
            head.describe(),
            List.of(0L));
    var job =
        new StitchJob(
            names,
            names,
            dataset,
            dataset,
            DatasetOptions.defaults(),
            stitching,
            head,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var outcome = job.run(zoo, Progress.NONE);
    var results = new Results(job, outcome, Results.Setting.PLAIN, zoo.cacheCounts());
    return new Grid(outcome.report(), new ReportTables(results).text());
  }

  @Override
  public String toString() {
    return "\n" + text;
  }
}
