// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

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

  /**
   * The same with what there is to tell about it just now, for example {@code loss 0.123}.
   *
   * @param detail empty if there is nothing
   */
  default void at(String task, String detail, long done, long total) {
    at(task, done, total);
  }
}
