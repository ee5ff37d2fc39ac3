// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.IoConsumer;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cache folder of the Hub's Python client: blobs named by checksum, snapshots of links to them,
 * and the last known commits of revisions.
 *
 * <pre>
 * models--org--name/blobs/CHECKSUM
 * models--org--name/refs/main                  40 digits
 * models--org--name/snapshots/COMMIT/FILE      link to ../../blobs/CHECKSUM, or the file itself
 * models--org--name/.no_exist/COMMIT/FILE      empty: not in the repository
 * .locks/models--org--name/CHECKSUM.lock
 * </pre>
 *
 * Every file appears whole or not at all. Thread-safe, and safe to share between processes.
 */
final class HubCache {
  private static final String TAG =
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # This folder holds downloads that can be made again (https://bford.info/cachedir/).
      """;

  private final Path root;
  private final CacheWriter writer;
  private final Pause pause;
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  HubCache(Path root, boolean links, Disk disk, Pause pause) {
    this.root = root.toAbsolutePath().normalize();
    this.writer = new CacheWriter(links, disk);
    this.pause = pause;
  }

  /** The folder of everything. */
  Path root() {
    return root;
  }

  /** The folder of a commit's files. */
  Path snapshot(RepoId repo, String commit) {
    return folder(repo).resolve("snapshots").resolve(commit);
  }

  /** Returns the last known list of a revision's files, or empty. */
  Optional<Listing> listing(RepoId repo) {
    Path file = list(repo);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Listing.parse(repo, file, Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Stores the Hub's list of files. */
  Listing keep(RepoId repo, String json) {
    Listing listing = Listing.parse(repo, list(repo), json);
    writer.publish(blobs(repo), list(repo), json);
    writer.publish(blobs(repo), list(listing.repo()), json);
    return listing;
  }

  /** Returns the last known commit of a revision, or empty. */
  Optional<String> commit(RepoId repo) {
    if (repo.isPinned()) {
      return Optional.of(repo.revision());
    }
    Path ref = ref(repo);
    try {
      if (!Files.isRegularFile(ref) || Files.size(ref) > 100) {
        return Optional.empty();
      }
      String text = Files.readString(ref, StandardCharsets.ISO_8859_1).strip();
      return RepoId.isCommit(text) ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(ref, e);
    }
  }

  /** Stores the commit of a revision. */
  void remember(RepoId repo, String commit) {
    if (!commit(repo).equals(Optional.of(commit))) {
      writer.publish(blobs(repo), ref(repo), commit);
    }
  }

  /** Returns the cached file of a commit, not verified, or empty. */
  Optional<Path> find(RepoId repo, String commit, String file) {
    Path pointer = snapshot(repo, commit).resolve(file);
    return Files.isRegularFile(pointer) ? Optional.of(pointer) : Optional.empty();
  }

  /** Returns true if the commit is known to lack the file. */
  boolean isAbsent(RepoId repo, String commit, String file) {
    return Files.exists(absent(repo, commit, file));
  }

  /** Records that the commit lacks the file. */
  void rememberAbsent(RepoId repo, String commit, String file) {
    Path marker = absent(repo, commit, file);
    if (!Files.exists(marker)) {
      writer.publish(blobs(repo), marker, "");
    }
  }

  /**
   * Verifies a cached file's checksum, once per process. A file that is no link has no recorded
   * checksum and counts as sound.
   */
  boolean isSound(Path pointer) {
    try {
      Path blob = pointer.toRealPath();
      Optional<Checksum> checksum = Checksum.of(blob.getFileName().toString());
      return checksum.isEmpty() || isSound(blob, checksum.get());
    } catch (IOException e) {
      throw unreadable(pointer, e);
    }
  }

  /** Compares a cached file with the checksum that the Hub announces now. */
  boolean isSound(Path file, Checksum checksum) {
    try {
      Path real = file.toRealPath();
      String key = checksum.hex() + " " + Files.getLastModifiedTime(real) + " " + real;
      if (!verified.contains(key) && checksum.matches(real)) {
        verified.add(key);
      }
      return verified.contains(key);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Stores a file, and downloads it unless another cached commit has it.
   *
   * @param fill writes the bytes
   */
  Path store(RepoId repo, String file, RemoteFile remote, IoConsumer<PartialFile> fill)
      throws IOException {
    Path pointer = snapshot(repo, remote.commit()).resolve(file);
    Path blob = blobs(repo).resolve(remote.checksum().hex());
    Path lock =
        root.resolve(".locks").resolve(repo.folder()).resolve(remote.checksum().hex() + ".lock");
    CourtesyLock courtesy = CourtesyLock.take(lock, pause);
    try {
      if (Files.isRegularFile(pointer) && isSound(pointer, remote.checksum())) {
        return pointer; // by another process, in the meantime
      }
      boolean kept = Files.isRegularFile(blob) && isSound(blob, remote.checksum());
      if (!kept) {
        tag();
        CacheWriter.sweep(blobs(repo));
        writer.write(repo + " " + file, blob, blob, remote, fill);
      }
      writer.show(blob, pointer, remote, kept);
      return pointer;
    } finally {
      courtesy.close();
    }
  }

  private void tag() {
    Path tag = root.resolve("CACHEDIR.TAG");
    try {
      if (!Files.exists(tag)) {
        Files.writeString(new Disk().folderOf(tag).resolve(tag), TAG);
      }
    } catch (IOException e) {
      // For backup programs only.
    }
  }

  private Path folder(RepoId repo) {
    return root.resolve(repo.folder());
  }

  private Path blobs(RepoId repo) {
    return folder(repo).resolve("blobs");
  }

  private Path ref(RepoId repo) {
    return folder(repo).resolve("refs").resolve(repo.revision());
  }

  // The Python client keeps no lists and does not look here.
  private Path list(RepoId repo) {
    return folder(repo).resolve(".files").resolve(Urls.encode(repo.revision()) + ".json");
  }

  private Path absent(RepoId repo, String commit, String file) {
    return folder(repo).resolve(".no_exist").resolve(commit).resolve(file);
  }

  private static StitchException unreadable(Path file, IOException e) {
    return StitchException.resources("cannot read '%s': %s", file, WriteFailure.reason(e))
        .because(e);
  }
}
