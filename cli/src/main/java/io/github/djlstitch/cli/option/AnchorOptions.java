// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the number and choice of anchors. */
@About(Topic.ANCHORS)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AnchorOptions {
  private static final String ANCHORS = "--anchors";

  @Completed(path = true)
  @Option(
      names = ANCHORS,
      paramLabel = "N|FILE",
      defaultValue = "" + StitchDefaults.ANCHORS,
      description =
          "How many samples serve as anchors, or a file of them: a .json of 'stitch anchors', or"
              + " ids, one a line (default: ${DEFAULT-VALUE}).")
  String anchors;

  @Mixin AnchorWays ways;

  /**
   * The choice that the options describe; a file of anchors is read.
   *
   * @throws StitchException (usage) for a number below 1; (bad input) for a file that is none of
   *     anchors
   */
  public AnchorChoice choice() {
    return ways.choice(ANCHORS, anchors);
  }

  /**
   * The number of anchors; empty for a file.
   *
   * @throws StitchException (usage) for a number below 1, or one that is too large
   */
  public OptionalInt count() {
    return AnchorWays.count(ANCHORS, anchors);
  }

  public Optional<String> from() {
    return ways.from();
  }
}
