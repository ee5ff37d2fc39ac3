// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import java.util.List;

/**
 * One experiment of the papers. Its run uses only what the lab gives: data, encoders, seeds. The
 * same lab settings give the same findings; work that takes long is kept in the zoo's cache as it
 * is done, so that an interrupted run goes on where it was.
 *
 * <p>Implementations are stateless, final and registered in {@link Experiments}.
 */
public interface Experiment {
  /** What it is. */
  Card card();

  /** Runs it. */
  Findings run(Lab lab);

  /**
   * What an experiment is.
   *
   * @param id what it is called on the command line, after the paper's table or figure
   * @param aliases other tables and figures of the paper that the same run gives
   * @param title what it shows, at most 50 characters
   * @param source the paper, its table or figure and section
   * @param method how it is done here, sentences
   * @param data what it reads: the paper's first, then what serves instead
   * @param minutes about how long a default run takes on 2 cores
   */
  record Card(
      String id,
      List<String> aliases,
      String title,
      String source,
      String method,
      String data,
      int minutes) {
    /** Takes a copy. */
    public Card {
      aliases = List.copyOf(aliases);
    }
  }
}
