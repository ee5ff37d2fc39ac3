// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;

/**
 * The rule for ids, the same in every format, so that every id that is read can be written: 1 to
 * {@value #LONGEST} characters of valid Unicode without line breaks and NUL.
 */
final class RowId {
  /** Most UTF-16 characters. */
  static final int LONGEST = 4096;

  private RowId() {}

  /**
   * Checks an id and returns it.
   *
   * @param where the file and row, for the message
   * @throws StitchException (bad input) if it breaks the rule
   */
  static String check(String where, String id) {
    int length = id.length();
    if (length == 0 || length > LONGEST) {
      throw StitchException.badInput(
          "%s: an id needs 1 to %d characters but has %d", where, LONGEST, length);
    }
    for (int i = 0; i < length; i++) {
      char c = id.charAt(i);
      if (c == '\n' || c == '\r' || c == 0) {
        throw bad(where, id, "has a line break or NUL");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(id.charAt(i + 1));
        if (!pair) {
          throw bad(where, id, "has half a surrogate pair");
        }
        i++;
      }
    }
    return id;
  }

  private static StitchException bad(String where, String id, String what) {
    return StitchException.badInput(
        "%s: the id '%s' %s, which not every index can keep; change it first",
        where, Printable.of(id), what);
  }
}
