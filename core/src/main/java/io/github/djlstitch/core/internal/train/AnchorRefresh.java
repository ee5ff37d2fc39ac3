// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The anchors' latents (M, D) of the current network, without gradient: encoded again at the first
 * step of each epoch and at every k-th after it, so that a resumed training sees the same ones. One
 * for each training; not thread-safe.
 */
public final class AnchorRefresh implements AutoCloseable {
  private final int every;
  private @Nullable NDManager owner;
  private @Nullable NDArray latents;

  private AnchorRefresh(int every) {
    this.every = every;
  }

  /** Refreshes at every step, as the official code does. */
  public static AnchorRefresh always() {
    return new AnchorRefresh(1);
  }

  /** Refreshes at every k-th step, k at least 1. */
  public static AnchorRefresh every(int steps) {
    if (steps < 1) {
      throw StitchException.usage("anchors are encoded every %d steps, expected at least 1", steps);
    }
    return new AnchorRefresh(steps);
  }

  /**
   * The latents to use at a step.
   *
   * @param scope the step's manager; not the owner of what is returned
   * @param encode makes the anchors' latents; all that it makes belongs to the manager it is given
   * @return owned by this object, valid until the next call
   */
  public NDArray at(int step, NDManager scope, Function<NDManager, NDArray> encode) {
    NDArray known = latents; // (M, D)
    if (known != null && step % every != 0) {
      return known;
    }
    close();
    NDManager kept = scope.getParentManager().newSubManager();
    try (NDManager work = scope.newSubManager()) {
      NDArray fresh = encode.apply(work).stopGradient(); // (M, D)
      fresh.attach(kept);
      owner = kept;
      latents = fresh;
      return fresh;
    }
  }

  /** Frees the latents. */
  @Override
  public void close() {
    if (owner != null) {
      owner.close();
    }
    owner = null;
    latents = null;
  }
}
