// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a snapshot: files of one commit, which the first response names. For one use and one
 * thread.
 */
final class SnapshotDownload {
  private final HubOptions options;
  private final HubCache cache;
  private final RepoId asked;
  private final @Nullable HubSite site;
  private RepoId repo; // pinned as soon as the commit is known

  /** Results of looking for a file in a commit. */
  private enum Found {
    THERE,
    ABSENT,
    UNKNOWN
  }

  /**
   * Prepares the download of a snapshot.
   *
   * @param site the Hub, or null to use cached files only
   */
  SnapshotDownload(HubOptions options, HubCache cache, RepoId asked, @Nullable HubSite site) {
    this.options = options;
    this.cache = cache;
    this.asked = asked;
    this.repo = asked;
    this.site = site;
  }

  /**
   * Downloads the files that are not in the cache.
   *
   * @throws IOException if the network failed; the revision's former commit stays in the cache
   */
  Snapshot all(List<String> required, List<String> optional) throws IOException {
    for (String path : required) {
      switch (find(path)) {
        case ABSENT -> throw StitchException.unavailable("%s has no file '%s'", repo, path);
        case UNKNOWN -> throw missing(path);
        case THERE -> {}
      }
    }
    List<String> unknown = new ArrayList<>();
    for (String path : optional) {
      if (find(path) == Found.UNKNOWN) {
        unknown.add(path);
      }
    }
    mend(() -> cache.remember(asked, repo.revision()));
    return new Snapshot(repo, cache.snapshot(repo, repo.revision()), unknown);
  }

  private Found find(String path) throws IOException {
    RepoFile.check(asked, path);
    if (site == null) {
      repo = repo.at(cache.commit(repo).orElseThrow(() -> missing(path)));
      return kept(path);
    }
    Found kept = repo.isPinned() ? kept(path) : Found.UNKNOWN;
    return kept == Found.UNKNOWN ? ask(site, path) : kept;
  }

  private Found kept(String path) {
    Optional<Path> file = cache.find(repo, repo.revision(), path);
    if (file.isEmpty()) {
      return cache.isAbsent(repo, repo.revision(), path) ? Found.ABSENT : Found.UNKNOWN;
    }
    if (cache.isSound(file.get())) {
      return Found.THERE;
    }
    if (site == null) {
      throw StitchException.verification(
          "'%s' in the cache does not match its checksum; run once without --offline to download"
              + " it again",
          file.get());
    }
    options.warnings().accept("'" + file.get() + "' is damaged; downloading it again");
    return Found.UNKNOWN;
  }

  private Found ask(HubSite hub, String path) throws IOException {
    boolean spare =
        cache.commit(repo).flatMap(commit -> cache.find(repo, commit, path)).isPresent();
    try (Answer answer = hub.head(repo, path, !spare)) {
      if (HubFailure.isAbsent(answer)) {
        pin(answer.header("X-Repo-Commit").orElseThrow(() -> HubFailure.of(repo, path, answer)));
        mend(() -> cache.rememberAbsent(repo, repo.revision(), path));
        return Found.ABSENT;
      }
      if (answer.status() >= 400) {
        throw refusal(HubFailure.of(repo, path, answer), spare && HubFailure.concernsRepo(answer));
      }
      fetch(hub, path, RemoteFile.of(answer));
      return Found.THERE;
    }
  }

  private static StitchException refusal(StitchException refusal, boolean spare)
      throws IOException {
    if (spare) {
      throw new IOException(refusal.getMessage(), refusal);
    }
    return refusal;
  }

  private void fetch(HubSite hub, String path, RemoteFile remote) throws IOException {
    pin(remote.commit());
    Optional<Path> kept = cache.find(repo, repo.revision(), path);
    if (kept.isEmpty() || !cache.isSound(kept.get(), remote.checksum())) {
      store(hub, path, remote);
    }
  }

  private void store(HubSite hub, String path, RemoteFile remote) throws IOException {
    try {
      cache.store(repo, path, remote, part -> hub.fill(part, remote.place()));
    } catch (IOException e) {
      if (cache.commit(asked).equals(Optional.of(repo.revision()))) {
        // What is kept is of this commit, and lacks a file that is known to exist.
        throw HubFailure.ofNetwork(repo, options.endpoint(), e);
      }
      throw e;
    }
  }

  private void pin(String commit) {
    if (!RepoId.isCommit(commit) || (repo.isPinned() && !repo.revision().equals(commit))) {
      throw StitchException.verification(
          "'%s' answered for another commit of %s than the requested one",
          Urls.shown(options.endpoint()), repo);
    }
    repo = repo.at(commit);
  }

  // A cache that cannot be written serves as long as nothing new is needed.
  private void mend(Runnable note) {
    try {
      note.run();
    } catch (StitchException e) {
      options.warnings().accept(e.getMessage());
    }
  }

  private StitchException missing(String path) {
    return StitchException.unavailable(
        "'%s' of %s is not in the cache '%s', and this run is offline; run once without --offline,"
            + " or on a connected machine: hf download %s%s --revision %s %s",
        path,
        repo,
        cache.root(),
        asked.id(),
        asked.kind() == RepoId.Kind.DATASET ? " --repo-type dataset" : "",
        asked.revision(),
        path);
  }
}
