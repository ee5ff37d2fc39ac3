// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.stitch.BridgeOptions;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the methods that keep some of the anchors only. */
@About(Topic.METHODS)
public final class PruningOptions {
  @Option(
      names = "--delta",
      paramLabel = "D",
      description =
          "Of irp-pruned and completions: least distance 1 - |cos| of the anchors they keep, 0 to 1"
              + " (default: chosen, with --omega, on the decoder's space).")
  @Nullable Double delta;

  @Option(
      names = "--omega",
      paramLabel = "N",
      defaultValue = "" + Subspaces.PUBLISHED_OMEGA,
      description = "Pruned subspaces to average, for a --delta (default: ${DEFAULT-VALUE}).")
  int omega;

  public BridgeOptions in(BridgeOptions bridges) {
    var distance = delta == null ? OptionalDouble.empty() : OptionalDouble.of(delta);
    return bridges.withPruning(distance, omega);
  }

  /** Returns true if a delta above 0 was given, so that anchors are pruned by it. */
  public boolean isGiven() {
    return delta != null && delta != 0;
  }
}
