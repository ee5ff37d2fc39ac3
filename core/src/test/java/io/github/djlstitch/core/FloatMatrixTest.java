// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FloatMatrixTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 3;
  private static final float[] VALUES = {
    1, 2, 3, 6, 5, 4, 7, 9, 9, -0f, 0f, -1, Float.NaN, -8, Float.NEGATIVE_INFINITY
  };

  @TempDir static Path folder;

  /** The same values on the heap, mapped at once, and in segments of several kinds. */
  static Stream<FloatMatrix> twins() throws IOException {
    FloatMatrix heap = FloatMatrix.of(ROWS, COLUMNS, VALUES);
    return Stream.of(
        heap,
        mapped(5),
        mapped(2, 0, 3),
        mapped(1, 1, 1, 1, 1),
        FloatMatrix.concatRows(heap.rowRange(0, 2), mapped(1, 4).rowRange(2, 5)),
        FloatMatrix.ofSegments(ROWS, COLUMNS, List.of(bytes(ByteBuffer.allocate(60)))));
  }

  private static FloatMatrix mapped(int... rowsOfSegments) throws IOException {
    Path file = folder.resolve("values");
    Files.write(file, bytes(ByteBuffer.allocate(60)).array());
    List<ByteBuffer> segments = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      long position = 0;
      for (int rows : rowsOfSegments) {
        long size = (long) rows * COLUMNS * Float.BYTES;
        segments.add(channel.map(FileChannel.MapMode.READ_ONLY, position, size));
        position += size;
      }
    }
    return FloatMatrix.ofSegments(ROWS, COLUMNS, segments);
  }

  private static ByteBuffer bytes(ByteBuffer target) {
    target.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(VALUES);
    return target;
  }

  @ParameterizedTest
  @MethodSource("twins")
  void readsEveryValue(FloatMatrix matrix) {
    assertEquals(ROWS, matrix.rows());
    assertEquals(COLUMNS, matrix.columns());
    assertArrayEquals(VALUES, matrix.toArray());
    float[] wide = new float[COLUMNS + 1];
    for (int i = 0; i < ROWS; i++) {
      matrix.copyRow(i, wide, 1);
      for (int j = 0; j < COLUMNS; j++) {
        assertEquals(VALUES[i * COLUMNS + j], matrix.get(i, j));
        assertEquals(VALUES[i * COLUMNS + j], matrix.row(i)[j]);
        assertEquals(VALUES[i * COLUMNS + j], wide[j + 1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void rangesAndSelections(FloatMatrix matrix) {
    FloatMatrix heap = FloatMatrix.of(ROWS, COLUMNS, VALUES);
    for (int from = 0; from <= ROWS; from++) {
      for (int to = from; to <= ROWS; to++) {
        FloatMatrix range = matrix.rowRange(from, to);
        assertEquals(to - from, range.rows());
        assertEquals(heap.rowRange(from, to), range);
        float[] expected = heap.rowRange(from, to).toArray();
        float[] direct = new float[expected.length];
        ByteBuffer bytes = matrix.directBytes(from, to);
        assertTrue(bytes.isDirect());
        assertEquals(0, bytes.position());
        assertEquals(expected.length * Float.BYTES, bytes.remaining());
        bytes.asFloatBuffer().get(direct);
        assertArrayEquals(expected, direct);
        assertEquals(
            range, FloatMatrix.concatRows(matrix, matrix).rowRange(ROWS + from, ROWS + to));
      }
    }
    assertEquals(FloatMatrix.of(2, 3, 7, 9, 9, 1, 2, 3), matrix.select(new int[] {2, 0}));
    assertEquals(0, matrix.select(new int[0]).rows());
  }

  @ParameterizedTest
  @MethodSource("twins")
  void summaries(FloatMatrix matrix) {
    assertArrayEquals(new int[] {2, 0, 1, 0, 1}, matrix.argMaxRows());
    assertEquals(OptionalInt.of(4), matrix.firstNonFiniteRow());
    assertEquals(OptionalInt.empty(), matrix.rowRange(0, 4).firstNonFiniteRow());
    assertEquals("FloatMatrix(5, 3)", matrix.toString());
    assertEquals(FloatMatrix.of(ROWS, COLUMNS, VALUES), matrix);
    assertEquals(FloatMatrix.of(ROWS, COLUMNS, VALUES).hashCode(), matrix.hashCode());
  }

  @ParameterizedTest
  @MethodSource("twins")
  void indicesAreChecked(FloatMatrix matrix) {
    List<Executable> wrong =
        List.of(
            () -> matrix.get(ROWS, 0),
            () -> matrix.get(0, COLUMNS),
            () -> matrix.get(-1, 0),
            () -> matrix.get(0, -1),
            () -> matrix.row(ROWS),
            () -> matrix.rowRange(2, 6),
            () -> matrix.rowRange(3, 2),
            () -> matrix.select(new int[] {5}));
    wrong.forEach(action -> assertThrows(IndexOutOfBoundsException.class, action));
  }

  @Test
  void equalityIsOfShapeAndBits() {
    FloatMatrix matrix = FloatMatrix.of(2, 2, 1, 2, 3, 4);
    assertEquals(matrix, FloatMatrix.of(new float[][] {{1, 2}, {3, 4}}));
    assertNotEquals(matrix, FloatMatrix.of(1, 4, 1, 2, 3, 4));
    assertNotEquals(FloatMatrix.of(1, 1, 0f), FloatMatrix.of(1, 1, -0f));
    assertEquals(FloatMatrix.of(1, 1, Float.NaN), FloatMatrix.of(1, 1, Float.NaN));
    assertEquals(FloatMatrix.of(0, 2), matrix.rowRange(1, 1));
    assertNotEquals(FloatMatrix.of(0, 1), FloatMatrix.of(0, 2));
  }

  @Test
  void copiesWhereItSaysSo() {
    float[] values = {1, 2};
    FloatMatrix copy = FloatMatrix.copyOf(1, 2, values);
    FloatMatrix wrapped = FloatMatrix.wrap(1, 2, values);
    values[0] = 9;
    assertEquals(1, copy.get(0, 0));
    assertEquals(9, wrapped.get(0, 0));
    copy.toArray()[0] = 9;
    copy.directBytes(0, 1).putFloat(0, 9);
    assertEquals(1, copy.get(0, 0));
    assertNotSame(copy.row(0), copy.row(0));
  }

  @Test
  void mappedBytesAreNotCopied() throws IOException {
    FloatMatrix matrix = mapped(5);
    assertTrue(matrix.directBytes(1, 3).isReadOnly());
    assertTrue(matrix.rowRange(1, 4).directBytes(1, 2).isReadOnly());
  }

  @Test
  void allNotANumberGivesColumnZero() {
    assertArrayEquals(
        new int[] {0, 1},
        FloatMatrix.of(2, 2, Float.NaN, Float.NaN, Float.NaN, Float.NEGATIVE_INFINITY)
            .argMaxRows());
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    refused("shape (2, 2) needs 4 values but got 3", () -> FloatMatrix.of(2, 2, 1, 2, 3));
    refused("0 or more rows and 1 or more columns", () -> FloatMatrix.of(0, 0));
    refused("got shape (-1, 1)", () -> FloatMatrix.wrap(-1, 1, new float[0]));
    refused("needs at least 1 row", () -> FloatMatrix.of(new float[0][]));
    refused("row 1 needs 1 values", () -> FloatMatrix.of(new float[][] {{1}, {1, 2}}));
    refused("needs at least 1 matrix", FloatMatrix::concatRows);
    refused(
        "needs 1 columns but got shape (0, 2)",
        () -> FloatMatrix.concatRows(FloatMatrix.of(0, 1), FloatMatrix.of(0, 2)));
    refused(
        "whole rows of 8 bytes but got 12",
        () -> FloatMatrix.ofSegments(1, 2, List.of(ByteBuffer.allocate(12))));
    refused("needs 4 values but got 2", () -> FloatMatrix.ofSegments(2, 2, List.of(buffer(8))));
    refused("work in ranges of rows", () -> huge().toArray());
  }

  /** 2^32 values in one megabyte of heap, by repeating rows. */
  private static FloatMatrix huge() {
    FloatMatrix matrix = FloatMatrix.wrap(1, 1 << 18, new float[1 << 18]);
    for (int i = 0; i < 14; i++) {
      matrix = FloatMatrix.concatRows(matrix, matrix);
    }
    return matrix;
  }

  @Test
  void hugeMatricesAreAddressed() {
    FloatMatrix matrix = huge();
    assertEquals(1 << 14, matrix.rows());
    assertEquals(0, matrix.get(matrix.rows() - 1, matrix.columns() - 1));
    assertEquals(1 << 14, matrix.rowRange(0, 1 << 14).rows());
    assertEquals(1, matrix.rowRange((1 << 14) - 1, 1 << 14).rows());
    refused("ask for fewer rows", () -> matrix.directBytes(0, 1 << 14));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size);
  }
}
