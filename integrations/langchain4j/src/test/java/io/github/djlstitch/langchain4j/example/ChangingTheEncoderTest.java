// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example, run as it is. */
final class ChangingTheEncoderTest {
  @TempDir Path cache;

  @Test
  void theNewEncoderFindsWhatTheOldOneStored() {
    var out = new ByteArrayOutputStream();
    ChangingTheEncoder.run(cache, new PrintStream(out, true, StandardCharsets.UTF_8));
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\\R");
    int own = number(lines[1]);
    int stitched = number(lines[2]);
    int bare = number(lines[3]);
    String told = String.join("\n", lines);
    assertTrue(own > 150 && stitched > .75 * own && stitched > bare + 25, told);
  }

  private static int number(String line) {
    return Integer.parseInt(line.replaceFirst(".*: ", ""));
  }
}
