// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.indexes.migrate.MigrationManifest.SourcePart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a migration that is under way, {@code NAME.stitch-migration} beside the target:
 * {@code data} with the sink's files, {@code journal.json} with the finished parts, {@code
 * manifest.json} once all is written, and a lock that one process holds.
 */
final class MigrationFolder implements AutoCloseable {
  private static final String DATA = "data";
  private static final String JOURNAL = "journal.json";
  private static final String LOCK = "lock";
  private static final String MANIFEST = "manifest.json";
  private static final String FINISHED = "finished";

  private final Path folder;
  private final FileChannel lockFile;
  private @Nullable Path written;

  private MigrationFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  private static Path of(Path target) {
    return target.resolveSibling(target.getFileName() + ".stitch-migration");
  }

  static boolean isUnderWay(Path target) {
    return Files.isDirectory(of(target));
  }

  /** Takes the folder for this process; makes it if it is not there. */
  static MigrationFolder open(Path target, boolean resumed) {
    Path folder = of(target.toAbsolutePath());
    if (Files.exists(folder) && !resumed) {
      throw StitchException.usage(
          "a migration into '%s' was begun; go on with --resume, or delete '%s'", target, folder);
    }
    try {
      Files.createDirectories(folder.resolve(DATA));
      FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw StitchException.resources(
            "another process migrates into '%s'; wait for it, or choose another place", target);
      }
      return new MigrationFolder(folder, lock);
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another thread of this process
    }
  }

  Path data() {
    return folder.resolve(DATA);
  }

  /** The parts that are finished; none for a new migration. */
  List<SourcePart> parts(MigrationManifest job) {
    Path journal = folder.resolve(JOURNAL);
    if (!Files.exists(journal)) {
      return List.of();
    }
    MigrationManifest known = MigrationManifest.read(journal);
    if (!known.sourceState().equals(job.sourceState())) {
      throw StitchException.badInput(
          "'%s' is not what it was when the migration began; delete '%s' and migrate again",
          job.source(), folder);
    }
    requireOwn(known, job);
    return known.parts();
  }

  private void requireOwn(MigrationManifest known, MigrationManifest job) {
    if (!known.continues(job)) {
      throw StitchException.badInput(
          "'%s' holds another migration: of '%s' by the bridge %.8s; delete it, or choose another"
              + " place",
          folder, known.source(), known.planSha256());
    }
  }

  /** Notes the parts that are finished. */
  void keep(MigrationManifest soFar) {
    soFar.write(folder.resolve(JOURNAL));
  }

  /** Notes the file or folder that is the whole index. */
  void finished(Path index) {
    written = index;
  }

  /** Tells if all was written and only its place is missing. */
  boolean isWritten() {
    return Files.exists(folder.resolve(MANIFEST));
  }

  /** Moves the index to its place, then its manifest, then deletes the folder. */
  MigrationManifest publish(Path target, MigrationManifest done) {
    if (written == null) {
      throw new IllegalStateException("published before it was finished");
    }
    // The manifest is first, so that whoever finds it knows that the index was whole.
    JsonObject json = done.json();
    json.addProperty(FINISHED, folder.relativize(written.toAbsolutePath()).toString());
    JsonCard.write(folder.resolve(MANIFEST), json);
    return publish(target);
  }

  /** The same for what an earlier process wrote of the same migration. */
  MigrationManifest publishWritten(Path target, MigrationManifest job) {
    requireOwn(MigrationManifest.read(folder.resolve(MANIFEST)), job);
    return publish(target);
  }

  private MigrationManifest publish(Path target) {
    Path manifest = folder.resolve(MANIFEST);
    Path whole = folder.resolve(JsonCard.read(manifest).text(FINISHED));
    MigrationManifest done = MigrationManifest.read(manifest);
    try {
      if (Files.exists(whole)) {
        requireFree(target);
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
      } else if (!Files.exists(target)) {
        throw StitchException.badInput(
            "'%s' was written and is not there any more; delete '%s' and migrate again",
            target, folder);
      }
      done.write(MigrationManifest.beside(target));
      lockFile.close();
      delete();
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
    return done;
  }

  private static void requireFree(Path target) {
    if (Files.exists(target)) {
      throw StitchException.usage(
          "'%s' appeared while the migration ran; move it away, then go on with --resume", target);
    }
  }

  // The manifest last: as long as it is there, a later try knows that the index was whole.
  private void delete() throws IOException {
    delete(data());
    for (String file : List.of(JOURNAL, LOCK, MANIFEST, "")) {
      delete(folder.resolve(file));
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Lets go of the folder, which stays for a later try if a part of the index is finished. */
  @Override
  public void close() {
    try {
      lockFile.close();
      if (!Files.exists(folder.resolve(JOURNAL)) && !isWritten() && Files.exists(folder)) {
        delete();
      }
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }
}
