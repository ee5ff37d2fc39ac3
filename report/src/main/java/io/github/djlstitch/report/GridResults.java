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
 * @param labels how many test samples the classes have
 * @param anchors those of the first seed
 * @param seeds one for each run
 * @param device where encoders computed
 * @param numbers the type of number they computed in
 * @param scores each measurement
 * @param methods a summary of each method
 * @param curve accuracy by the number of anchors; empty if that was not asked for
 * @param costs of the methods that have stitched results
 * @param notes how it was done and what a reader is warned of, a line each
 */
public record GridResults(
    String version,
    Samples samples,
    Labels labels,
    AnchorSet anchors,
    List<Long> seeds,
    String device,
    String numbers,
    List<Score> scores,
    List<OfMethod> methods,
    List<OfAnchors> curve,
    List<OfCost> costs,
    List<String> notes) {

  /** Takes copies. */
  public GridResults {
    seeds = List.copyOf(seeds);
    scores = List.copyOf(scores);
    methods = List.copyOf(methods);
    curve = List.copyOf(curve);
    costs = List.copyOf(costs);
    notes = List.copyOf(notes);
  }

  /** A data set: its name, numbers of samples and classes, and digest. */
  public record Samples(String name, long train, long test, long classes, String sha256) {}

  /**
   * The labels of the test samples.
   *
   * @param majority accuracy of always answering the most frequent class
   * @param rarest number of samples of the class with the fewest
   * @param commonest number of samples of the class with the most
   * @param uneven true if those differ so much that macro F1 is shown beside accuracy
   */
  public record Labels(double majority, long rarest, long commonest, boolean uneven) {
    /** Rounds. */
    public Labels {
      majority = Rounded.fraction(majority);
    }
  }

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
      std = rounded(std);
    }
  }

  private static OptionalDouble rounded(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(Rounded.fraction(value.getAsDouble())) : value;
  }

  /**
   * The accuracies of a method.
   *
   * @param own of heads on their own encoders, untouched
   * @param stitched of heads that read an encoder they were not trained on
   * @param kept stitched as a share of own, of the same heads
   */
  public record Accuracies(Optional<Mean> own, Optional<Mean> stitched, OptionalDouble kept) {
    /** Rounds. */
    public Accuracies {
      kept = rounded(kept);
    }
  }

  /** The accuracies of a method and its macro F1, of heads on their own encoders and stitched. */
  public record OfMethod(
      String method, Accuracies accuracy, Optional<Mean> ownF1, Optional<Mean> stitchedF1) {}

  /** The accuracies of a method with so many anchors. */
  public record OfAnchors(int anchors, String method, Accuracies accuracy) {}

  /**
   * The cost of a method, means over its stitched results.
   *
   * @param paired samples that must be known in both spaces
   * @param numbers that its bridge consists of
   * @param condition how much the codec's inverse may amplify noise
   * @param mismatch distance of the two spaces' relative vectors of the anchors
   * @param expected accuracy, predicted from anchors alone
   * @param fitMillis to make it
   * @param applyMillis to apply it to the test samples
   */
  public record OfCost(
      String method,
      OptionalDouble paired,
      OptionalDouble numbers,
      OptionalDouble condition,
      OptionalDouble mismatch,
      OptionalDouble expected,
      OptionalDouble fitMillis,
      OptionalDouble applyMillis) {
    /** Rounds. */
    public OfCost {
      paired = rounded(paired);
      numbers = rounded(numbers);
      condition = rounded(condition);
      mismatch = rounded(mismatch);
      expected = rounded(expected);
      fitMillis = rounded(fitMillis);
      applyMillis = rounded(applyMillis);
    }
  }
}
