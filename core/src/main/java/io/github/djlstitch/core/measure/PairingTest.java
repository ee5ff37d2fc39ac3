// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Tests if two spaces are aligned: if their pairing brings them closer than random ones do, by all
 * measures together.
 *
 * <p>Measures that compare coordinates count only if there is no other: two spaces whose axes have
 * nothing in common may be aligned all the same. Of n p-values the k-th smallest, k = n/2 rounded
 * up, times n/k is itself a valid p-value however the measures depend on each other (Rüger 1978;
 * Vovk and Wang 2020, arXiv:1212.4966), so more measures do not mean more false alarms.
 */
public final class PairingTest {
  /** Spaces are aligned if the common p-value is at most this. */
  public static final double LEVEL = .05;

  /** With fewer permutations the common p-value may never get down to {@link #LEVEL}. */
  public static final int FEWEST_PERMUTATIONS = 39;

  private PairingTest() {}

  /** Combines the p-values of all tests; empty if there is none. */
  public static OptionalDouble pValue(List<Measured> measured) {
    List<Measured> tested = measured.stream().filter(m -> m.chance().isPresent()).toList();
    List<Measured> own =
        tested.stream().filter(m -> !m.measure().kind().needsSharedFrame()).toList();
    double[] values =
        (own.isEmpty() ? tested : own)
            .stream().mapToDouble(m -> m.chance().orElseThrow().pValue()).sorted().toArray();
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    int k = (values.length + 1) / 2;
    return OptionalDouble.of(Math.min(1, values[k - 1] * values.length / k));
  }

  /**
   * Refuses a number of permutations too small for a verdict.
   *
   * @throws StitchException (usage) unless it is 0 or at least {@link #FEWEST_PERMUTATIONS}
   */
  public static void requireEnough(int permutations) {
    if (permutations != 0 && permutations < FEWEST_PERMUTATIONS) {
      throw StitchException.usage(
          "%d permutations; expected 0, for no test, or at least %d, to tell p %s from chance",
          permutations, FEWEST_PERMUTATIONS, LEVEL);
    }
  }
}
