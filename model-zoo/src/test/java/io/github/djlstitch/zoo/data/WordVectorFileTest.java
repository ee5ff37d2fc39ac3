// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.FloatMatrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Word vectors as word2vec, fastText and GloVe write them, and broken. */
final class WordVectorFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'2 3\nthe 1 -2.5 3e-1\nça 0 .5 1. \n'", // word2vec ends rows with a blank
    "'the 1 -2.5 3e-1\nça 0 .5 1.\n'", // GloVe
    "'2 3\r\nthe 1 -2.5 3e-1\r\nça\t0\t.5\t1.'",
    "'\uFEFF2 3\nthe 1 -2.5 3e-1\nça 0 .5 1.\n'"
  })
  void theThreeFormsAreOne(String text) {
    WordVectors vectors = read(text);
    assertEquals(List.of("the", "ça"), vectors.words());
    assertEquals(
        FloatMatrix.of(3, 3, 0, .5f, 1, 1, -2.5f, .3f, 0, .5f, 1),
        vectors.vectors(List.of("ça", "the", "ça")));
    assertEquals(List.of(), vectors.notes());
    assertEquals(read("the 1 -2.5 .3\nça 0 .5 1\n").sha256(), vectors.sha256());
    assertNotEquals(read("the 1 -2.5 .3\nca 0 .5 1\n").sha256(), vectors.sha256());
  }

  @Test
  void blanksMayBePartOfAWordButNumbersMayNot() {
    WordVectors vectors = read("the 1 2\n. . . 3 4\nat a@b.com 5 6\n12 7 8\n");
    assertEquals(List.of("the", ". . .", "at a@b.com", "12"), vectors.words());
    assertEquals(FloatMatrix.of(1, 2, 5, 6), vectors.vectors(List.of("at a@b.com")));
    refused("the 1 2\nat 3 4 5\n", "line 2 (row 2)", "3 values", "expected 2");
  }

  @Test
  void firstVectorOfARepeatedWordCounts() {
    WordVectors vectors = read("a 1\nb 2\na 3\na 4\n");
    assertEquals(List.of("a", "b"), vectors.words());
    assertEquals(FloatMatrix.of(1, 1, 1), vectors.vectors(List.of("a")));
    assertEquals(1, vectors.notes().size());
    assertEquals(true, vectors.notes().get(0).contains("2 rows for words that came before"));
  }

  @Test
  void farRowsAreLeftOutAndThatIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("long.vec"), "4 1\na 1\nb 2\nc 3\nd x\n");
    WordVectors vectors = WordVectorFile.open(file, 2);
    assertEquals(List.of("a", "b"), vectors.words());
    assertEquals(true, vectors.notes().get(0).contains("the first 2 words were read"));
    Failures.badInput(() -> vectors.vectors(List.of("c")), "has no word 'c'");
    assertEquals(FloatMatrix.of(1, 1, 2), vectors.vectors(List.of("b")));
  }

  @ParameterizedTest
  @CsvSource({
    "'',no word vectors",
    "'3 2\n',line 1 promises 3 words",
    "'3 2\na 1 2\nb 1 2\n',promises 3 words",
    "'1 2\na 1 2\nb 1 2\n',there are 2",
    "'2 3\na 1 2 3\nb 1 2\n',line 3 (row 2)",
    "'a 1 2\nb 1 2 3\n',line 2 (row 2)",
    "'a 1 2\nb 1\n',has 1 values",
    "'a\n',at least 1",
    "'a 1 2\n\nb 1 2\n',line 2 (row 2) has no word",
    "'a 1 2\n 1 2\n',has no word",
    "'a 1 2\nb 1 nan\n',value 2 is ''nan''",
    "'a 1 2\nb 1 Infinity\n',value 2",
    "'a 1 2\nb 1e99 2\n',value 1 is ''1e99''",
    "'a 1 2\nb 1 0x1p3\n',value 2",
    "'a 1 2\nb 1f 2\n',value 1",
    "'a 1 2\nb 1e 2\n',value 1",
    "'a 1 2\nb - 2\n',value 1",
    "'a 1 2\nb . 2\n',value 1",
    "'1 999999999999999999\na 1\n',line 1 gives 999999999999999999 values",
    "'999999999999999999 1\na 1\n',promises 999999999999999999 words",
    "'1 0\na\n',line 1 gives 0 values"
  })
  void whatIsNoRowIsRefusedWithItsPlace(String text, String part) {
    refused(text, part);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    Path file = folder.resolve("latin.vec");
    Files.write(file, "caf\u00e9 1 2\n".getBytes(StandardCharsets.ISO_8859_1));
    Failures.badInput(() -> WordVectorFile.open(file), "line 1", "UTF-8");
    Failures.badInput(() -> WordVectorFile.open(folder.resolve("none")), "does not exist");
  }

  @Test
  void brokenFilesNeverCrash() {
    byte[] whole = "3 2\nthe 1 -2.5\nof 0 .5\nand 3e-1 1\n".getBytes(StandardCharsets.UTF_8);
    var random = new Random(0);
    for (int i = 0; i < 300; i++) {
      byte[] broken = whole.clone();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      Failures.badInputOrNothing(
          () -> {
            Path file = Files.write(folder.resolve("broken.vec"), broken);
            WordVectors vectors = WordVectorFile.open(file);
            vectors.vectors(vectors.words());
          });
    }
  }

  private void refused(String text, String... parts) {
    Failures.badInput(() -> read(text), parts);
  }

  private WordVectors read(String text) {
    try {
      return WordVectorFile.open(Files.writeString(folder.resolve("words.vec"), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
