// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: exit codes, closed streams, threads, little memory. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links the unpacked models")
final class ProcessTest {
  @TempDir Path folder;

  @Test
  void theThreadCountChangesNothing() throws IOException, InterruptedException {
    String expected = Run.of(Sample.pair("--format=csv")).ok().scores();
    Path models = folder.resolve("cache/models");
    Files.createDirectories(models.getParent());
    Files.createSymbolicLink(models, Sample.cache().resolve("models"));
    String[] arguments =
        Sample.pair("--format=csv", "-q", "--threads=2", "--cache-dir", folder + "/cache");
    Process process = start(List.of(), arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, code(process));
    assertEquals(expected, Run.scores(out));
    Files.delete(models);
  }

  @Test
  void aReaderThatLeavesEarlyIsNoFailure() throws IOException, InterruptedException {
    Process process = start(List.of(), Sample.pair("--format=csv", "-q"));
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      assertTrue(String.valueOf(reader.readLine()).startsWith("encoder,decoder"));
    }
    assertEquals(0, code(process));
    assertEquals("", err());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void resultsThatCannotBeWrittenAreALineAndCodeSeven() throws IOException, InterruptedException {
    var full = ProcessBuilder.Redirect.to(new File("/dev/full"));
    Process process = builder(List.of(), "--help").redirectOutput(full).start();
    assertEquals(7, code(process));
    assertTrue(err().startsWith("stitch: cannot write the results to standard output: "), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void noMemoryIsALineThatSaysWhatToDo() throws IOException, InterruptedException {
    Process process =
        start(List.of("-Xmx16m"), "encode", "--encoder=minilm", "--out", folder + "/v.safetensors");
    assertEquals(7, code(process));
    assertTrue(err().startsWith("stitch: out of memory"), err());
    assertTrue(err().endsWith("JAVA_OPTS=-Xmx4g\n"), err());
  }

  // Their codes alone, of 800 anchors, would take 160 MB; the vectors 6.
  @Test
  void manyVectorsAreTranslatedInLittleMemory() throws IOException, InterruptedException {
    space("x", 1_000);
    space("y", 1_000);
    Files.move(space("x", 50_000), folder.resolve("many.safetensors"));
    Files.move(folder.resolve("x.json"), folder.resolve("many.json"));
    space("x", 1_000);
    Process process =
        start(
            List.of("-Xmx56m"),
            "translate many.safetensors --from x.safetensors --to y.safetensors".split(" "),
            "--anchors=800 --codec=parseval --out=out.safetensors -q".split(" "));
    assertEquals(0, code(process), err());
    assertEquals(50_000, LatentSpace.open(folder.resolve("out.safetensors")).ids().size());
  }

  private Path space(String encoder, int rows) {
    int width = 32;
    var random = new Random(1);
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - .5f;
    }
    Path file = folder.resolve(encoder + ".safetensors");
    List<String> ids = IntStream.range(0, rows).mapToObj(Integer::toString).toList();
    var provenance = new Provenance(encoder, "e-" + encoder, "made", "d-" + rows, "all", "1");
    LatentSpace.of(ids, new int[0], List.of(), FloatMatrix.wrap(rows, width, values), provenance)
        .save(file);
    return file;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatTheLocaleLacksIsALine() throws IOException, InterruptedException {
    Path umlaut = Files.createDirectories(folder.resolve("dir \u00fc"));
    var builder = builder(List.of(), "encode", "--encoder=minilm", umlaut + "/x.txt");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    assertEquals(2, code(process));
    assertTrue(err().contains("is no path here"), err());
    assertTrue(err().contains("LC_ALL=C.UTF-8"), err());
  }

  private Process start(List<String> options, String[] arguments, String[] more)
      throws IOException {
    return start(options, Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private Process start(List<String> options, String... arguments) throws IOException {
    return builder(options, arguments).start();
  }

  private ProcessBuilder builder(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .putAll(Map.of("STITCH_CACHE_DIR", Sample.cache().toString(), "OPT_OUT_TRACKING", "true"));
    return builder.redirectError(folder.resolve("stderr").toFile());
  }

  private static int code(Process process) throws InterruptedException {
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    return process.exitValue();
  }

  // LibTorch itself prints a warning of its own, which no Java program can stop.
  private String err() throws IOException {
    String all = Files.readString(folder.resolve("stderr"));
    return all.replaceAll("(?m)^\\[W.*AutoNonVariableTypeMode.*\\R", "");
  }
}
