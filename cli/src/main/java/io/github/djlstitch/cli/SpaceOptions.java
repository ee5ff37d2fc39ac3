// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.decoders.HeadOptions;
import java.util.Iterator;
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
      completionCandidates = Similarities.class,
      description =
          "What relative representations are made of: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  String similarity;

  @Option(
      names = "--lambda",
      paramLabel = "L|auto",
      defaultValue = "1",
      description =
          "Ridge weight of coordinates and ridge (default: ${DEFAULT-VALUE}). auto: the similarity"
              + " coordinates chooses it from its anchors by leave-one-out; methods use 1.")
  String lambda;

  @Option(
      names = "--order",
      paramLabel = "P",
      defaultValue = "3",
      description = "Order of minkowski, at least 1 (default: ${DEFAULT-VALUE}).")
  double order;

  @Option(
      names = "--gamma",
      paramLabel = "G|auto",
      defaultValue = "auto",
      description =
          "Width of rbf, exp(-G d^2); auto is one over the anchors' median squared distance"
              + " (default: ${DEFAULT-VALUE}).")
  String gamma;

  @Option(
      names = "--positive-distances",
      description = "Leave distances as they are, not negated; larger then means farther.")
  boolean positive;

  @Option(
      names = "--center",
      paramLabel = "WHERE",
      defaultValue = "anchors",
      description =
          "anchors (move each space to the mean of its anchors), data (of all its training"
              + " samples) or none (default: ${DEFAULT-VALUE}).")
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

  @Option(
      names = "--l2",
      paramLabel = "W",
      defaultValue = "3e-5",
      description =
          "L2 weight of the linear head; larger heads fit less and often stitch better"
              + " (default: ${DEFAULT-VALUE}).")
  double l2;

  @Option(names = "--balanced", description = "Let every class weigh the same in training.")
  boolean balanced;

  Similarity similarity() {
    double parameter =
        switch (Similarity.kind(similarity)) {
          case COORDINATES -> number("--lambda", lambda);
          case MINKOWSKI -> order;
          case RBF -> number("--gamma", gamma);
          default -> Similarity.AUTO;
        };
    var named = Similarity.named(similarity, parameter);
    return positive ? named.positive() : named;
  }

  /** Ridge weight of the methods. */
  double lambda() {
    double number = number("--lambda", lambda);
    return number == Similarity.AUTO ? Similarity.DEFAULT_LAMBDA : number;
  }

  private static double number(String option, String text) {
    if (text.equals("auto")) {
      return Similarity.AUTO;
    }
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other text that is not a number above 0.
    }
    throw StitchException.usage("%s %s; expected a number above 0, or auto", option, text);
  }

  /** All similarities, for help and completion. */
  static final class Similarities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Similarity.ids().iterator();
    }
  }

  Centering centering() {
    return Centering.named(center);
  }

  HeadOptions head() {
    return HeadOptions.of(HeadOptions.Kind.named(head)).withBalanced(balanced).withL2(l2);
  }
}
