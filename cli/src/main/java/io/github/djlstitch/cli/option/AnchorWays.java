// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The ways to choose anchors, for the option that gives their number or a file of them. */
@About(Topic.ANCHORS)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnchorWays {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      completionCandidates = Words.Strategies.class,
      names = "--anchor-strategy",
      paramLabel = "NAME",
      defaultValue = StitchDefaults.STRATEGY,
      description = {
        "How anchors are chosen: uniform, stratified, fps, fps-euclidean, kmeans,",
        "kmeans-mean[:SAMPLES], top[:SKIP] or leverage",
        "(default: ${DEFAULT-VALUE})."
      })
  AnchorSelector strategy;

  @Completed(path = true)
  @Option(
      completionCandidates = Words.Data.class,
      names = "--anchors-from",
      paramLabel = "DATA",
      description = "Choose them from the train samples of this data set, not from --dataset.")
  @Nullable String from;

  /**
   * The choice that an option and these describe; a file of anchors is read.
   *
   * @param option the option that gives the anchors
   * @param anchors its value
   * @throws StitchException (usage) for a number below 1; (bad input) for a file that is none of
   *     anchors
   */
  AnchorChoice choice(String option, String anchors) {
    OptionalInt count = count(option, anchors);
    if (count.isPresent()) {
      return AnchorChoice.by(strategy, count.getAsInt());
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--anchor-strategy")) {
      throw StitchException.usage(
          "--anchor-strategy needs a number of %s, but '%s' lists them; drop it", option, anchors);
    }
    return AnchorChoice.fixed(Anchors.load(Path.of(anchors)));
  }

  /**
   * The number of anchors; empty for a file.
   *
   * @throws StitchException (usage) for a number below 1, or one that is too large
   */
  static OptionalInt count(String option, String anchors) {
    if (!anchors.matches("-?[0-9]+")) {
      return OptionalInt.empty();
    }
    if (!anchors.matches("0*[1-9][0-9]{0,8}")) {
      throw StitchException.usage(
          "%s %s; expected a number from 1 to 999999999, or a file", option, anchors);
    }
    return OptionalInt.of(Integer.parseInt(anchors));
  }

  Optional<String> from() {
    return Optional.ofNullable(from);
  }
}
