// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.stitch.StitchDefaults;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The comparison that makes vectors relative. */
@About(Topic.RELATIVE)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SimilarityOptions {
  static final String AUTOMATIC = "auto";

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--similarity",
      paramLabel = "NAME",
      defaultValue = StitchDefaults.SIMILARITY,
      completionCandidates = Words.Similarities.class,
      description =
          "What relative representations are made of: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  String similarity;

  @Option(
      names = "--order",
      paramLabel = "P",
      defaultValue = "" + Similarity.DEFAULT_ORDER,
      description = "Order of minkowski, at least 1 (default: ${DEFAULT-VALUE}).")
  double order;

  @Option(
      completionCandidates = Words.Automatic.class,
      names = "--gamma",
      paramLabel = "G|auto",
      defaultValue = AUTOMATIC,
      description =
          "Width of rbf, exp(-G d^2); auto is one over the anchors' median squared distance"
              + " (default: ${DEFAULT-VALUE}).")
  String gamma;

  @Option(
      names = "--neighbors",
      paramLabel = "K",
      defaultValue = "" + Similarity.DEFAULT_NEIGHBORS,
      description =
          "Nearest vectors that each is joined to in the graph of geodesic, 1 to "
              + Similarity.MOST_NEIGHBORS
              + " (default: ${DEFAULT-VALUE}).")
  int neighbors;

  @Option(
      names = "--positive-distances",
      description = "Leave distances as they are, not negated; larger then means farther.")
  boolean positive;

  @Option(
      completionCandidates = Words.Centers.class,
      names = "--center",
      paramLabel = "WHERE",
      defaultValue = StitchDefaults.CENTERING,
      description =
          "What is the origin of each space: anchors (their mean), data (that of all its training"
              + " samples) or none, as the encoder has it (default: ${DEFAULT-VALUE}).")
  String center;

  /** The one similarity, with the ridge weight of another option. */
  Similarity of(@Nullable String lambda) {
    return of(similarity, lambda);
  }

  /** Those of a comma list. */
  List<Similarity> list(@Nullable String lambda) {
    return names().map(name -> of(name, lambda)).toList();
  }

  private Stream<String> names() {
    return Stream.of(similarity.split(",", -1)).map(String::strip);
  }

  private Similarity of(String name, @Nullable String lambda) {
    double parameter =
        switch (Similarity.kind(name)) {
          case COORDINATES ->
              lambda == null ? Similarity.DEFAULT_LAMBDA : number("--lambda", lambda);
          case MINKOWSKI -> order;
          case RBF -> number("--gamma", gamma);
          case GEODESIC -> neighbors(neighbors);
          default -> Similarity.AUTO;
        };
    var named = Similarity.named(name, parameter);
    return positive && named.kind().distance() ? named.positive() : named;
  }

  /** Returns the kind of the one similarity. */
  Similarity.Kind kind() {
    return Similarity.kind(similarity);
  }

  /** Refuses options that none of the similarities reads. */
  void requireTogether() {
    List<Similarity.Kind> kinds = names().map(Similarity::kind).toList();
    require("--order", kinds.contains(Similarity.Kind.MINKOWSKI), "--similarity minkowski");
    require("--gamma", kinds.contains(Similarity.Kind.RBF), "--similarity rbf");
    require("--neighbors", kinds.contains(Similarity.Kind.GEODESIC), "--similarity geodesic");
    boolean distance = kinds.stream().anyMatch(Similarity.Kind::distance);
    require("--positive-distances", distance, "a --similarity that is a distance");
  }

  private void require(String option, boolean there, String what) {
    if (!there && spec.commandLine().getParseResult().hasMatchedOption(option)) {
      throw StitchException.usage("%s needs %s", option, what);
    }
  }

  Centering centering() {
    return Centering.named(center);
  }

  private static double neighbors(int k) {
    if (k < 1 || k > Similarity.MOST_NEIGHBORS) {
      throw StitchException.usage("--neighbors %d; expected 1 to %d", k, Similarity.MOST_NEIGHBORS);
    }
    return k;
  }

  /** A number above 0, or automatic. */
  static double number(String option, String text) {
    if (text.equals(AUTOMATIC)) {
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
}
