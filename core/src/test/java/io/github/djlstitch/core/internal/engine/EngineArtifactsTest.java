// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs whose class path lacks a part of the engine. */
final class EngineArtifactsTest {
  @Test
  void nothingIsMissingHere() throws Exception {
    assertEquals(Optional.empty(), EngineArtifacts.missing());
  }

  // A version of DJL or LibTorch that moves is to be looked up by whoever reads the message.
  @ParameterizedTest
  @CsvSource({
    "pytorch-engine, '0[.]35[.]\\d+'",
    "pytorch-jni, '2[.]7[.]\\d+-0[.]35[.]\\d+'",
    "pytorch-native-cpu, '2[.]7[.]\\d+:(linux|osx|win)-(x86_64|aarch64)'",
  })
  void aMissingArtifactIsNamed(String artifact, String version) throws Exception {
    String said = without(artifact);
    assertTrue(
        said.matches(
            "UNAVAILABLE LibTorch cannot be loaded: ai[.]djl[.]pytorch:"
                + artifact
                + ":"
                + version
                + " is not on the class path; add it, or depend on"
                + " io[.]github[.]djlstitch:stitch-starter, which brings all that is needed"),
        said);
  }

  /** Starts the engine and prints how that failed. */
  public static void main(String[] args) {
    try (var manager = TensorBridge.newManager()) {
      System.out.println(manager.getEngine());
    } catch (StitchException e) {
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  private static String without(String artifact) throws Exception {
    String rest =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(place -> !Path.of(place).getFileName().toString().startsWith(artifact))
            .collect(Collectors.joining(File.pathSeparator));
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                rest,
                EngineArtifactsTest.class.getName()));
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // Java would say that it saw them
    builder.redirectError(ProcessBuilder.Redirect.DISCARD); // the logger's
    Process child = builder.start();
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), out);
    return out.strip();
  }
}
