// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.StitchJob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Numbers of anchors for which the grid is run besides that of {@code --anchors}. */
@About(Topic.ANCHORS)
public final class CurveOptions {
  @Option(
      names = "--curve",
      paramLabel = "N,N,...",
      description =
          "Also run the grid for each of these numbers of anchors, at least 2, and show accuracy"
              + " by them; with --out, also as curve.csv, curve.svg and curve.png.")
  @Nullable String curve;

  /** The requested curve; the rest of the report is that of {@code --anchors}. */
  public Optional<StitchJob.Curve> plan(AnchorOptions anchors) {
    if (curve == null) {
      return Optional.empty();
    }
    int shown =
        anchors
            .count()
            .orElseThrow(
                () ->
                    StitchException.usage(
                        "--curve chooses its anchors by --anchor-strategy and so cannot be given"
                            + " with --anchors '%s'; drop one of the two",
                        anchors.anchors));
    return Optional.of(new StitchJob.Curve(anchors.ways.strategy, counts(curve), shown));
  }

  private static List<Integer> counts(String text) {
    List<String> parts = Stream.of(text.split(",", -1)).map(String::strip).toList();
    boolean whole = parts.stream().allMatch(part -> part.matches("0*[1-9][0-9]{0,8}"));
    List<Integer> counts =
        whole
            ? parts.stream().map(Integer::valueOf).distinct().sorted().toList()
            : List.<Integer>of();
    if (counts.size() < 2) {
      throw StitchException.usage(
          "--curve '%s'; expected at least 2 different numbers of anchors above 0, for example"
              + " 10,30,100,300",
          text);
    }
    return counts;
  }
}
