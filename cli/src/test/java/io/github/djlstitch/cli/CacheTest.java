// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, what happens when it is damaged, and what must not change a result. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links the unpacked models")
final class CacheTest {
  @TempDir static Path made;
  @TempDir Path cache;

  private static String first = "";

  @BeforeAll
  static void fill() throws IOException {
    Run.of(Sample.pair("-q")).ok();
    link(made);
    first = csv(made).scores();
    Files.delete(made.resolve("models"));
  }

  @BeforeEach
  void copy() throws IOException {
    link(cache);
    for (String under : List.of("encodings", "decoders")) {
      Files.createDirectory(cache.resolve(under));
      for (Path file : files(made, under, ".*")) {
        Files.copy(file, cache.resolve(under).resolve(file.getFileName()));
      }
    }
  }

  private static void link(Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("models"), Sample.cache().resolve("models"));
  }

  @AfterEach
  void unlink() throws IOException {
    Files.delete(cache.resolve("models"));
  }

  @Test
  void theSecondRunHasOnlyHits() {
    Run run = Run.of(Sample.pair("--format=json", "--cache-dir", cache.toString())).ok();
    JsonObject counts = new Gson().fromJson(run.out(), JsonObject.class).getAsJsonObject("cache");
    assertEquals("{\"hits\":6,\"misses\":0}", counts.toString());
    assertEquals("", run.err());
    assertEquals(first, csv().scores());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encodings minilm-te.*safetensors",
        "encodings minilm-te.*json",
        "decoders .*safetensors"
      })
  void aDamagedEntryIsMadeAgainWithOneWarning(String which) throws IOException {
    List<Path> files = files(which.replaceFirst(" .*", ""), which.replaceFirst(".* ", ""));
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (byte[] damaged :
          List.of(flipped(whole), Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
        Files.write(file, damaged);
        Run run = csv();
        assertEquals(first, run.scores());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("warning: "), run.err());
        assertEquals("", csv().err());
      }
    }
  }

  @Test
  void anEntryOfOtherDataIsNotTaken() throws IOException {
    List<Path> heads = files("decoders", ".*safetensors");
    Files.copy(heads.get(0), heads.get(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Run run = csv();
    assertEquals(first, run.scores());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--batch=1", "--batch=7"})
  void theBatchSizeChangesNothing(String option) throws IOException {
    for (Path file : files("encodings", ".*")) {
      Files.delete(file);
    }
    assertEquals(first, csv(option).scores());
  }

  private Run csv(String... more) {
    return csv(cache, more);
  }

  private static Run csv(Path folder, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--format=csv", "--cache-dir", folder.toString()));
    options.addAll(List.of(more));
    return Run.of(Sample.pair(options.toArray(String[]::new))).ok();
  }

  private List<Path> files(String under, String pattern) throws IOException {
    return files(cache, under, pattern);
  }

  private static List<Path> files(Path folder, String under, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(under))) {
      return files.filter(f -> f.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  // A letter of a name in a card, or a number in a tensor.
  private static byte[] flipped(byte[] whole) {
    byte[] bytes = whole.clone();
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("vehicle\"");
    bytes[at >= 0 ? at : bytes.length / 2] ^= 1;
    return bytes;
  }
}
