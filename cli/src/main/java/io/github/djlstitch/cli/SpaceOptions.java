// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.decoders.HeadOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The relative space and the head on it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SpaceOptions {
  @Mixin AnchorOptions anchors;

  @Option(
      names = "--similarity",
      paramLabel = "NAME",
      defaultValue = "cosine",
      description =
          "What relative representations are made of: cosine, inner, euclidean, manhattan,"
              + " chebyshev or coordinates (default: ${DEFAULT-VALUE}).")
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
      description =
          "anchors (move each space to the mean of its anchors) or none"
              + " (default: ${DEFAULT-VALUE}).")
  String center;

  @Option(
      names = "--head",
      paramLabel = "KIND",
      defaultValue = "linear",
      description = "Kind of head: linear or mlp (default: ${DEFAULT-VALUE}).")
  String head;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Decides the anchors and the head (default: ${DEFAULT-VALUE}).")
  long seed;

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
}
