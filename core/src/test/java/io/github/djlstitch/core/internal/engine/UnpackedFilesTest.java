// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackedFilesTest {
  private static final byte[] CONTENT = new byte[3_000_000];
  private static final Map<String, String> FILES =
      Map.of("a.so", "libs/a.so", "b.so", "libs/b.so", "absent.so", "libs/absent.so");

  @TempDir Path root;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private URLClassLoader jars = new URLClassLoader(new URL[0]);
  private Path folder = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    for (int i = 0; i < CONTENT.length; i++) {
      CONTENT[i] = (byte) (i * 31);
    }
    Path jar = root.resolve("natives ü.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        var zip = new ZipOutputStream(out)) {
      for (String name : List.of("libs/a.so", "libs/b.so")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(CONTENT);
      }
    }
    jars = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(jars);
    folder = Files.createDirectories(root.resolve("cache/1.0-cpu"));
    Files.write(folder.resolve("a.so"), CONTENT);
    Files.write(folder.resolve("b.so"), CONTENT);
  }

  @AfterEach
  void leave() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    jars.close();
  }

  @Test
  void wholeFilesStayAndAreReadOnce() throws IOException {
    FileTime time = Files.getLastModifiedTime(folder.resolve("a.so"));
    assertEquals(List.of(), files().repair());
    assertEquals(time, Files.getLastModifiedTime(folder.resolve("a.so")));
    assertTrue(Files.exists(note()));
    FileTime checked = Files.getLastModifiedTime(note());
    assertEquals(List.of(), files().repair());
    assertEquals(checked, Files.getLastModifiedTime(note()));
  }

  @Test
  void damagedFilesAreUnpackedAgain() throws IOException {
    for (byte[] damaged : damages()) {
      files().repair();
      Files.write(folder.resolve("b.so"), damaged);
      assertEquals(List.of("b.so"), files().repair());
      assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("b.so")));
      assertEquals(List.of(), files().repair());
    }
    try (Stream<Path> inside = Files.list(folder);
        Stream<Path> beside = Files.list(root.resolve("cache"))) {
      assertEquals(2, inside.count()); // the engine would load whatever else is there
      assertEquals(2, beside.count());
    }
  }

  @Test
  void aNoteOfAnotherStateIsNotTrusted() throws IOException {
    files().repair();
    Files.writeString(note(), Files.readString(note()).replace("a.so", "c.so"));
    Files.write(folder.resolve("a.so"), new byte[] {1});
    assertEquals(List.of("a.so"), files().repair());
  }

  @Test
  void missingFilesAreUnpackedInSilence() throws IOException {
    Files.delete(folder.resolve("a.so"));
    assertEquals(List.of(), files().repair());
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("a.so")));
  }

  @Test
  void aFolderThatIsNotThereIsLeftToTheEngine() throws IOException {
    Path other = root.resolve("cache/2.0-cpu");
    assertEquals(List.of(), UnpackedFiles.of(other, FILES).repair());
    assertFalse(Files.exists(other));
  }

  @Test
  void whatCannotBeReplacedIsNamed() throws IOException {
    Path file = folder.resolve("a.so");
    Files.delete(file);
    Files.createDirectories(file.resolve("full"));
    String part = "'" + file + "' is damaged and cannot be unpacked again (libs/a.so: ";
    refused(part, Kind.UNAVAILABLE, () -> files().repair());
  }

  private static List<byte[]> damages() {
    byte[] flipped = CONTENT.clone();
    flipped[1_500_000] ^= 4;
    byte[] longer = Arrays.copyOf(CONTENT, CONTENT.length + 1);
    return List.of(new byte[0], Arrays.copyOf(CONTENT, 1_000_000), flipped, longer);
  }

  private UnpackedFiles files() throws IOException {
    return UnpackedFiles.of(folder, FILES);
  }

  private Path note() {
    return root.resolve("cache/1.0-cpu.stitch-checked");
  }
}
