// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries that were damaged after DJL unpacked them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links the unpacked models")
final class NativesTest {
  @TempDir Path folder;

  // Each of them ended the process with SIGSEGV or SIGABRT, or named no cause.
  @Test
  void damagedLibrariesAreUnpackedAgain() throws IOException, InterruptedException {
    String expected = Run.of(Sample.pair("--format=csv")).ok().scores();
    List<String> names = damagedCopies();
    Process process = start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    String err = Files.readString(folder.resolve("stderr"));
    assertEquals(0, process.exitValue(), err);
    assertEquals(expected, Run.scores(out));
    List<String> told =
        err.lines().filter(line -> line.contains("were damaged on disk and were")).toList();
    assertEquals(2, told.size(), err); // LibTorch and the tokenizers
    names.forEach(name -> assertTrue(String.join("", told).contains(name), err));
  }

  // The large file is cut, so that only what is whole takes room.
  private List<String> damagedCopies() throws IOException {
    List<String> names = new ArrayList<>();
    for (String engine : List.of("pytorch", "tokenizers")) {
      Path from = unpacked().resolve(engine);
      try (Stream<Path> files = Files.walk(from, 2)) {
        for (Path file : files.filter(f -> f.getNameCount() == from.getNameCount() + 2).toList()) {
          Path copy = folder.resolve("djl/" + engine).resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          names.add(copy.getFileName().toString());
          Files.write(copy, damaged(file, names.size()));
        }
      }
    }
    return names;
  }

  // Where DJL unpacks libraries.
  private static Path unpacked() {
    String set = System.getenv("DJL_CACHE_DIR");
    return set == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(set);
  }

  private static byte[] damaged(Path file, int kind) throws IOException {
    int large = 32 << 20;
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(large);
    }
    if (bytes.length == large || kind % 3 == 0) {
      return Arrays.copyOf(bytes, bytes.length / 2);
    }
    bytes[bytes.length / 2] ^= 1;
    return kind % 3 == 1 ? bytes : new byte[0];
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(Sample.pair("--format=csv", "--cache-dir", folder + "/cache")));
    Path models = folder.resolve("cache/models");
    Files.createDirectories(models.getParent());
    Files.createSymbolicLink(models, Sample.cache().resolve("models"));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of("DJL_CACHE_DIR", folder.resolve("djl").toString(), "OPT_OUT_TRACKING", "true"));
    return builder.redirectError(folder.resolve("stderr").toFile()).start();
  }
}
