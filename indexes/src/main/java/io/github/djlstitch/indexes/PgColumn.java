// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A column of a binary copy, which has no names: {@code 0}, or {@code 0:int8} with its type.
 *
 * @param position from 0
 * @param type of ids, if it is given
 */
record PgColumn(int position, Optional<PgType> type) {
  /**
   * Reads a column.
   *
   * @throws StitchException (usage) if it is none
   */
  static PgColumn parse(String text) {
    int colon = text.indexOf(':');
    String position = colon < 0 ? text : text.substring(0, colon);
    if (!position.matches("[0-9]{1,4}")) {
      throw StitchException.usage(
          "columns of a binary copy are numbers from 0, but --columns has '%s'; write id=0,vector=1"
              + " or id=0:uuid,vector=1",
          Printable.of(text));
    }
    return new PgColumn(Integer.parseInt(position), type(text, colon));
  }

  private static Optional<PgType> type(String text, int colon) {
    if (colon < 0) {
      return Optional.empty();
    }
    String wanted = text.substring(colon + 1);
    Optional<PgType> type =
        Arrays.stream(PgType.values()).filter(value -> value.id().equals(wanted)).findFirst();
    List<String> names = Arrays.stream(PgType.values()).map(Named::id).toList();
    if (type.isEmpty()) {
      throw StitchException.usage(
          "--columns '%s': there is no type of ids '%s'; %sexpected one of %s",
          Printable.of(text),
          Printable.of(wanted),
          NearestName.hint(wanted, names),
          String.join(", ", names));
    }
    return type;
  }
}
