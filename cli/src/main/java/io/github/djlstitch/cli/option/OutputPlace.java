// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Checks output files and folders before the work for them begins. */
public final class OutputPlace {
  private OutputPlace() {}

  /** Refuses a file without that ending, or whose folder can be neither written nor made. */
  public static void requireFile(String option, Path file, String ending) {
    Path name = file.getFileName();
    if (name == null || !name.toString().endsWith(ending)) {
      throw StitchException.usage("%s '%s' must end in %s", option, file, ending);
    }
    Path folder = file.toAbsolutePath().getParent();
    requireFolder(option, folder == null ? file : folder);
  }

  /** Refuses to write over a file that is read. */
  public static void requireOther(String option, Path file, Path... inputs) {
    for (Path input : inputs) {
      if (file.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize())) {
        throw StitchException.usage(
            "%s '%s' is a file that is read; choose another name", option, file);
      }
    }
  }

  /** Refuses a folder that exists, or cannot be made. */
  public static void requireNewFolder(String option, Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw StitchException.usage(
          "%s '%s' exists already; choose another name, or remove it first", option, folder);
    }
    requireFolder(option, folder);
  }

  /** Refuses a folder that can be neither written to nor made. */
  public static void requireFolder(String option, Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw StitchException.resources(
          "cannot write to '%s': '%s' is not a folder one may write to; choose another with %s",
          folder, existing, option);
    }
  }
}
