// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Explains in words why a file could not be written. */
public final class WriteFailure {
  private WriteFailure() {}

  /** The failure of writing {@code target}, whatever the cause. */
  public static StitchException of(Path target, IOException cause) {
    return StitchException.resources(
            "cannot write '%s': %s; choose another folder or make this one writable with room to"
                + " spare",
            target, reason(cause))
        .because(cause);
  }

  /** The bare reason: the JDK puts the path in front of some messages and gives others none. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof ClosedByInterruptException) {
      return "interrupted";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return "'" + exists.getFile() + "' is not a folder";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
