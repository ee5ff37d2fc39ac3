// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that pyarrow wrote (see {@code golden/make_parquet.py}), and ours as DuckDB reads them. */
final class ParquetTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"floats.parquet,a", "doubles.parquet,10", "fixed.parquet,10"})
  void filesOfPyarrowAreRead(String name, String firstId) throws IOException {
    Path file = Samples.resource(folder, name);
    try (VectorSource source = IndexFormat.PARQUET.open(file, IndexColumns.usual())) {
      Samples.All all = Samples.read(source, 2);
      assertEquals(Samples.expected(5, false, false).vectors(), all.vectors());
      assertEquals(firstId, all.ids().get(0));
      assertEquals(List.of("a", "b", "c", "d", "e"), all.texts());
      assertEquals(OptionalLong.of(5), source.rows());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ragged.parquet,row 3: the vector is NULL or has other than the 6 values",
    "null.parquet,row 3: the vector is NULL or has other than the 6 values",
    "null-value.parquet,row 3: value 1 of the vector is NULL",
  })
  void rowsThatAreNoVectorsAreNamed(String name, String message) throws IOException {
    Path file = Samples.resource(folder, name);
    StitchException e =
        assertThrows(StitchException.class, () -> Samples.read(IndexFormat.PARQUET, file, 2));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aFolderIsReadInTheOrderOfItsNames() throws IOException {
    for (String name : List.of("2.parquet", "1.parquet")) {
      Files.copy(Samples.resource(folder, "doubles.parquet"), inFolder(name));
    }
    Files.writeString(inFolder("_SUCCESS"), "");
    try (VectorSource source = IndexFormat.PARQUET.open(inFolder(""), IndexColumns.usual());
        var reader = source.read()) {
      assertEquals(OptionalLong.of(10), source.rows());
      assertEquals(1, reader.skip(1));
      assertEquals(List.of("11"), reader.next(1).ids());
      assertEquals(5, reader.skip(5)); // with the first file open
      assertEquals(List.of("12", "13", "14"), reader.next(9).ids());
      assertEquals(0, reader.next(1).rows());
    }
    Files.copy(Samples.resource(folder, "floats.parquet"), inFolder("3.parquet"));
    assertEquals(15, Samples.read(IndexFormat.PARQUET, inFolder(""), 4).vectors().size());
  }

  private Path inFolder(String name) throws IOException {
    return Files.createDirectories(folder.resolve("many")).resolve(name);
  }

  @Test
  void aSinglePartIsAFileWhereTheNameIsOne() {
    Path file = Samples.write(IndexFormat.PARQUET, folder, "new.parquet", 5, 5, true);
    assertTrue(Files.isRegularFile(file));
    assertEquals(Samples.expected(5, true, true), Samples.read(IndexFormat.PARQUET, file, 9));
    Path none = Samples.write(IndexFormat.PARQUET, folder.resolve("n"), "b.parquet", 0, 1, false);
    assertTrue(Files.isRegularFile(none));
  }

  @Test
  void manyPagesAndRowGroupsComeBack() {
    int rows = 130_000; // two row groups
    float[] values = new float[rows * 3];
    var random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    FloatMatrix vectors = FloatMatrix.wrap(rows, 3, values);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      ids.add("n" + i);
    }
    try (VectorSink sink =
        IndexFormat.PARQUET.create(folder, "b.parquet", 3, true, IndexColumns.usual())) {
      sink.append(new RowBlock(0, vectors, ids, List.of(), List.of()));
      sink.endPart();
      try (VectorSource source = IndexFormat.PARQUET.open(sink.finish(), IndexColumns.usual());
          var reader = source.read()) {
        RowBlock block = reader.next(rows);
        assertEquals(vectors, block.vectors());
        assertEquals(ids, block.ids());
      }
    }
  }

  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    Path file = Samples.resource(folder, "floats.parquet");
    byte[] whole = Files.readAllBytes(file);
    for (int seed = 0; seed < 60; seed++) {
      byte[] bytes = whole.clone();
      bytes[new Random(seed).nextInt(bytes.length)] ^= (byte) (1 + new Random(seed).nextInt(255));
      Files.write(file, seed % 3 == 0 ? Arrays.copyOf(bytes, seed * 20) : bytes);
      try {
        Samples.read(IndexFormat.PARQUET, file, 9);
      } catch (StitchException e) {
        assertTrue(!e.getMessage().contains("\n"), e.getMessage());
      }
    }
  }
}
