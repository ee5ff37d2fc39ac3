// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.OptionalDouble;

/**
 * Numbers that the methods read.
 *
 * @param lambda ridge weight of coordinates and ridge, above 0
 * @param delta least distance of anchors that pruned inverse relative projection keeps, from 0 to
 *     1; without, it is chosen with omega on the decoder's space alone
 * @param omega how many pruned subspaces are averaged, for a delta that is given
 * @param seed of the pruning
 */
public record BridgeOptions(double lambda, OptionalDouble delta, int omega, long seed) {
  /** Ridge weight of {@link Method#IRP_RIDGE}: that of the reference results. */
  static final double IRP_LAMBDA = 3;

  /** Singular values that {@link Method#IRP_TRUNCATED} keeps, relative to the largest. */
  static final double IRP_FLOOR = 0.1;

  private static final int PUBLISHED_OMEGA = 8;

  /** Checks the ranges. */
  public BridgeOptions {
    if (delta.isPresent() && !(delta.getAsDouble() >= 0 && delta.getAsDouble() <= 1)) {
      throw StitchException.usage("delta %s; expected a number from 0 to 1", delta.getAsDouble());
    }
    if (omega < 1) {
      throw StitchException.usage("omega %d; expected 1 or more subspaces", omega);
    }
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw StitchException.usage("lambda %s; expected a number above 0", lambda);
    }
  }

  /** With a ridge weight of 1, and pruning chosen on the space. */
  public static BridgeOptions defaults() {
    return new BridgeOptions(Similarity.DEFAULT_LAMBDA, OptionalDouble.empty(), PUBLISHED_OMEGA, 0);
  }

  /** With another ridge weight. */
  public BridgeOptions withLambda(double weight) {
    return new BridgeOptions(weight, delta, omega, seed);
  }

  /** With another pruning. */
  public BridgeOptions withPruning(OptionalDouble distance, int subspaces) {
    return new BridgeOptions(lambda, distance, subspaces, seed);
  }

  /** With another seed. */
  public BridgeOptions withSeed(long other) {
    return new BridgeOptions(lambda, delta, omega, other);
  }

  Subspaces prune(AnchoredSpace space, Centering centering) {
    return delta.isPresent()
        ? Subspaces.prune(space, centering, delta.getAsDouble(), omega, seed)
        : Subspaces.automatic(space, centering, seed);
  }
}
