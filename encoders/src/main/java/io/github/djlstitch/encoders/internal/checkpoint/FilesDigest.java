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

/**
 * Digests of files by name and content, each file read once as long as it does not change.
 * Thread-safe.
 */
final class FilesDigest {
  /** Part of every digest; raise it when the same files give other vectors. */
  private static final int VERSION = 2;

  private final Map<Key, String> known = new ConcurrentHashMap<>();

  private record Key(Path file, long size, FileTime changed) {}

  /** Starts a digest with the reading and the files, in order of their names. */
  Sha256 of(String reading, ModelFolder folder, Iterable<Path> files) {
    Map<String, Path> byName = new TreeMap<>();
    files.forEach(file -> byName.put(folder.nameOf(file), file));
    Sha256 digest = Sha256.builder().add("checkpoint").add(VERSION).add(reading);
    byName.forEach((name, file) -> digest.add(name).add(ofContent(file)));
    return digest;
  }

  private String ofContent(Path file) {
    try {
      Path real = file.toRealPath();
      var key = new Key(real, Files.size(real), Files.getLastModifiedTime(real));
      return known.computeIfAbsent(key, k -> Sha256.ofInput(k.file()));
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }
}
