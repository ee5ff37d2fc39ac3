// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Model files in the cache, each under the digest of its bytes, verified every time they are used.
 * Safe to share between processes: files appear complete or not at all.
 */
final class ArtifactStore {
  private static final int PREFIX = 16;

  private final Path folder;
  private final Consumer<String> warnings;

  ArtifactStore(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** The file of a class-path resource, unpacked if it is not in the cache yet. */
  Path file(EmbeddedCard.Resource resource) {
    return file(resource, path(resource));
  }

  /** The folder of resources that belong together, each unpacked under the end of its name. */
  Path folder(List<EmbeddedCard.Resource> resources) {
    Sha256 digest = Sha256.builder();
    resources.forEach(resource -> digest.add(resource.sha256()));
    Path together = folder.resolve(digest.hex().substring(0, PREFIX));
    resources.forEach(resource -> file(resource, together.resolve(end(resource.name()))));
    return together;
  }

  private static String end(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private Path file(EmbeddedCard.Resource resource, Path file) {
    if (Files.isRegularFile(file)) {
      if (digest(file).equals(resource.sha256())) {
        CacheFolder.touch(file);
        return file;
      }
      warnings.accept("cached file '" + file + "' is damaged; unpacking it again");
    }
    unpack(resource, file);
    return file;
  }

  /** Returns true if the file is in the cache, sound or damaged. */
  boolean holds(EmbeddedCard.Resource resource) {
    return Files.isRegularFile(path(resource));
  }

  /** Returns true if the resource is on the class path. */
  public static boolean isOnClassPath(EmbeddedCard.Resource resource) {
    return ArtifactStore.class.getClassLoader().getResource(resource.name()) != null;
  }

  /** The bytes of a card's files on the class path; 0 for one that is not there. */
  static long bytes(List<EmbeddedCard.Resource> files) {
    return files.stream().mapToLong(ArtifactStore::bytes).sum();
  }

  private static long bytes(EmbeddedCard.Resource resource) {
    URL place = ArtifactStore.class.getClassLoader().getResource(resource.name());
    try {
      return place == null ? 0 : Math.max(0, place.openConnection().getContentLengthLong());
    } catch (IOException e) {
      return 0;
    }
  }

  private Path path(EmbeddedCard.Resource resource) {
    return folder.resolve(resource.sha256().substring(0, PREFIX)).resolve(resource.name());
  }

  private static void unpack(EmbeddedCard.Resource resource, Path file) {
    AtomicFile.write(
        file,
        out -> {
          var digest = Sha256.newDigest();
          try (InputStream in = open(resource);
              var hashed = new DigestInputStream(in, digest)) {
            hashed.transferTo(out);
          }
          String found = HexFormat.of().formatHex(digest.digest());
          if (!found.equals(resource.sha256())) {
            throw StitchException.verification(
                "'%s' on the class path has sha256 %.12s but its card says %.12s; rebuild",
                resource.name(), found, resource.sha256());
          }
        });
  }

  private static InputStream open(EmbeddedCard.Resource resource) throws IOException {
    InputStream in = ArtifactStore.class.getClassLoader().getResourceAsStream(resource.name());
    if (in == null) {
      throw new FileNotFoundException("'" + resource.name() + "' is not on the class path");
    }
    return in;
  }

  private static String digest(Path file) {
    try {
      return Sha256.ofFile(file);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }
}
