// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of one commit of a repository.
 *
 * @param repo pinned to the commit, to ask for more files of the same state
 * @param folder holds the files under their names in the repository
 * @param unknown optional files that are not kept and not known to be absent, which is only so
 *     without the network
 */
public record Snapshot(RepoId repo, Path folder, List<String> unknown) {
  /** Copies the list. */
  public Snapshot {
    unknown = List.copyOf(unknown);
  }
}
