// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordVectorFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 2\nthe 1 2 \nnaïve -.5 2e-3 \ncat 3 4 \n", // word2vec and fastText end rows with a space
        "the 1 2\nnaïve -.5 2e-3\ncat 3 4", // GloVe
        "the\t1\t2\r\nnaïve\t-.5\t2e-3\r\ncat\t3\t4\r\n"
      })
  void formsAreTheSame(String text) throws IOException {
    var file = WordVectorFile.scan(file(text));
    assertEquals(List.of("the", "naïve", "cat"), file.words());
    assertEquals(2, file.width());
    assertEquals(List.of(), file.notes());
    var read = file.read(List.of("cat", "naïve"));
    assertEquals(List.of("cat", "naïve"), read.ids());
    assertArrayEquals(new float[] {3, 4, -.5f, 2e-3f}, read.vectors().toArray());
  }

  @Test
  void firstOfRepeatedWordsCounts() throws IOException {
    var file = WordVectorFile.scan(file("a 1 2\nb 3 4\na 5 6\n"));
    assertEquals(List.of("a", "b"), file.words());
    assertArrayEquals(new float[] {1, 2}, file.read(List.of("a")).vectors().toArray());
    assertTrue(file.notes().get(0).contains("1 of 3 rows repeat"), file.notes().get(0));
  }

  @Test
  void wordsMayHoldSpaces() throws IOException {
    var file = WordVectorFile.scan(file("a 1 2\n. . . 3 4\n1 b 5 6\n"));
    assertEquals(List.of("a", ". . .", "1 b"), file.words());
    assertArrayEquals(new float[] {3, 4}, file.read(List.of(". . .")).vectors().toArray());
  }

  @Test
  void longFilesAreCutAndNoted() throws IOException {
    var file = WordVectorFile.scan(file("9 1\na 1\nb 2\nc 3\n"), 2);
    assertEquals(List.of("a", "b"), file.words());
    assertTrue(file.notes().get(0).contains("only its first 2 words"), file.notes().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1 2/b 3/|line 2",
        "a 1 2/b 3 4 5/|line 2",
        "2 3/a 1 2/b 1 2/|line 2",
        "3 2/a 1 2/b 1 2/|line 1 announces 3 words but 2 follow",
        "1 2/a 1 2/b 1 2/|line 1 announces 1 words but 2 follow",
        "999999999 999999999/a 1/|line 2",
        "2 0/a/b/|width 0",
        "a 1 2/ 3 4/|line 2",
        "a 1  2/b 3 4/|line 2",
        "a/b/|line 1",
        "3 2/|no row",
        "''|no row"
      })
  void wrongShapesAreRefusedAndPlaced(String text, String place) throws IOException {
    refused(place, file(text.replace('/', '\n')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-inf", "1e99", "0x1p3", "1f", "one", "1e", "."})
  void onlyFiniteDecimalsAreValues(String value) throws IOException {
    var file = WordVectorFile.scan(file("a 1 2\nb 3 " + value + "\n"));
    var refusal = assertThrows(StitchException.class, () -> file.read(List.of("b")));
    assertTrue(refusal.getMessage().contains("line 2, value 2 of word 'b'"), refusal.getMessage());
  }

  @Test
  void otherRefusals() throws IOException {
    refused("does not exist", folder.resolve("none.vec"));
    Path latin = Files.write(folder.resolve("l"), "né 1\n".getBytes(StandardCharsets.ISO_8859_1));
    refused("UTF-8", latin);
    var file = WordVectorFile.scan(file("a 1\n"));
    assertThrows(StitchException.class, () -> file.read(List.of("b")));
    refused("1 to 8192", file("a" + " 1".repeat(8193) + "\n"));
  }

  private static void refused(String part, Path file) {
    var refusal = assertThrows(StitchException.class, () -> WordVectorFile.scan(file));
    assertEquals(StitchException.Kind.BAD_INPUT, refusal.kind());
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("words.vec"), text);
  }
}
