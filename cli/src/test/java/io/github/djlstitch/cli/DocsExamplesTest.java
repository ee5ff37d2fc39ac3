// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in docs/examples, as they are; {@link StitchTest} has JShell's. */
final class DocsExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");

  @TempDir Path folder;

  @Test
  void allCompile() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> programs = files.filter(f -> f.toString().endsWith(".java")).toList();
      assertTrue(programs.size() >= 2, programs.toString());
      compile(programs);
    }
  }

  @Test
  void bothEncodersOfTheDjlProgramAgree() throws Exception {
    compile(List.of(EXAMPLES.resolve("RelativeVectors.java")));
    // The engine's natives go to their usual place; only the encoders are unpacked here.
    ModelZoo.open(ZooOptions.in(Sample.cache())).encoder("minilm").close();
    System.setProperty("DJL_CACHE_DIR", folder.toString());
    try {
      assertEquals(
          """
          minilm     a lion and her cubs: an animal
          minilm     bread with cheese: a meal
          minilm     an old truck: a vehicle
          minilm     a fever and a cough: an illness
          bge-small  a lion and her cubs: an animal
          bge-small  bread with cheese: a meal
          bge-small  an old truck: a vehicle
          bge-small  a fever and a cough: an illness
          """,
          printed("RelativeVectors").replace(System.lineSeparator(), "\n"));
    } finally {
      System.clearProperty("DJL_CACHE_DIR");
    }
  }

  private void compile(List<Path> programs) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", folder.toString()));
    programs.forEach(program -> arguments.add(program.toString()));
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    assertEquals(0, compiler.run(null, null, null, arguments.toArray(String[]::new)));
  }

  private String printed(String program) throws Exception {
    PrintStream stdout = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        var captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      Class<?> type = loader.loadClass(program);
      type.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(stdout);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
