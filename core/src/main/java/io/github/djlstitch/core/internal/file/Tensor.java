// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A named tensor to be written. Immutable; the arrays given are copied, a matrix is shared. A shape
 * that does not fit the number of values is a {@link StitchException} (bad input).
 */
public final class Tensor {
  private static final int BLOCK = 1 << 16; // bytes of a matrix converted at a time

  private final String name;
  private final DType dtype;
  private final List<Long> shape;
  private final long size;
  private final IoConsumer<OutputStream> content;

  private Tensor(
      String name, DType dtype, List<Long> shape, long size, IoConsumer<OutputStream> content) {
    if (name.equals(Header.METADATA)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
        || shape.size() > Header.HIGHEST_RANK) {
      throw StitchException.badInput(
          "tensor '%s' of shape %s cannot be written: the name must be valid text other than %s"
              + " and the shape have at most %d dimensions",
          Printable.of(name), shape, Header.METADATA, Header.HIGHEST_RANK);
    }
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.size = size;
    this.content = content;
  }

  /** A tensor of any type from its little-endian bytes. */
  public static Tensor of(String name, DType dtype, int[] shape, byte[] littleEndian) {
    return ofOwnBytes(name, dtype, shape, littleEndian.clone());
  }

  /** An F32 tensor of shape {@code (rows, columns)}; the matrix may be of any size. */
  public static Tensor of(String name, FloatMatrix matrix) {
    List<Long> shape = List.of((long) matrix.rows(), (long) matrix.columns());
    long size = TensorInfo.sizeOf(DType.F32, shape);
    return new Tensor(name, DType.F32, shape, size, out -> write(matrix, out));
  }

  /** An F32 tensor. */
  public static Tensor floats(String name, int[] shape, float[] values) {
    byte[] bytes = array(name, values.length, Float.BYTES);
    littleEndian(bytes).asFloatBuffer().put(values);
    return ofOwnBytes(name, DType.F32, shape, bytes);
  }

  /** An I32 tensor. */
  public static Tensor ints(String name, int[] shape, int[] values) {
    byte[] bytes = array(name, values.length, Integer.BYTES);
    littleEndian(bytes).asIntBuffer().put(values);
    return ofOwnBytes(name, DType.I32, shape, bytes);
  }

  /** A U8 tensor. */
  public static Tensor bytes(String name, int[] shape, byte[] values) {
    return of(name, DType.U8, shape, values);
  }

  /** A tensor whose content is made while it is written; must be {@code size} bytes. */
  static Tensor streamed(
      String name, DType dtype, List<Long> shape, IoConsumer<OutputStream> content) {
    return new Tensor(name, dtype, shape, TensorInfo.sizeOf(dtype, shape), content);
  }

  /** The name, unique in a file. */
  public String name() {
    return name;
  }

  /** The type of an element. */
  public DType dtype() {
    return dtype;
  }

  /** The dimensions, outermost first. */
  public List<Long> shape() {
    return shape;
  }

  /** The number of bytes. */
  public long size() {
    return size;
  }

  /** Writes the little-endian bytes. */
  void writeTo(OutputStream out) throws IOException {
    content.accept(out);
  }

  /** The SHA-256 of the little-endian bytes, as {@link Safetensors#sha256} gives it. */
  public String sha256() {
    MessageDigest digest = Sha256.newDigest();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a digest took no more bytes", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public String toString() {
    return "Tensor(" + name + ", " + dtype + ", " + shape + ")";
  }

  /** Writes the values of a matrix row by row as little-endian float32. */
  static void write(FloatMatrix matrix, OutputStream out) throws IOException {
    int columns = matrix.columns();
    int rowsPerBlock = Math.max(1, BLOCK / Float.BYTES / columns);
    float[] row = new float[columns];
    byte[] block = array("matrix", (long) rowsPerBlock * columns, Float.BYTES);
    for (int from = 0; from < matrix.rows(); from += rowsPerBlock) {
      int count = Math.min(rowsPerBlock, matrix.rows() - from);
      var floats = littleEndian(block).asFloatBuffer();
      for (int i = 0; i < count; i++) {
        matrix.copyRow(from + i, row, 0);
        floats.put(row);
      }
      out.write(block, 0, count * columns * Float.BYTES);
    }
  }

  private static Tensor ofOwnBytes(String name, DType dtype, int[] dimensions, byte[] bytes) {
    List<Long> shape = Arrays.stream(dimensions).asLongStream().boxed().toList();
    long size = -1; // for a shape that no array can have
    try {
      size = shape.stream().anyMatch(d -> d < 0) ? -1 : TensorInfo.sizeOf(dtype, shape);
    } catch (ArithmeticException e) {
      // Reported below, as any other size that is wrong.
    }
    if (size != bytes.length) {
      throw StitchException.badInput(
          "tensor '%s': shape %s needs %s values but got %d",
          Printable.of(name),
          shape,
          size < 0 ? "other" : size / dtype.size(),
          bytes.length / dtype.size());
    }
    return new Tensor(name, dtype, shape, size, out -> out.write(bytes));
  }

  private static byte[] array(String name, long values, int size) {
    if (values * size > Integer.MAX_VALUE - 8) {
      throw StitchException.resources(
          "tensor '%s' has %d values, too many for one array; give a matrix",
          Printable.of(name), values);
    }
    return new byte[(int) values * size];
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
