// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.indexes.VectorSink.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises of sources and sinks, for each format. */
final class FormatContractTest {
  private static final int ROWS = 11;

  @TempDir Path folder;

  static Stream<IndexFormat> formats() {
    return Arrays.stream(IndexFormat.values());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void rowsComeBack(IndexFormat format) {
    Path index = Samples.write(format, folder, "new", ROWS, 4, false);
    assertEquals(
        Samples.expected(ROWS, false, false).vectors(), Samples.read(format, index, 3).vectors());
    try (VectorSource source = format.open(index, IndexColumns.usual())) {
      assertEquals(Samples.WIDTH, source.width());
      assertTrue(source.rows().isEmpty() || source.rows().getAsLong() == ROWS);
      assertEquals(new IndexAddress(format, index), source.address());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void idsComeBackWhereTheFormatKeepsThem(IndexFormat format) {
    Path index = Samples.write(format, folder, "new", ROWS, 4, true);
    boolean ids = format.keepsIds();
    assertEquals(
        Samples.expected(ROWS, ids, ids && format.keepsTexts()), Samples.read(format, index, 100));
    try (VectorSource source = format.open(index, IndexColumns.usual())) {
      assertEquals(ids, source.hasIds());
      assertEquals(format.keepsTexts(), source.hasTexts());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void readersSkip(IndexFormat format) {
    Path index = Samples.write(format, folder, "new", ROWS, 4, true);
    try (VectorSource source = format.open(index, IndexColumns.usual());
        var reader = source.read()) {
      assertEquals(4, reader.skip(4));
      RowBlock block = reader.next(1);
      assertEquals(Samples.golden(4, 5), block.vectors());
      assertEquals(4, block.first());
      assertEquals(format.keepsIds() ? "id-4-é" : "4", block.id(0));
      assertEquals(ROWS - 5, reader.skip(100));
      assertEquals(0, reader.next(1).rows());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aKilledWriterGoesOnWithTheSameBytes(IndexFormat format) throws IOException {
    List<String> whole =
        Samples.bytes(Samples.write(format, folder.resolve("a"), "new", ROWS, 4, true));
    Path other = folder.resolve("b");
    List<Part> parts;
    try (VectorSink sink = format.create(other, "new", Samples.WIDTH, true, IndexColumns.usual())) {
      parts = new ArrayList<>(Samples.append(sink, 0, 8, 4, true));
      sink.append(Samples.named(8, 10)); // lost
    }
    assertEquals(List.of(4L, 4L), parts.stream().map(Part::rows).toList());
    try (VectorSink sink =
        format.resume(other, "new", Samples.WIDTH, true, IndexColumns.usual(), parts)) {
      parts.addAll(Samples.append(sink, 8, ROWS, 4, true));
      sink.finish();
    }
    // And once more, as if it had been killed after the end.
    try (VectorSink sink =
        format.resume(other, "new", Samples.WIDTH, true, IndexColumns.usual(), parts)) {
      Path index = sink.finish();
      if (format != IndexFormat.LUCENE) { // whose segments have random ids
        assertEquals(whole, Samples.bytes(index));
      }
      assertEquals(ROWS, Samples.read(format, index, 100).vectors().size());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aDamagedPartIsRefused(IndexFormat format) throws IOException {
    assumeTrue(format != IndexFormat.LUCENE, "has no pieces; see LuceneTest");
    List<Part> parts;
    try (VectorSink sink =
        format.create(folder, "new", Samples.WIDTH, true, IndexColumns.usual())) {
      parts = Samples.append(sink, 0, 8, 4, true);
    }
    VectorSink.Piece piece = parts.get(1).pieces().get(0);
    Path file = folder.resolve(piece.file());
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) piece.offset() + 5] ^= 1;
    Files.write(file, bytes);
    assertRefused(
        Kind.VERIFICATION,
        () -> format.resume(folder, "new", Samples.WIDTH, true, IndexColumns.usual(), parts));
    Files.write(file, Arrays.copyOf(bytes, (int) piece.offset() + 5));
    assertRefused(
        Kind.VERIFICATION,
        () -> format.resume(folder, "new", Samples.WIDTH, true, IndexColumns.usual(), parts));
    Files.delete(file);
    assertRefused(
        Kind.VERIFICATION,
        () -> format.resume(folder, "new", Samples.WIDTH, true, IndexColumns.usual(), parts));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void rowsOfAnotherWidthAreRefused(IndexFormat format) {
    try (VectorSink sink =
        format.create(folder, "new", Samples.WIDTH, false, IndexColumns.usual())) {
      var other = RowBlock.numbered(0, FloatMatrix.of(1, 2, 1f, 2f));
      assertRefused(Kind.BAD_INPUT, () -> sink.append(other));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void idsThatSomeFormatCannotKeepAreRefused(IndexFormat format) {
    if (!format.keepsIds()) {
      return;
    }
    for (String id : List.of("", "a\nb", "a\0b", "\ud800", "x".repeat(RowId.LONGEST + 1))) {
      try (VectorSink sink =
          format.create(folder, "new", Samples.WIDTH, true, IndexColumns.usual())) {
        var block = new RowBlock(0, Samples.golden(0, 1), List.of(id), List.of(), List.of());
        assertRefused(Kind.BAD_INPUT, () -> sink.append(block));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void folderThatIsAFileIsNoRoom(IndexFormat format) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertRefused(Kind.RESOURCES, () -> Samples.write(format, file, "new", 3, 3, true));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsNotThereIsRefused(IndexFormat format) throws IOException {
    Path none = folder.resolve("none");
    assertRefused(Kind.BAD_INPUT, () -> format.open(none, IndexColumns.usual()));
    Path empty = Files.createFile(folder.resolve("empty"));
    assertRefused(Kind.BAD_INPUT, () -> format.open(empty, IndexColumns.usual()));
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertRefused(Kind.BAD_INPUT, () -> format.open(directory, IndexColumns.usual()));
  }

  static void assertRefused(Kind kind, org.junit.jupiter.api.function.Executable action) {
    StitchException e = assertThrows(StitchException.class, action);
    assertEquals(kind, e.kind(), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }
}
