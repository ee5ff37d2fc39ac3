// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.decoders.HeadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The relative space and the head on it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SpaceOptions {
  @Option(
      names = "--anchors",
      paramLabel = "N|FILE",
      defaultValue = "300",
      description = "How many, or a file of sample ids, one a line (default: ${DEFAULT-VALUE}).")
  String anchors;

  @Option(
      names = "--anchor-strategy",
      paramLabel = "NAME",
      defaultValue = "uniform",
      description = "uniform or stratified (default: ${DEFAULT-VALUE}).")
  String strategy;

  @Option(
      names = "--similarity",
      paramLabel = "NAME",
      defaultValue = "cosine",
      description = {
        "Of relative representations: cosine, inner, euclidean,",
        "manhattan, chebyshev, coordinates (default: ${DEFAULT-VALUE})."
      })
  String similarity;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      defaultValue = "1",
      description = "Ridge weight of coordinates and ridge (default: ${DEFAULT-VALUE}).")
  double lambda;

  @Option(
      names = "--center",
      paramLabel = "WHERE",
      defaultValue = "anchors",
      description = "anchors: move each space to the mean of its anchors; or none.")
  String center;

  @Option(
      names = "--head",
      paramLabel = "KIND",
      defaultValue = "linear",
      description = "linear or mlp (default: ${DEFAULT-VALUE}).")
  String head;

  @Option(names = "--balanced", description = "Let every class weigh the same in training.")
  boolean balanced;

  Similarity similarity() {
    return Similarity.named(similarity, lambda());
  }

  double lambda() {
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw StitchException.usage("--lambda %s; expected a number above 0", lambda);
    }
    return lambda;
  }

  Centering centering() {
    return Centering.named(center);
  }

  HeadOptions head() {
    return HeadOptions.of(HeadOptions.Kind.named(head)).withBalanced(balanced);
  }

  AnchorChoice anchors() {
    AnchorSelector selector = selector();
    if (!anchors.matches("[0-9]{1,9}")) {
      return AnchorChoice.fixed(fromFile(Path.of(anchors)));
    }
    return AnchorChoice.by(selector, Integer.parseInt(anchors));
  }

  private AnchorSelector selector() {
    List<String> known = Arrays.stream(AnchorSelector.values()).map(AnchorSelector::id).toList();
    return Arrays.stream(AnchorSelector.values())
        .filter(s -> s.id().equals(strategy))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no anchor strategy '%s'; %sknown: %s",
                    strategy, NearestName.hint(strategy, known), String.join(", ", known)));
  }

  private static Anchors fromFile(Path file) {
    try {
      List<String> ids = Files.readAllLines(file).stream().filter(id -> !id.isBlank()).toList();
      if (ids.isEmpty()) {
        throw StitchException.badInput("'%s' lists no anchors; one sample id a line", file);
      }
      if (ids.stream().distinct().count() < ids.size()) {
        throw StitchException.badInput("'%s' lists an anchor twice; ids must be unique", file);
      }
      return new Anchors(ids, "file", 0);
    } catch (IOException e) {
      throw StitchException.badInput(
              "--anchors '%s' is neither a number nor a file that can be read", file)
          .because(e);
    }
  }
}
