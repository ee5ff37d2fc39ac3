// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.nio.file.Path;

/**
 * Files of one commit of a repository.
 *
 * @param repo pinned to the commit, to ask for more files of the same state
 * @param folder holds the files under their names in the repository
 */
public record Snapshot(RepoId repo, Path folder) {}
