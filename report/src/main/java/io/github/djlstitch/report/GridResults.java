// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The results of the root command as its page shows them. A run and the file that it writes give
 * the same value, so that their pages agree: accuracies have the six digits that files have.
 *
 * @param version of the program
 * @param samples what was classified
 * @param anchors those of the first seed
 * @param seeds one for each run
 * @param device where encoders computed
 * @param numbers the type of number they computed in
 * @param scores each measurement
 * @param methods a summary of each method
 * @param curve accuracy by the number of anchors; empty if that was not asked for
 */
public record GridResults(
    String version,
    Samples samples,
    AnchorSet anchors,
    List<Long> seeds,
    String device,
    String numbers,
    List<Score> scores,
    List<OfMethod> methods,
    List<OfAnchors> curve) {

  /** Takes copies. */
  public GridResults {
    seeds = List.copyOf(seeds);
    scores = List.copyOf(scores);
    methods = List.copyOf(methods);
    curve = List.copyOf(curve);
  }

  /** A data set: its name, numbers of samples and classes, and digest. */
  public record Samples(String name, long train, long test, long classes, String sha256) {}

  /** Anchors: how many, how they were chosen, and their digest. */
  public record AnchorSet(long count, String strategy, String sha256) {}

  /** The accuracy of one encoder plugged into one head by one method with one seed. */
  public record Score(String encoder, String decoder, String method, double accuracy) {
    /** Rounds. */
    public Score {
      accuracy = Rounded.fraction(accuracy);
    }
  }

  /** A mean over pairs and seeds, and the standard deviation of more than one. */
  public record Mean(double mean, OptionalDouble std) {
    /** Rounds. */
    public Mean {
      mean = Rounded.fraction(mean);
      std = std.isPresent() ? OptionalDouble.of(Rounded.fraction(std.getAsDouble())) : std;
    }
  }

  /**
   * The accuracy of a method.
   *
   * @param stitched by heads that read an encoder they were not trained on
   * @param matched by heads that read their own
   * @param chance the accuracy of guessing
   */
  public record OfMethod(
      String method, Optional<Mean> stitched, Optional<Mean> matched, double chance) {
    /** Rounds. */
    public OfMethod {
      chance = Rounded.fraction(chance);
    }
  }

  /** The accuracy of a method with so many anchors. */
  public record OfAnchors(
      int anchors, String method, Optional<Mean> stitched, Optional<Mean> matched) {}
}
