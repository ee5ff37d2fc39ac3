// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of the Hugging Face Hub. A file is downloaded once, verified against the checksum that the
 * Hub announces, and kept in the folder that the Python client uses, too; see {@link HubOptions}. A
 * kept file is verified again when a process first asks for it. A file of a commit that is kept
 * takes no request; of a branch, one. Without a network, what is kept serves, with a warning.
 *
 * <p>Thread-safe; processes may share the cache.
 */
public final class Hub {
  private final HubOptions options;
  private final HubCache cache;
  private final Pause pause;
  private @Nullable HubSite site;

  private Hub(HubOptions options, HubCache cache, Pause pause) {
    this.options = options;
    this.cache = cache;
    this.pause = pause;
  }

  /** A client; it makes no request yet. */
  public static Hub open(HubOptions options) {
    return open(options, Pause.SLEEP, new Disk());
  }

  static Hub open(HubOptions options, Pause pause, Disk disk) {
    var cache = new HubCache(options.cache(), options.links(), disk, pause);
    return new Hub(options, cache, pause);
  }

  /**
   * A file.
   *
   * @param path its name in the repository, with slashes
   * @throws StitchException (unavailable) if it is not there or cannot be had, (verification) if
   *     its bytes are not the announced ones, (resources) if it cannot be kept
   */
  public Path file(RepoId repo, String path) {
    return snapshot(repo, List.of(path), List.of()).folder().resolve(path);
  }

  /**
   * A file that the repository may lack. Without a network, one that is not kept counts as lacking,
   * with a warning unless that is known.
   *
   * @throws StitchException as {@link #file}
   */
  public Optional<Path> fileIfPresent(RepoId repo, String path) {
    Snapshot snapshot = snapshot(repo, List.of(), List.of(path));
    return cache.find(snapshot.repo(), snapshot.repo().revision(), path);
  }

  /** Whether the file is kept, of the commit that the revision meant last; makes no request. */
  public boolean keeps(RepoId repo, String path) {
    return cache.commit(repo).flatMap(commit -> cache.find(repo, commit, path)).isPresent();
  }

  /**
   * Files of one and the same commit. If the network fails on the way, all of them are of the
   * commit that was kept last.
   *
   * @param required names in the repository
   * @param optional names of those that it may lack, as for {@link #fileIfPresent}
   * @throws StitchException as {@link #file}; (usage) if no file is named
   */
  public Snapshot snapshot(RepoId repo, List<String> required, List<String> optional) {
    if (required.isEmpty() && optional.isEmpty()) {
      throw StitchException.usage("no file of %s was asked for", repo);
    }
    if (options.offline()) {
      return kept(repo, required, optional);
    }
    try {
      return new Gathering(options, cache, repo, site()).all(required, optional);
    } catch (IOException e) {
      return keptAfter(e, repo, required, optional);
    }
  }

  private Snapshot keptAfter(
      IOException failure, RepoId repo, List<String> required, List<String> optional) {
    StitchException unreachable = HubFailure.ofNetwork(repo, options.endpoint(), failure);
    RepoId kept = repo.at(cache.commit(repo).orElseThrow(() -> unreachable));
    boolean complete =
        required.stream().allMatch(path -> cache.find(kept, kept.revision(), path).isPresent());
    if (!complete || Retries.isUntrusted(failure)) {
      throw unreachable;
    }
    options.warnings().accept(unreachable.getMessage() + "; using what is kept, " + kept);
    return kept(repo, required, optional);
  }

  private Snapshot kept(RepoId repo, List<String> required, List<String> optional) {
    try {
      return new Gathering(options, cache, repo, null).all(required, optional);
    } catch (IOException e) {
      throw new UncheckedIOException("nobody was asked", e);
    }
  }

  /**
   * The names of all files of a repository; kept for use without a network.
   *
   * @throws StitchException (unavailable) if the Hub does not tell, (bad input) if it does not tell
   *     in its own form
   */
  public Listing files(RepoId repo) {
    if (options.offline() || repo.isPinned()) {
      Optional<Listing> kept = cache.listing(repo);
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    if (options.offline()) {
      throw StitchException.unavailable(
          "the list of files of %s is not in the cache '%s', and this run is offline; run once"
              + " without --offline",
          repo, cache.root());
    }
    try {
      return cache.keep(repo, site().list(repo));
    } catch (IOException e) {
      StitchException unreachable = HubFailure.ofNetwork(repo, options.endpoint(), e);
      return cache
          .listing(repo)
          .map(kept -> warned(unreachable, kept))
          .orElseThrow(() -> unreachable);
    }
  }

  private Listing warned(StitchException why, Listing kept) {
    options
        .warnings()
        .accept(why.getMessage() + "; using the list of files kept of " + kept.repo());
    return kept;
  }

  // Made when it is first needed: the JDK's client takes half a second. Offline it never is, so
  // that
  // nothing could open a connection.
  private synchronized HubSite site() {
    if (site == null) {
      site = new HubSite(options, pause);
    }
    return site;
  }
}
