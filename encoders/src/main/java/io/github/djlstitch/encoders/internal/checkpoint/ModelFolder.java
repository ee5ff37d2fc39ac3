// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model's folder. Its files may be symbolic links, as they are in the cache of the Hub; names
 * that come out of files must not lead out of it.
 */
final class ModelFolder {
  private static final int LARGEST_JSON = 64 << 20;

  private final Path root;
  private final Path folder;

  private ModelFolder(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  static ModelFolder open(Path folder) {
    if (Files.isRegularFile(folder)) {
      throw notFolder(folder);
    }
    if (!Files.isDirectory(folder)) {
      throw StitchException.badInput("there is no model folder '%s'; check the path", folder);
    }
    return new ModelFolder(folder, folder);
  }

  private static StitchException notFolder(Path file) {
    String hint =
        ForeignFormat.of(file)
            .map(f -> " (and is " + f.description() + ", which is never run; " + f.advice() + ")")
            .orElse("");
    return StitchException.badInput(
        "'%s' must be a model folder but is a file%s; give the folder with config.json",
        file, hint);
  }

  /** A folder within it, by a path that a file of the model gives; empty for this one. */
  ModelFolder within(String path, Path source) {
    String[] parts = path.split("/", -1);
    for (String part : parts) {
      boolean plain = part.matches("[\\w][\\w. -]*");
      if (!path.isEmpty() && !plain) {
        throw StitchException.badInput(
            "'%s' names the path '%s', expected a folder beside it", source, Printable.of(path));
      }
    }
    Path inner = path.isEmpty() ? folder : folder.resolve(path);
    if (!Files.isDirectory(inner)) {
      throw StitchException.badInput(
          "'%s' names the folder '%s', which is missing; get it too", source, Printable.of(path));
    }
    return new ModelFolder(root, inner);
  }

  /** Returns a file's path; the file need not exist. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Tests for a file of that name.
   *
   * @throws StitchException (bad input) if it is a link that leads nowhere
   */
  boolean has(String name) {
    Path file = file(name);
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      throw StitchException.badInput(
          "'%s' is a link to a file that is missing; download the model again", file);
    }
    return Files.isRegularFile(file);
  }

  /** The JSON object in a file, if there is such a file. */
  Optional<JsonCard> card(String name) {
    return has(name) ? Optional.of(JsonCard.read(checkedJson(name))) : Optional.empty();
  }

  /** The list of JSON objects in a file. */
  List<JsonCard> cards(String name) {
    return JsonCard.readList(checkedJson(name));
  }

  private Path checkedJson(String name) {
    Path file = file(name);
    try {
      if (Files.size(file) > LARGEST_JSON) {
        throw StitchException.badInput(
            "'%s' has %d bytes, expected at most %d of a configuration",
            file, Files.size(file), LARGEST_JSON);
      }
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
    return file;
  }

  /** The names of the files and folders in it, in order. */
  List<String> names() {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw StitchException.badInput("cannot read folder '%s': %s", folder, e.getMessage())
          .because(e);
    }
  }

  /** A file's name as digests have it: from the model's folder on, with slashes. */
  String nameOf(Path file) {
    return root.toAbsolutePath()
        .normalize()
        .relativize(file.toAbsolutePath().normalize())
        .toString()
        .replace('\\', '/');
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
