// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import java.nio.file.Path;
import java.util.List;

/**
 * The names of all files of one commit of a repository.
 *
 * @param repo pinned to the commit
 * @param names relative paths in the Hub's order
 */
record Listing(RepoId repo, List<String> names) {
  /** Copies the names. */
  public Listing {
    names = List.copyOf(names);
  }

  /** Reads the Hub's answer about a repository. */
  static Listing parse(RepoId repo, Path file, String json) {
    JsonCard card = JsonCard.parse(file, json);
    String commit = card.text("sha");
    if (!RepoId.isCommit(commit) || (repo.isPinned() && !repo.revision().equals(commit))) {
      throw StitchException.badInput(
          "the list of files of %s is of commit '%s', which is not the requested one",
          repo, Printable.of(commit));
    }
    return new Listing(
        repo.at(commit),
        card.cards("siblings").stream()
            .map(sibling -> RepoFile.check(repo, sibling.text("rfilename")))
            .toList());
  }
}
