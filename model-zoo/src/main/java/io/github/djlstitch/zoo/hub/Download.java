// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.WriteFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files from anywhere on the public Internet, whose checksum and size are known beforehand. Only
 * {@code https}, no bare IP addresses, nothing on a private network, whatever redirects say.
 * Thread-safe.
 */
public final class Download {
  private final HubOptions options;
  private final Pause pause;
  private final @Nullable Web web; // none when offline

  private Download(HubOptions options, Pause pause, @Nullable Web web) {
    this.options = options;
    this.pause = pause;
    this.web = web;
  }

  /** Downloads with the offline switch, timeouts and listeners of those options. */
  public static Download open(HubOptions options) {
    return open(options, Pause.SLEEP);
  }

  static Download open(HubOptions options, Pause pause) {
    return new Download(options, pause, options.offline() ? null : new Web(options));
  }

  /**
   * A file, downloaded unless it is there already with these bytes.
   *
   * @param source where it is published
   * @param sha256 64 lower-case hexadecimal digits
   * @param size bytes
   * @param target where it is kept; appears whole or not at all
   * @return the target
   * @throws StitchException (unavailable) if it cannot be had, (verification) if it has other
   *     bytes, (resources) if it cannot be kept
   */
  public Path file(URI source, String sha256, long size, Path target) {
    var checksum = new Checksum(sha256);
    if (isKept(target, checksum)) {
      return target;
    }
    String name = String.valueOf(target.getFileName());
    if (web == null) {
      throw StitchException.unavailable(
          "'%s' is not there with sha256 %.12s, and this run is offline; run once without --offline",
          target, sha256);
    }
    try (var part = PartialFile.create(new Disk(), name, target, checksum, size)) {
      new Transfer(web, pause, options).fill(part, source);
      part.commit(target);
      return target;
    } catch (IOException e) {
      throw StitchException.unavailable(
              "cannot download '%s' from '%s': %s", name, Urls.shown(source), e.getMessage())
          .because(e);
    }
  }

  private boolean isKept(Path target, Checksum checksum) {
    try {
      if (!Files.isRegularFile(target)) {
        return false;
      }
      boolean sound = checksum.matches(target);
      if (!sound) {
        options.warnings().accept("'" + target + "' is damaged; downloading it again");
      }
      return sound;
    } catch (IOException e) {
      throw StitchException.resources("cannot read '%s': %s", target, WriteFailure.reason(e))
          .because(e);
    }
  }
}
