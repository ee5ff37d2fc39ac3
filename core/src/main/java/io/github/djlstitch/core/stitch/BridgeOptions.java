// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.OptionalDouble;

/**
 * Numbers that the methods read.
 *
 * @param lambda ridge weight of the methods that have one, above 0; without, each takes its {@link
 *     Method#defaultLambda}
 * @param delta least distance of anchors that pruned inverse relative projection keeps, from 0 to
 *     1; without, it is chosen with omega on the decoder's space alone
 * @param omega how many pruned subspaces are averaged, for a delta that is given
 * @param seed of the pruning
 */
public record BridgeOptions(OptionalDouble lambda, OptionalDouble delta, int omega, long seed) {
  /** Checks the ranges. */
  public BridgeOptions {
    if (delta.isPresent() && !(delta.getAsDouble() >= 0 && delta.getAsDouble() <= 1)) {
      throw StitchException.usage("delta %s; expected a number from 0 to 1", delta.getAsDouble());
    }
    if (omega < 1) {
      throw StitchException.usage("omega %d; expected 1 or more subspaces", omega);
    }
    if (lambda.isPresent() && !isWeight(lambda.getAsDouble())) {
      throw StitchException.usage("lambda %s; expected a number above 0", lambda.getAsDouble());
    }
  }

  private static boolean isWeight(double lambda) {
    return lambda > 0 && Double.isFinite(lambda);
  }

  /** With each method's own ridge weight, and pruning chosen on the space. */
  public static BridgeOptions defaults() {
    return new BridgeOptions(
        OptionalDouble.empty(), OptionalDouble.empty(), Subspaces.PUBLISHED_OMEGA, 0);
  }

  /** With a ridge weight for every method that has one. */
  public BridgeOptions withLambda(double weight) {
    return withLambda(OptionalDouble.of(weight));
  }

  /** With a ridge weight for every method that has one, or each with its own. */
  public BridgeOptions withLambda(OptionalDouble weight) {
    return new BridgeOptions(weight, delta, omega, seed);
  }

  /**
   * The ridge weight of a method: what was given, else the method's own.
   *
   * @throws IllegalArgumentException if the method has none
   */
  public double lambda(Method method) {
    double own =
        method.defaultLambda().orElseThrow(() -> new IllegalArgumentException(method.id()));
    return lambda.orElse(own);
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
