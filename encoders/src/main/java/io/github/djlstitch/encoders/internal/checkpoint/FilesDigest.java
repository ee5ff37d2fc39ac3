// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Digests of files by name and content, each file read once as long as it does not change. */
final class FilesDigest {
  /** Raised whenever the same files come to give other vectors. */
  private static final int VERSION = 1;

  // Static, so that zoos of one process do not read the same hundreds of MB again; a digest follows
  // from the key alone, and an entry is small.
  private static final Map<Key, String> KNOWN = new ConcurrentHashMap<>();

  private record Key(Path file, long size, FileTime changed) {}

  private FilesDigest() {}

  /** Starts a digest with the reading and the files, in order of their names. */
  static Sha256 of(String reading, ModelFolder folder, Iterable<Path> files) {
    Map<String, Path> byName = new TreeMap<>();
    files.forEach(file -> byName.put(folder.nameOf(file), file));
    Sha256 digest = Sha256.builder().add("checkpoint").add(VERSION).add(reading);
    byName.forEach((name, file) -> digest.add(name).add(ofContent(file)));
    return digest;
  }

  private static String ofContent(Path file) {
    try {
      Path real = file.toRealPath();
      var key = new Key(real, Files.size(real), Files.getLastModifiedTime(real));
      return KNOWN.computeIfAbsent(key, k -> Sha256.ofInput(k.file()));
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }
}
