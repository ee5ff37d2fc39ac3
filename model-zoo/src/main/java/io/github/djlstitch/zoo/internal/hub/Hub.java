// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import io.github.djlstitch.zoo.internal.cache.FolderSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Files of the Hugging Face Hub. A file is downloaded once, verified against the checksum that the
 * Hub announces, and stored in the same folder as the Python client's downloads; see {@link
 * HubOptions}. A cached file is verified again when a process first uses it. A cached file of a
 * commit needs no request; a file of a branch needs one. Without a network, cached files are used,
 * with a warning.
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

  /** Opens a client; makes no request. */
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
   * @throws StitchException (unavailable) if it does not exist or cannot be downloaded,
   *     (verification) if its bytes do not match the announced checksum, (resources) if it cannot
   *     be stored
   */
  public Path file(RepoId repo, String path) {
    return snapshot(repo, List.of(path), List.of()).folder().resolve(path);
  }

  /**
   * A file that the repository may lack. Without a network, a file that is not cached is treated as
   * absent; {@link #snapshot} tells which absences are not known.
   *
   * @throws StitchException as {@link #file}
   */
  public Optional<Path> fileIfPresent(RepoId repo, String path) {
    Snapshot snapshot = snapshot(repo, List.of(), List.of(path));
    return cache.find(snapshot.repo(), snapshot.repo().revision(), path);
  }

  /**
   * The error (unavailable) that it is not known without the network whether a repository has a
   * file.
   *
   * @param decides what the file decides, in words
   */
  public StitchException unknown(Snapshot snapshot, String path, String decides) {
    RepoId repo = snapshot.repo();
    return StitchException.unavailable(
        "without the network it is unknown whether %s has '%s', which decides %s: it is neither in"
            + " the cache '%s' nor known to be absent; run once without --offline, or on a"
            + " connected machine: hf download %s --revision %s %s",
        repo, path, decides, cache.root(), repo.id(), repo.revision(), path);
  }

  /** Warns that it is not known without the network whether a repository has a file. */
  public void warnUnknown(Snapshot snapshot, String path, String decides) {
    options
        .warnings()
        .accept(
            "without the network it is unknown whether %s has %s; taken as absent. If it has one, it decides %s, and other vectors come out"
                .formatted(snapshot.repo(), path, decides));
  }

  /**
   * Returns true if the file is in the cache, at the last known commit of the revision; makes no
   * request.
   */
  public boolean keeps(RepoId repo, String path) {
    return cache.commit(repo).flatMap(commit -> cache.find(repo, commit, path)).isPresent();
  }

  /** The bytes of a repository's files in the cache, of the last known commit. */
  public long keptBytes(RepoId repo) {
    return cache
        .commit(repo)
        .map(c -> FolderSize.linked(cache.snapshot(repo, c)).bytes())
        .orElse(0L);
  }

  /**
   * Counts the bytes of those files that the repository has and the cache lacks. Offline they are
   * none, and nothing is requested.
   *
   * @return empty if the Hub does not answer
   * @throws StitchException (unavailable) if it answers that the repository does not exist or is
   *     closed
   */
  public OptionalLong missingBytes(RepoId repo, List<String> paths) {
    long bytes = 0;
    try {
      for (String path : options.offline() ? List.<String>of() : paths) {
        bytes += keeps(repo, path) ? 0 : site().bytes(repo, path);
      }
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(bytes);
  }

  /**
   * Files of one and the same commit. If the network fails on the way, all of them are of the last
   * cached commit.
   *
   * @param required names in the repository
   * @param optional names of those that it may lack, as for {@link #fileIfPresent}
   * @throws StitchException as {@link #file}; (usage) if no file is named
   */
  public Snapshot snapshot(RepoId repo, List<String> required, List<String> optional) {
    if (required.isEmpty() && optional.isEmpty()) {
      throw StitchException.usage("no file of %s was requested", repo);
    }
    if (options.offline()) {
      return kept(repo, required, optional);
    }
    try {
      return new SnapshotDownload(options, cache, repo, site()).all(required, optional);
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
    options.warnings().accept(unreachable.getMessage() + "; using the cached files of " + kept);
    return kept(repo, required, optional);
  }

  private Snapshot kept(RepoId repo, List<String> required, List<String> optional) {
    try {
      return new SnapshotDownload(options, cache, repo, null).all(required, optional);
    } catch (IOException e) {
      throw new UncheckedIOException("offline, yet a request was made", e);
    }
  }

  /**
   * Returns the names of all files of a repository; cached for use without a network.
   *
   * @throws StitchException (unavailable) if the Hub does not answer, (bad input) if its answer is
   *     malformed
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
        .accept(why.getMessage() + "; using the cached list of files of " + kept.repo());
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
