// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Copies of tables with a pgvector. The bytes are written out by hand from the documentation of
 * COPY ("Binary Format") and of pgvector ({@code vector_send}: int16 dimension, int16 0, float4).
 */
final class PgFilesTest {
  private static final String HEADER = "5047434f50590aff0d0a00" + "00000000" + "00000000";
  private static final String VECTOR_1_MINUS_2 =
      "0000000c" + "0002" + "0000" + "3f800000" + "c0000000";
  private static final String VECTOR_HALF_3 =
      "0000000c" + "0002" + "0000" + "3f000000" + "40400000";
  private static final String END = "ffff";
  private static final String UUID_BYTES = "a0eebc999c0b4ef8bb6d6bb9bd380a11";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "00000008000000000000002a,00000008000000000000002b,42,43",
    "000000080000000000000000,00000008ffffffffffffffff,0,-1",
    "000000040000002a,000000047fffffff,42,2147483647",
    "00000010a0eebc999c0b4ef8bb6d6bb9bd380a11,00000010a0eebc999c0b4ef8bb6d6bb9bd380a12,"
        + "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12",
    "0000000461c3a962,0000000161,aéb,a",
    "000000086162636465666768,0000000161,abcdefgh,a",
  })
  void everyTypeOfIdIsRead(String first, String second, String id1, String id2) throws IOException {
    String rows = ("0002" + first + VECTOR_1_MINUS_2) + ("0002" + second + VECTOR_HALF_3);
    Path file = write("ids.copy", HEADER + rows + END);
    Samples.All all = Samples.read(IndexFormat.PGCOPY, file, 9);
    assertEquals(List.of(id1, id2), all.ids());
    assertEquals(List.of(List.of(1f, -2f), List.of(0.5f, 3f)), all.vectors());
  }

  @Test
  void namedTypesDecideWhereBytesCouldBeTwo() throws IOException {
    String row = "0002" + "0000000431323334" + VECTOR_1_MINUS_2;
    Path file = write("ids.copy", HEADER + row + END);
    assertEquals(List.of("1234"), Samples.read(IndexFormat.PGCOPY, file, 9).ids());
    try (VectorSource source = IndexFormat.PGCOPY.open(file, columns("0:int4"))) {
      assertEquals(List.of("825373492"), Samples.read(source, 9).ids());
    }
    StitchException e =
        assertThrows(StitchException.class, () -> IndexFormat.PGCOPY.open(file, columns("0:int9")));
    assertTrue(e.getMessage().contains("did you mean 'int4'"), e.getMessage());
    assertEquals(StitchException.Kind.USAGE, e.kind());
  }

  private static IndexColumns columns(String id) {
    return new IndexColumns(Optional.of(id), Optional.empty(), Optional.empty());
  }

  @Test
  void otherColumnsSurviveByteByByte() throws IOException {
    // id int8, a timestamp, the vector, a text, a NULL; a header extension of two bytes.
    String other = "00000008" + "00029e1d4b3f8000";
    String text = "00000003" + "61c3a9";
    String header = HEADER.substring(0, HEADER.length() - 8) + "00000002" + "abcd";
    String row = "0005" + "000000080000000000000007" + other + "%s" + text + "ffffffff";
    Path file = write("a.copy", header + row.formatted(VECTOR_1_MINUS_2) + END);
    var found = new RowBlock[1];
    try (VectorSource source = IndexFormat.PGCOPY.open(file, IndexColumns.usual());
        var reader = source.read()) {
      found[0] = reader.next(9);
      assertEquals(List.of("7"), found[0].ids());
      assertEquals(List.of("aé"), found[0].texts());
    }
    var changed = found[0].withVectors(FloatMatrix.of(1, 1, 1f));
    try (VectorSink sink =
        IndexFormat.PGCOPY.create(folder.resolve("new"), "b", 1, true, IndexColumns.usual())) {
      sink.append(changed);
      sink.endPart();
      String vector = "00000008" + "0001" + "0000" + "3f800000";
      String expected = HEADER + row.formatted(vector) + END;
      assertEquals(expected, HexFormat.of().formatHex(Files.readAllBytes(sink.finish())));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0:uuid,true," + UUID_BYTES,
    "0:int8,true,000000000000002a",
    "0:int4,true,0000002a",
    "0,true,3432",
    "0,false,0000000000000000"
  })
  void idsAreWrittenAsTheTypeThatIsNamed(String column, boolean hasIds, String bytes)
      throws IOException {
    String id = column.endsWith("uuid") ? "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11" : "42";
    List<String> ids = hasIds ? List.of(id) : List.of();
    var block = new RowBlock(0, FloatMatrix.of(1, 2, 1f, -2f), ids, List.of(), List.of());
    try (VectorSink sink = IndexFormat.PGCOPY.create(folder, "b", 2, hasIds, columns(column))) {
      sink.append(block);
      sink.endPart();
      String length = "%08x".formatted(bytes.length() / 2);
      String expected = HEADER + "0002" + length + bytes + VECTOR_1_MINUS_2 + END;
      assertEquals(expected, HexFormat.of().formatHex(Files.readAllBytes(sink.finish())));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0002 00000001 61 ffffffff,no column is a pgvector",
    "0002 00000001 61 00000008 0002 0000 3c00 c000,no column is a pgvector", // a halfvec
    "0001 0000000c 0002 0000 3f800000 c0000000 0001 ffffffff ffff,column 0 is NULL",
    "0001 0000000c 0002 0000 3f800000 c0000000,is cut short in row 1",
    "0001 0000000c 0002 0000 3f800000,is cut short in row 0",
    "0001 7fffffff,field 0 has 2147483647 bytes but a row may have 16777216",
    "7fff,has 32767 fields",
    "ffff,has no rows",
    "0001 0000000c 0002 0000 3f800000 c0000000 ffff 00,goes on behind its end",
    "0001 0000000c 0002 0000 3f800000 c0000000 0001 00000008 0001 0000 3f800000 ffff,has 1 values but those before it have 2",
  })
  void damagedRowsAreNamed(String rows, String message) throws IOException {
    Path file = write("a.copy", HEADER + rows.replace(" ", ""));
    StitchException e =
        assertThrows(StitchException.class, () -> Samples.read(IndexFormat.PGCOPY, file, 9));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "5047434f50590aff0d0a00 00010000 00000000 ffff,flags 0x00010000",
    "5047434f50590aff0d0a00 00000000 7fffffff ffff,cut short in the header",
    "5047434f50590a0d0a0000 00000000 00000000 ffff,does not begin as COPY",
  })
  void otherHeadersAreRefused(String bytes, String message) throws IOException {
    Path file = write("a.copy", bytes.replace(" ", "") + "00".repeat(8));
    StitchException e =
        assertThrows(
            StitchException.class, () -> IndexFormat.PGCOPY.open(file, IndexColumns.usual()));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void csvKeepsItsOtherColumns() throws IOException {
    String text =
        """
        id,~a ~~b~~~,embedding,text
        1,,~[1,-2]~,~two
        lines, ~~quoted~~~
        2,~~,~[0.5,3]~,plain
        """
            .replace('~', '"');
    Path file = Files.writeString(folder.resolve("a.csv"), text);
    Samples.All all = Samples.read(IndexFormat.PGCSV, file, 1);
    assertEquals(List.of("1", "2"), all.ids());
    assertEquals(List.of("two\nlines, \"quoted\"", "plain"), all.texts());
    assertEquals(List.of(List.of(1f, -2f), List.of(0.5f, 3f)), all.vectors());
    try (VectorSource source = IndexFormat.PGCSV.open(file, IndexColumns.usual());
        var reader = source.read();
        VectorSink sink =
            IndexFormat.PGCSV.create(folder.resolve("new"), "b", 1, true, IndexColumns.usual())) {
      sink.append(reader.next(9).withVectors(FloatMatrix.of(2, 1, 8f, 9f)));
      sink.endPart();
      String expected = text.replace("[1,-2]", "[8.0]").replace("[0.5,3]", "[9.0]");
      assertArrayEquals(expected.getBytes(UTF_8), Files.readAllBytes(sink.finish()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "id,v@1,a|has no column that begins with '['",
        "id,vector@1,|the vector is empty",
        "id,vector@1|has 1 columns but the header has 2",
        "id,vector@1,\"[1,2] \"|something follows",
        "id,vector@1,\"[1,2|a quote is not closed",
        "id,vector@1,\"[1]\"@2,\"[1,2]\"|more than 1 values",
        "id,vector@,\"[1]\"|an id needs 1 to 4096 characters",
        "id,vector|has no rows",
      })
  void damagedCsvIsNamed(String lines, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), lines.replace('@', '\n'));
    StitchException e =
        assertThrows(StitchException.class, () -> Samples.read(IndexFormat.PGCSV, file, 9));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private Path write(String name, String hex) throws IOException {
    return Files.write(folder.resolve(name), HexFormat.of().parseHex(hex));
  }
}
