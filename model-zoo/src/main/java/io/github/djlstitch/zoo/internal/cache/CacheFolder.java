// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.cache;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folders that the zoo fills below its cache folder. All that is in them can be made again.
 * Nothing else in the cache folder is looked at, nor is what links lead to.
 *
 * @param root the cache folder
 */
public record CacheFolder(Path root) {
  /** The ending of an encoding that is not finished. */
  public static final String UNFINISHED = ".part";

  private static final Map<String, String> KINDS = kinds();

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("models", "files unpacked from the build");
    kinds.put("encodings", "data sets as encoders see them");
    kinds.put("decoders", "heads");
    kinds.put("trained", "networks trained here");
    kinds.put("node-runs", "results of small graph networks");
    kinds.put("kernels", "tests of this processor");
    return kinds;
  }

  /**
   * An entry: files that belong together.
   *
   * @param paths files, or one folder
   * @param bytes their size
   * @param used when they were last written or read
   */
  public record Entry(List<Path> paths, long bytes, Instant used) {}

  /**
   * The entries of a kind.
   *
   * @param folder its name below the cache folder
   * @param holds what it holds, in a few words
   * @param entries by name
   */
  public record Kind(String folder, String holds, List<Entry> entries) {
    /** The size of all. */
    public long bytes() {
      return entries.stream().mapToLong(Entry::bytes).sum();
    }

    Kind olderThan(Instant time) {
      List<Entry> old = entries.stream().filter(entry -> entry.used().isBefore(time)).toList();
      return new Kind(folder, holds, old);
    }
  }

  /** Everything, by kind; a folder that is itself a link has nothing. */
  public List<Kind> contents() {
    List<Kind> kinds = new ArrayList<>();
    KINDS.forEach((name, holds) -> kinds.add(new Kind(name, holds, entries(root.resolve(name)))));
    return kinds;
  }

  private static List<Entry> entries(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    Map<String, List<Path>> named = new TreeMap<>();
    try (Stream<Path> children = Files.list(folder)) {
      children.forEach(
          child -> named.computeIfAbsent(name(child), key -> new ArrayList<>()).add(child));
    } catch (IOException e) {
      throw StitchException.resources(
              "cannot read '%s': %s; check its permissions", folder, WriteFailure.reason(e))
          .because(e);
    }
    return named.values().stream().map(CacheFolder::entry).toList();
  }

  // An unfinished encoding is an entry of its own.
  private static String name(Path child) {
    return child.getFileName().toString().replaceFirst("\\.(safetensors|json|truncated)$", "");
  }

  private static Entry entry(List<Path> paths) {
    List<FolderSize> sizes = paths.stream().map(FolderSize::of).toList();
    return new Entry(
        List.copyOf(paths),
        sizes.stream().mapToLong(FolderSize::bytes).sum(),
        sizes.stream().map(FolderSize::written).max(Instant::compareTo).orElse(Instant.EPOCH));
  }

  /**
   * Finds what was not used since a time, and deletes it unless told to only look.
   *
   * @throws StitchException (resources) if a process is encoding into the folder, or a file cannot
   *     be deleted
   */
  public List<Kind> prune(Instant since, boolean onlyLook) {
    List<Kind> old = contents().stream().map(kind -> kind.olderThan(since)).toList();
    if (!onlyLook) {
      requireUnused();
      old.stream()
          .flatMap(k -> k.entries().stream())
          .flatMap(e -> e.paths().stream())
          .forEach(CacheFolder::delete);
    }
    return old;
  }

  private void requireUnused() {
    contents().stream()
        .flatMap(kind -> kind.entries().stream())
        .flatMap(entry -> entry.paths().stream())
        .filter(path -> path.toString().endsWith(UNFINISHED) && isInUse(path))
        .findFirst()
        .ifPresent(
            path -> {
              throw StitchException.resources(
                  "another process is writing '%s'; prune when it has ended", path);
            });
  }

  /** Returns true if a process has that file locked. */
  public static boolean isInUse(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return isTaken(channel);
    } catch (IOException e) {
      return true;
    }
  }

  /** Takes the lock of a file, which goes with the channel; returns true if another has it. */
  public static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** Notes that an entry was read now. */
  public static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It only looks older than it is.
    }
  }

  private static void delete(Path path) {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw StitchException.resources(
              "cannot delete '%s': %s; check its permissions", path, WriteFailure.reason(e))
          .because(e);
    }
  }
}
