// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static io.github.djlstitch.core.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void appearsWhole() throws IOException {
    Path target = folder.resolve("new/deep/x.txt");
    AtomicFile.write(
        target,
        out -> {
          out.write("first".getBytes(UTF_8));
          out.flush();
          assertFalse(Files.exists(target));
        });
    AtomicFile.write(target, out -> out.write("second".getBytes(UTF_8)));
    assertEquals("second", Files.readString(target));
    assertEquals(1, count(folder.resolve("new/deep")));
  }

  @Test
  void anyFailureLeavesNoTrace() throws IOException {
    Path target = Files.writeString(folder.resolve("x"), "old");
    assertThrows(
        StitchException.class,
        () -> AtomicFile.write(target, out -> fail(new IOException("No space left on device"))));
    assertThrows(
        ArithmeticException.class,
        () -> AtomicFile.write(target, out -> fail(new ArithmeticException())));
    assertThrows(
        OutOfMemoryError.class,
        () -> AtomicFile.write(target, out -> fail(new OutOfMemoryError("simulated"))));
    assertEquals("old", Files.readString(target));
    assertEquals(1, count(folder));
  }

  @Test
  void onlyOldTemporaryFilesAreAbandoned() throws IOException {
    Path below = Files.createDirectories(folder.resolve("a/b"));
    String name = ".stitch-bab9e5f0-6950-419f-9e20-eaf28736f562.tmp";
    Path old = aged(below.resolve(name), 25);
    Path fresh = aged(folder.resolve(name), 23);
    Path other = aged(folder.resolve("x.tmp"), 100);
    Path deep = aged(Files.createDirectories(folder.resolve("a/b/c")).resolve(name), 100);
    AtomicFile.deleteAbandoned(folder);
    assertFalse(Files.exists(old));
    for (Path kept : List.of(fresh, other, deep)) {
      assertTrue(Files.exists(kept), kept.toString());
    }
    AtomicFile.deleteAbandoned(folder.resolve("none"));
  }

  private static Path aged(Path file, int hours) throws IOException {
    Files.writeString(file, "");
    Instant time = Instant.now().minus(Duration.ofHours(hours));
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @Test
  void saysWhy() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertMessage("file' is not a folder", file.resolve("x"));
    assertMessage("it is a folder", Files.createDirectory(folder.resolve("taken")));
    assertMessage("it is a folder", folder.getRoot());
    assertEquals(2, count(folder));
    assertReason("permission denied", new AccessDeniedException("x"));
    assertReason(
        "Read-only file system", new FileSystemException("x", null, "Read-only file system"));
    assertReason("No space left on device", new IOException("No space left on device"));
    assertReason("IOException", new IOException());
  }

  private static void assertMessage(String part, Path target) {
    refused(
        part + "; choose another folder",
        StitchException.Kind.RESOURCES,
        () -> AtomicFile.write(target, out -> out.write(1)));
    refused("cannot write '" + target + "': ", () -> AtomicFile.write(target, out -> {}));
  }

  private static void assertReason(String reason, IOException cause) {
    assertEquals(reason, WriteFailure.reason(cause));
  }

  private static void fail(Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failure;
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}
