// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsWriterTest {
  private static final Tensor LABELS = Tensor.ints("labels", new int[] {3}, new int[] {0, 1, 2});
  private static final Tensor WIDE =
      Tensor.of("wide", DType.F64, new int[] {1}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
  private static final FloatMatrix ROWS = FloatMatrix.of(3, 2, 1, 2, 3, 4, 5, 6);

  @TempDir Path folder;

  @Test
  void layoutIsThatOfTheReference() throws IOException {
    Path path = folder.resolve("a/b/x.safetensors");
    Tensor odd = Tensor.bytes("odd", new int[] {1}, new byte[] {9});
    SafetensorsWriter.write(path, Map.of("b", "\u00e9\"\n", "a", "1"), List.of(odd, LABELS, WIDE));
    byte[] bytes = Files.readAllBytes(path);
    int headerSize = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, headerSize, StandardCharsets.UTF_8);
    assertEquals(0, headerSize % 8);
    assertEquals(
        "{\"__metadata__\":{\"a\":\"1\",\"b\":\"\u00e9\\\"\\n\"},"
            + "\"wide\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"labels\":{\"dtype\":\"I32\",\"shape\":[3],\"data_offsets\":[8,20]},"
            + "\"odd\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[20,21]}}",
        header.stripTrailing());
    assertEquals(8 + headerSize + 21, bytes.length);
    assertEquals("\u00e9\"\n", Safetensors.open(path).metadata().get("b"));
  }

  @Test
  void rowsGiveTheSameFileAsTheWhole() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path streamed = folder.resolve("new/streamed.safetensors");
    Map<String, String> metadata = Map.of("model", "m", "anchors", "3");
    SafetensorsWriter.write(whole, metadata, List.of(LABELS, Tensor.of("vectors", ROWS), WIDE));
    try (var writer = SafetensorsWriter.rows(streamed, "vectors", 2)) {
      writer.append(ROWS.rowRange(0, 1));
      writer.append(ROWS.rowRange(1, 1));
      writer.append(ROWS.rowRange(1, 3));
      assertEquals(3, writer.rows());
      assertTrue(Files.notExists(streamed));
      writer.commit(metadata, List.of(WIDE, LABELS));
      assertThrows(IllegalStateException.class, () -> writer.append(ROWS));
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(streamed));
    assertEquals(List.of("streamed.safetensors"), files(folder.resolve("new")));
  }

  @Test
  void largeMatricesAreWrittenInBlocks() {
    float[] values = new float[3 * 70_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    for (int columns : new int[] {3, 70_001}) {
      FloatMatrix matrix = FloatMatrix.wrap(values.length / columns, columns, values);
      Path path = folder.resolve("big.safetensors");
      SafetensorsWriter.write(path, Map.of(), List.of(Tensor.of("m", matrix)));
      assertEquals(matrix, Safetensors.open(path).matrix("m"));
    }
  }

  @Test
  void noRowsIsAnEmptyMatrix() {
    Path path = folder.resolve("none.safetensors");
    try (var writer = SafetensorsWriter.rows(path, "vectors", 4)) {
      writer.commit(Map.of(), List.of());
    }
    assertEquals(FloatMatrix.of(0, 4), Safetensors.open(path).matrix("vectors"));
  }

  @Test
  void closeWithoutCommitLeavesNoFile() throws IOException {
    try (var writer = SafetensorsWriter.rows(folder.resolve("x"), "vectors", 2)) {
      writer.append(ROWS);
      assertEquals(1, files(folder).size());
    }
    assertEquals(List.of(), files(folder));
  }

  @Test
  void refusedCommitLeavesTheOldFile() throws IOException {
    Path path = Files.writeString(folder.resolve("x"), "old");
    try (var writer = SafetensorsWriter.rows(path, "labels", 2)) {
      writer.append(ROWS);
      refused("tensor 'labels' is given twice", () -> writer.commit(Map.of(), List.of(LABELS)));
    }
    assertEquals("old", Files.readString(path));
    assertEquals(List.of("x"), files(folder));
  }

  @Test
  void refusesWhatNoReaderTakes() {
    Path path = folder.resolve("x");
    refused("shape [2, 2] needs 4 values but got 3", () -> floats("t", new int[] {2, 2}, 3));
    refused("shape [-1] needs other values but got 0", () -> floats("t", new int[] {-1}, 0));
    refused("needs other values", () -> floats("t", new int[] {1 << 30, 1 << 30, 1 << 30}, 0));
    refused("cannot be written", () -> floats("__metadata__", new int[] {0}, 0));
    refused("cannot be written", () -> floats("\ud800", new int[] {0}, 0));
    refused("cannot be written", () -> floats("t", new int[65], 0));
    refused(
        "metadata 'k' holds half a surrogate",
        () -> SafetensorsWriter.write(path, Map.of("k", "\udc00"), List.of()));
    refused("needs 1 or more columns", () -> SafetensorsWriter.rows(path, "t", 0));
    try (var writer = SafetensorsWriter.rows(path, "t", 3)) {
      refused("rows of 3 columns but got shape (3, 2)", () -> writer.append(ROWS));
    }
    assertTrue(Files.notExists(path));
  }

  @Test
  void folderThatCannotBe() throws IOException {
    Path path = Files.writeString(folder.resolve("file"), "").resolve("x.safetensors");
    refused(
        "cannot write",
        StitchException.Kind.RESOURCES,
        () -> SafetensorsWriter.write(path, Map.of(), List.of(LABELS)));
    refused("is not a folder; choose another folder", () -> SafetensorsWriter.rows(path, "t", 1));
  }

  private static void floats(String name, int[] shape, int count) {
    Tensor.floats(name, shape, new float[count]);
  }

  private static List<String> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
