// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

/** Hears how far a long job has come. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (task, done, total) -> {};

  /**
   * A step was made.
   *
   * @param task what is being done, for example {@code encode wordnet with minilm}
   * @param done units done so far
   * @param total units in all
   */
  void at(String task, long done, long total);
}
