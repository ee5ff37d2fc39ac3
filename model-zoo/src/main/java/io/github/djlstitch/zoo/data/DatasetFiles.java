// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;

/** Where the files of published data sets come from: a cache, then a hub. Thread-safe. */
@FunctionalInterface
public interface DatasetFiles {
  /**
   * A local copy of a file, checked and read only.
   *
   * @param repository owner and name of a data set's repository, {@code owner/name}
   * @param revision a branch, a tag or a commit
   * @param path path in the repository, with {@code /}
   * @throws StitchException (unavailable) if it is not cached and cannot be downloaded;
   *     (verification) if it is damaged
   */
  Path file(String repository, String revision, String path);

  /** No files: only data sets of local files can be opened. */
  static DatasetFiles none() {
    return (repository, revision, path) -> {
      throw StitchException.unavailable(
          "file '%s' of data set '%s' needs the Hub, which is not connected; name local files",
          path, repository);
    };
  }
}
