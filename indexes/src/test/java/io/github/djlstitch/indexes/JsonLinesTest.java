// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON lines and bulk requests. */
final class JsonLinesTest {
  private static final String BULK =
      """
      {"index": {"_index": "shop", "_id": "a1"}}
      {"title": "é \\u00e9", "embedding": [1, -2.5], "n": 1.00, "nested": {"vector": [9]}}
      { "create":{"_id": "a2"}}

      {"embedding":[ 3e0 , 4 ],"tags":["x]","}"]}
      """;

  @TempDir Path folder;

  @Test
  void otherFieldsSurviveByteByByte() throws IOException {
    String lines =
        """
        {"id": 17, "vector": [1,2], "text": "a \\"b\\"", "price": 1.50, "more": [[], {"vector": 1}]}
        { "vector":[ 3 , 4 ] ,"text":null, "id":"x" }
        """;
    Path file = Files.writeString(folder.resolve("a.jsonl"), lines);
    Samples.All all = Samples.read(IndexFormat.JSONL, file, 1);
    assertEquals(List.of("17", "x"), all.ids());
    assertEquals(List.of("a \"b\"", ""), all.texts());
    assertEquals(List.of(List.of(1f, 2f), List.of(3f, 4f)), all.vectors());
    String expected =
        """
        {"id": 17, "vector": [0.5,-0.25,8.0], "text": "a \\"b\\"", "price": 1.50, "more": [[], {"vector": 1}]}
        { "vector":[0.5,-0.25,8.0] ,"text":null, "id":"x" }
        """;
    assertEquals(expected, Files.readString(rewritten(file)));
  }

  @Test
  void bulkRequestsStayOnes() throws IOException {
    Path file = Files.writeString(folder.resolve("a.ndjson"), BULK);
    Samples.All all = Samples.read(IndexFormat.JSONL, file, 100);
    assertEquals(List.of("a1", "a2"), all.ids());
    assertEquals(List.of(List.of(1f, -2.5f), List.of(3f, 4f)), all.vectors());
    assertEquals(
        BULK.replace("[1, -2.5]", "[0.5,-0.25,8.0]")
            .replace("[ 3e0 , 4 ]", "[0.5,-0.25,8.0]")
            .replace("\n\n", "\n"),
        Files.readString(rewritten(file)));
  }

  private Path rewritten(Path file) {
    FloatMatrix other = FloatMatrix.of(1, 3, 0.5f, -0.25f, 8f);
    var columns = IndexColumns.usual();
    try (VectorSource source = IndexFormat.JSONL.open(file, columns);
        var reader = source.read();
        VectorSink sink = IndexFormat.JSONL.create(folder.resolve("new"), "b", 3, true, columns)) {
      for (RowBlock rows = reader.next(1); rows.rows() > 0; rows = reader.next(1)) {
        sink.append(rows.withVectors(other));
      }
      sink.endPart();
      return sink.finish();
    }
  }

  @Test
  void marksLineBreaksAndNamesOfFieldsMayVary() throws IOException {
    String lines = "\ufeff{\"key\":\"a\",\"v\\u0065c\":[1]}\r\n\r\n{\"vec\":[2],\"key\":\"b\"}";
    Path file = Files.writeString(folder.resolve("a.jsonl"), lines);
    var columns = new IndexColumns(Optional.of("key"), Optional.of("vec"), Optional.empty());
    try (VectorSource source = IndexFormat.JSONL.open(file, columns)) {
      Samples.All all = Samples.read(source, 100);
      assertEquals(List.of("a", "b"), all.ids());
      assertEquals(List.of(List.of(1f), List.of(2f)), all.vectors());
      assertFalse(source.hasTexts());
    }
  }

  @Test
  void valuesThatAreNotFiniteAreReadButNotWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"vector\": [NaN, -Infinity]}\n");
    Samples.All all = Samples.read(IndexFormat.JSONL, file, 1);
    assertEquals(List.of(List.of(Float.NaN, Float.NEGATIVE_INFINITY)), all.vectors());
    var block = RowBlock.numbered(0, FloatMatrix.of(1, 2, Float.NaN, 1f));
    try (VectorSink sink =
        IndexFormat.JSONL.create(folder.resolve("new"), "b", 2, false, IndexColumns.usual())) {
      FormatContractTest.assertRefused(Kind.BAD_INPUT, () -> sink.append(block));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\": \"a\"}|line 1 has no vector 'vector'",
        "{\"vector\": [1], \"embedding\": [2]}|has both 'vector' and 'embedding'",
        "{\"vector\": null}|must be a list of numbers",
        "{\"vector\": [1, \"2\"]}|a number is missing",
        "[1, 2]|is not a JSON object",
        "{\"vector\": [1], \"a\": tru}|is not strict JSON",
        "{\"vector\": [1], \"a\": 1, \"a\": 2}|field 'a' is given twice",
        "{\"vector\": [1]} {}|is not strict JSON",
        "{\"vector\": [1], \"a\": \"|ends within a text",
        "{\"a\": \"|ends within a text",
        "{\"a\": [|ends within a value",
        "{\"delete\": {\"_id\": \"1\"}}|carries no whole document",
        "{\"index\": {}}|has an action but no document",
        "{\"vector\": []}|0 values but must have 1 to",
      })
  void malformedLinesAreNamed(String line, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), line + "\n");
    StitchException e =
        assertThrows(StitchException.class, () -> Samples.read(IndexFormat.JSONL, file, 9));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(Kind.BAD_INPUT, e.kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\": \"b\", \"vector\": [1]}|line 2 'vector' has 1 values but those before it have 2",
        "{\"id\": \"b\", \"vector\": [1,2,3]}|more than 2 values",
        "{\"vector\": [1,2]}|line 2 has no id 'id'",
        "{\"id\": true, \"vector\": [1,2]}|line 2 has no id 'id'",
      })
  void laterRowsMustBeAsTheFirst(String line, String message) throws IOException {
    String lines = "{\"id\": \"a\", \"vector\": [1, 2]}\n" + line + "\n";
    Path file = Files.writeString(folder.resolve("a.jsonl"), lines);
    StitchException e =
        assertThrows(StitchException.class, () -> Samples.read(IndexFormat.JSONL, file, 9));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void actionsWithoutDocumentsAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.ndjson"), BULK + "{\"index\": {\"_id\": 1}}");
    StitchException e =
        assertThrows(StitchException.class, () -> Samples.read(IndexFormat.JSONL, file, 9));
    assertTrue(e.getMessage().contains("line 6 is an action but no document"), e.getMessage());
    try (VectorSource source = IndexFormat.JSONL.open(file, IndexColumns.usual());
        var reader = source.read()) {
      assertEquals(2, reader.skip(2));
      assertThrows(StitchException.class, () -> reader.skip(1));
    }
  }

  @Test
  void endlessLinesAreRefused() throws IOException {
    Path file = folder.resolve("a.jsonl");
    Files.write(file, new byte[Lines.LONGEST * 2 + 10]);
    StitchException e =
        assertThrows(
            StitchException.class, () -> IndexFormat.JSONL.open(file, IndexColumns.usual()));
    assertTrue(e.getMessage().contains("line 1 has more than 16777216 bytes"), e.getMessage());
  }
}
