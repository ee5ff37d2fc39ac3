// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.util.regex.Pattern;

/** Checks names of files inside a repository, so that no path leaves its folder on any system. */
final class RepoFile {
  private static final int LONGEST = 512;
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\\..*)?");

  private RepoFile() {}

  /**
   * Returns the path if it is a relative one that stays below its folder.
   *
   * @throws StitchException (bad input) if it is not: such names come out of files, too
   */
  static String check(RepoId repo, String path) {
    boolean ok = path.length() <= LONGEST;
    for (String segment : path.split("/", -1)) {
      ok &= isPlain(segment);
    }
    if (!ok) {
      throw StitchException.badInput(
          "'%s' is not the name of a file inside %s; expected a relative path without '..'",
          Printable.of(path), repo);
    }
    return path;
  }

  /** Returns true for device names of Windows. */
  static boolean isDevice(String segment) {
    return DEVICE.matcher(segment).matches();
  }

  private static boolean isPlain(String segment) {
    return !segment.isEmpty()
        && !segment.endsWith(".") // also "." and "..", and what Windows would cut off
        && !segment.endsWith(" ")
        && !isDevice(segment)
        && segment.chars().noneMatch(RepoFile::isForbidden);
  }

  private static boolean isForbidden(int c) {
    return Character.isISOControl(c)
        || "\\:*?\"<>|".indexOf(c) >= 0
        || Character.isSurrogate((char) c);
  }
}
