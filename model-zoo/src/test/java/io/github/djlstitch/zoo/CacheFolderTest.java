// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import io.github.djlstitch.zoo.internal.cache.CacheFolder.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes links")
final class CacheFolderTest {
  private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant TIME = Instant.parse("2021-01-01T00:00:00Z");

  @TempDir Path cache;
  @TempDir Path elsewhere;

  @BeforeEach
  void fill() throws IOException {
    old("encodings/a.safetensors", 100);
    old("encodings/a.json", 10);
    old("encodings/b.safetensors", 1000);
    Files.writeString(cache.resolve("encodings/b.json"), "read lately");
    old("encodings/c.safetensors.part", 7);
    old("models/1f/model.onnx", 5);
    old("models/1f/tokenizer.json", 6);
    old("hub/models--org--name/blobs/1", 999);
    old("mine.txt", 3);
    Files.writeString(elsewhere.resolve("precious"), "precious");
    Files.setLastModifiedTime(elsewhere.resolve("precious"), FileTime.from(OLD));
    Files.createSymbolicLink(cache.resolve("decoders"), elsewhere);
    Files.createDirectories(cache.resolve("trained/x"));
    Files.createSymbolicLink(cache.resolve("trained/x/link"), elsewhere);
  }

  private void old(String name, int bytes) throws IOException {
    Path file = cache.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(OLD));
  }

  private static Kind kind(List<Kind> kinds, String folder) {
    return kinds.stream().filter(k -> k.folder().equals(folder)).findFirst().orElseThrow();
  }

  @Test
  void filesThatBelongTogetherAreAnEntry() {
    List<Kind> kinds = new CacheFolder(cache).contents();
    assertEquals(3, kind(kinds, "encodings").entries().size());
    assertEquals(1128, kind(kinds, "encodings").bytes());
    assertEquals(1, kind(kinds, "models").entries().size());
    assertEquals(11, kind(kinds, "models").bytes());
    assertEquals(List.of(), kind(kinds, "decoders").entries());
  }

  @Test
  void pruningTakesWhatIsOldInOurFoldersOnly() {
    List<Kind> looked = new CacheFolder(cache).prune(TIME, true);
    assertEquals(117, kind(looked, "encodings").bytes());
    assertTrue(Files.exists(cache.resolve("encodings/a.json")));
    List<Kind> gone = new CacheFolder(cache).prune(TIME, false);
    assertEquals(looked, gone);
    for (String name : List.of("encodings/a.json", "encodings/c.safetensors.part", "models/1f")) {
      assertFalse(Files.exists(cache.resolve(name)), name);
    }
    for (String name : List.of("encodings/b.safetensors", "hub/models--org--name", "mine.txt")) {
      assertTrue(Files.exists(cache.resolve(name)), name);
    }
    new CacheFolder(cache).prune(Instant.now().plusSeconds(60), false);
    assertFalse(Files.exists(cache.resolve("trained/x")));
    assertTrue(Files.exists(elsewhere.resolve("precious")));
  }

  @Test
  void anEncodingAtWorkIsNotPruned() {
    try (EncodingPart held =
        EncodingPart.of(cache.resolve("encodings/c.safetensors"), 1).orElseThrow()) {
      assertTrue(held.next(1).isEmpty());
      var folder = new CacheFolder(cache);
      var failure = assertThrows(StitchException.class, () -> folder.prune(TIME, false));
      assertTrue(failure.getMessage().contains("c.safetensors.part'"), failure.getMessage());
      assertTrue(Files.exists(cache.resolve("encodings/a.json")));
      assertEquals(110, kind(folder.prune(TIME, true), "encodings").bytes());
    }
  }
}
