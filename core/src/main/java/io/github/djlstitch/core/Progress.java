// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

/** Receives the progress of a long job. */
@FunctionalInterface
public interface Progress {
  /** Ignores progress. */
  Progress NONE = (task, done, total) -> {};

  /**
   * Tells a fact before a step begins, for example how many bytes will be downloaded.
   *
   * @param line for people
   */
  default void say(String line) {}

  /**
   * Reports a completed step.
   *
   * @param task the job's name, for example {@code encode wordnet with minilm}
   * @param done units done so far
   * @param total units in all
   */
  void at(String task, long done, long total);

  /**
   * Reports a completed step with a detail, for example {@code loss 0.123}.
   *
   * @param detail may be empty
   */
  default void at(String task, String detail, long done, long total) {
    at(task, done, total);
  }
}
