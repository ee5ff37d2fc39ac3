// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.experiments.LanguageTask.Candidates;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Files of parallel texts, one for each language, whose line N is the same text in all. */
final class ParallelFiles {
  private ParallelFiles() {}

  /**
   * The user's files.
   *
   * @param languages in the order of the files
   * @throws StitchException (usage) if some languages have none; (bad input) if one is missing
   */
  static List<Path> of(List<String> names, List<String> languages) {
    if (!names.isEmpty() && names.size() != languages.size()) {
      throw StitchException.usage(
          "--anchors-from has %d files; give one for each of %s, in this order",
          names.size(), String.join(", ", languages));
    }
    return names.stream().map(ParallelFiles::path).toList();
  }

  private static Path path(String name) {
    try {
      Path file = Path.of(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
      throw StitchException.badInput("--anchors-from '%s' is not a file; check the path", name);
    } catch (InvalidPathException e) {
      throw StitchException.badInput("--anchors-from '%s' is not a path; check it", name)
          .because(e);
    }
  }

  /** The lines of a file. */
  static Candidates candidates(Path file) {
    return (lab, encoder) -> lab.encode(encoder, file);
  }

  /**
   * Checks that texts are as many, and under the same ids, in two languages.
   *
   * @throws StitchException (bad input) if not
   */
  static void requireParallel(LatentSpace first, LatentSpace other) {
    if (!first.ids().equals(other.ids())) {
      throw StitchException.badInput(
          "anchors' texts in '%s' and '%s' are not parallel: %d and %d texts; line N of each must be"
              + " the same text",
          first.provenance().dataset(),
          other.provenance().dataset(),
          first.ids().size(),
          other.ids().size());
    }
  }
}
