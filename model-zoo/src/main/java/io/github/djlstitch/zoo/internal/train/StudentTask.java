// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.Arrays;

/**
 * Samples that a student learns from. Immutable but for the arrays, which nobody may change.
 *
 * @param samples all of them
 * @param labeled rows whose labels it sees
 * @param guided rows that it sees with the teacher's vectors, without labels
 * @param validation rows that decide about the best epoch
 * @param classes number of classes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StudentTask(
    TrainingInputs samples, int[] labeled, int[] guided, int[] validation, int classes) {

  /** Checks that there is something of each. */
  public StudentTask {
    if (labeled.length == 0 || guided.length == 0 || validation.length == 0) {
      throw StitchException.usage(
          "a student with %d labeled, %d guided and %d validation samples; expected at least 1"
              + " each",
          labeled.length, guided.length, validation.length);
    }
  }

  String describe() {
    String rows = Arrays.toString(labeled) + Arrays.toString(guided) + Arrays.toString(validation);
    return "rows=%s classes=%d data=%s"
        .formatted(Sha256.builder().add(rows).hex(), classes, samples.sha256());
  }
}
