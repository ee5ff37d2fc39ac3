// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example, run as it is. */
final class ChangingTheEncoderTest {
  @TempDir Path folder;

  @Test
  void theNewEncoderFindsWhatTheOldOneIndexedAndTheIndexStays() throws IOException {
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(folder.resolve("cache")));
    Path index = folder.resolve("index");
    ChangingTheEncoder.index(zoo, index);
    Map<String, ByteBuffer> before = files(index);
    var out = new ByteArrayOutputStream();
    ChangingTheEncoder.ask(zoo, index, new PrintStream(out, true, StandardCharsets.UTF_8));
    assertTrue(before.size() > 3, before.keySet().toString());
    assertEquals(before, files(index));

    String told = out.toString(StandardCharsets.UTF_8);
    List<String> lines = told.lines().toList();
    int own = number(lines.get(1));
    int stitched = number(lines.get(2));
    int bare = number(lines.get(3));
    assertTrue(own > 75 && stitched > .8 * own && stitched > bare + 20, told);
    // The prompt: half an entry, and what was found for it, the whole entry too.
    assertEquals("Answer using the following information:", lines.get(9), told);
    String question = lines.get(7);
    assertTrue(lines.stream().skip(10).anyMatch(line -> line.startsWith(question)), told);
  }

  private static Map<String, ByteBuffer> files(Path index) throws IOException {
    Map<String, ByteBuffer> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(index)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
      }
    }
    return files;
  }

  private static int number(String line) {
    return Integer.parseInt(line.replaceFirst(".*: ", ""));
  }
}
