// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

/** Makes readable names of files in the cache, to which a digest is added. */
final class CacheName {
  private static final int LONGEST = 60;

  private CacheName() {}

  /** The end of a name, which may be a path, as part of a file's name. */
  static String of(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "_");
    String end = plain.substring(Math.max(0, plain.length() - LONGEST));
    return end.replaceFirst("^[^A-Za-z0-9]+", ""); // a leading dot would hide the file
  }
}
