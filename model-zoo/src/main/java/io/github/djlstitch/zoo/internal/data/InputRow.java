// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to classify, and what is printed beside the answer.
 *
 * @param at its place, for messages
 * @param columns all columns of its row, in their order
 * @param input null if it is blank and such rows are passed over
 * @param label its true class, if it is known
 */
public record InputRow<I>(
    String at, List<Column> columns, @Nullable I input, @Nullable String label) {

  /**
   * A column of a row.
   *
   * @param json whether the value is a JSON value and no text
   */
  public record Column(String name, String value, boolean json) {}
}
