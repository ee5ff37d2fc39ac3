// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import java.util.List;

/**
 * One experiment of the papers. A run uses only the lab's data, encoders and seeds. Equal settings
 * give equal findings; long work is kept in the zoo's cache, so that an interrupted run resumes.
 *
 * <p>Implementations are stateless, final and registered in {@link Experiments}.
 */
public interface Experiment {
  /** Describes the experiment. */
  Card card();

  /** Runs the experiment. */
  Findings run(Lab lab);

  /**
   * The description of an experiment.
   *
   * @param id its name on the command line, after the paper's table or figure
   * @param aliases other tables and figures of the paper that the same run gives
   * @param title its subject, at most 50 characters
   * @param source the paper, its table or figure and section
   * @param method the method used here, in sentences
   * @param data its data sets: the paper's first, then substitutes
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
