// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JShell, and what its one import prints there. */
final class StitchTest {
  @TempDir Path folder;

  @Test
  void aSnippetFileRunsAndPrintsTables() throws IOException {
    Path snippets = folder.resolve("snippets.jsh");
    Files.writeString(
        snippets,
        """
        System.out.println(Stitch.encoders().subList(0, 4));
        System.out.println(Stitch.encoder("minilm"));
        var vectors = Stitch.encoder("minilm").encode("hello", "a text longer than the column");
        System.out.println(vectors);
        System.out.println(Stitch.encoder("minilm").encode("a","b","c","d","e","f","g","h"));
        var other = Stitch.encoder("bge-small").encode("a", "b", "c", "d");
        var four = Stitch.encoder("minilm").encode("a", "b", "c", "d");
        System.out.println(vectors.relative(vectors));
        System.out.println(four.relative(four).retrieval(other.relative(other), 2));
        System.out.println(Stitch.grid("minilm", "%s"));
        /exit
        """
            .formatted(manyRows()));
    String out = jshell(snippets);
    assertTrue(out.contains("[minilm, bge-small, e5-small, bge-small-zh]"), out);
    assertTrue(out.contains("minilm: texts to 384 values\n"), out);
    assertTrue(out.matches("(?s).*\nhello +(-?0\\.\\d{4} +){6}\\.\\.\\.\n.*"), out);
    assertTrue(out.contains("\na text longer than th...  "), out);
    assertTrue(out.contains("\nand 2 more\n"), out);
    assertTrue(out.matches("(?s).*\nhello +1\\.0000 +-1\\.0000 +\\.\\.\\.\n.*"), out);
    assertTrue(out.contains("Retrieval[k=2, jaccard="), out);
    assertTrue(out.contains("minilm into minilm-head\ncsv:"), out);
    assertTrue(out.contains("relative (cosine)"), out);
    out.replace(folder.toString(), "")
        .lines()
        .forEach(line -> assertTrue(line.length() <= 80, line));
  }

  private String manyRows() throws IOException {
    var csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 380; i++) {
      csv.append(i).append(i % 2 == 0 ? " cats,animal\n" : " ships,vehicle\n");
    }
    return "csv:" + Files.writeString(folder.resolve("many.csv"), csv);
  }

  // The shell prints to the process's own output, as its snippets do.
  private static String jshell(Path snippets) {
    PrintStream stdout = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      assertEquals(0, Run.of("jshell", snippets.toString()).code());
    } finally {
      System.setOut(stdout);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
