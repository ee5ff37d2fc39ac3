// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.OptionalDouble;

/**
 * The objective that a training minimizes: a network and its loss, batch by batch. A full-batch
 * objective has one step an epoch; a batched one takes its rows from {@link EpochOrder}.
 *
 * <p>Everything that an implementation draws at random comes from (seed, epoch, step), never from a
 * state of its own, so that a training that was interrupted goes on as if it had not been. The
 * engine's generator is reseeded at the start of every epoch, for dropout and for noise.
 */
public interface Objective {
  /**
   * The initialized network; parameters that ask for no gradient (running statistics) are kept with
   * it but not changed by the optimizer. Several networks are given as the children of one block,
   * which need not be able to run itself.
   */
  Block network();

  /** Optimizer steps of one epoch, at least 1. */
  int steps();

  /**
   * The loss of one step, a scalar, in training mode; called inside a gradient collector.
   *
   * @param store hands out the parameters
   * @param scope owns everything made here and is closed after the step
   */
  NDArray loss(ParameterStore store, NDManager scope, int epoch, int step);

  /**
   * A score of the network in evaluation mode after an epoch, higher is better; decides about the
   * best epoch and about stopping early. Empty if there is none.
   *
   * @param scope owns everything made here
   */
  default OptionalDouble score(ParameterStore store, NDManager scope) {
    return OptionalDouble.empty();
  }
}
