// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An open safetensors file of any size, checked from its first to its last byte position before
 * anything is handed out.
 *
 * <p>The data is mapped read-only and costs no heap. There is nothing to close: the file itself is
 * closed when {@link #open} returns, and the mapping ends when this object and all buffers and
 * matrices from it are collected. The file may be replaced (moved over) meanwhile, but it must not
 * be shortened or written in place: reads would fail with an {@link InternalError} or see the new
 * bytes.
 *
 * <p>Rules of the format: 8 bytes little-endian header length, a JSON header that starts with
 * <code>{</code>, then the tensors without gap or overlap up to the end of the file. Types below
 * one byte (F4, F6), more than 64 dimensions, dimensions of 2^63 or more, and names given twice are
 * refused.
 *
 * <p>Safe for use by several threads. Every failure is a {@link StitchException} (bad input),
 * unless it is said otherwise.
 */
public final class Safetensors {
  private static final int NAMES_IN_MESSAGE = 10;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8; // the limit of common JVMs

  private final Path file;
  private final Header header;
  private final MappedData data;

  private Safetensors(Path file, Header header, MappedData data) {
    this.file = file;
    this.header = header;
    this.data = data;
  }

  /**
   * Checks and maps a file.
   *
   * @throws StitchException (bad input) if the file is missing, cannot be read, or breaks a rule of
   *     the format
   */
  public static Safetensors open(Path file) {
    return open(file, Integer.MAX_VALUE);
  }

  /** Opens a file with smaller windows, for tests of tensors in several parts. */
  static Safetensors open(Path file, int windowSize) {
    try (FileChannel channel = FileChannel.open(file)) {
      return read(file, channel, windowSize);
    } catch (NoSuchFileException e) {
      throw StitchException.badInput("file '%s' does not exist; check the path", file).because(e);
    } catch (IOException e) {
      throw StitchException.badInput(
              "cannot read '%s': %s; give a readable file in safetensors format",
              file, WriteFailure.reason(e))
          .because(e);
    }
  }

  private static Safetensors read(Path file, FileChannel channel, int windowSize)
      throws IOException {
    long fileSize = channel.size();
    byte[] start = start(channel);
    try {
      long headerSize = headerSize(start, fileSize);
      long dataStart = Long.BYTES + headerSize;
      var in = Channels.newInputStream(channel.position(Long.BYTES));
      Header header = HeaderReader.read(new BoundedInput(in, headerSize), fileSize - dataStart);
      var tensors = header.tensors().values();
      return new Safetensors(file, header, MappedData.map(channel, dataStart, tensors, windowSize));
    } catch (HeaderFault e) {
      throw StitchException.badInput(
              "'%s' is not a valid safetensors file: %s; fetch or write the file again",
              file, e.problem())
          .because(e);
    } catch (ForeignFormat.Found e) {
      throw StitchException.badInput(
              "'%s' must be a safetensors file but is %s, which is never opened; %s",
              file, e.format().description(), e.format().advice())
          .because(e);
    }
  }

  private static byte[] start(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(ForeignFormat.LONGEST_MAGIC);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {}
    byte[] bytes = new byte[start.flip().remaining()];
    start.get(bytes);
    return bytes;
  }

  private static long headerSize(byte[] start, long fileSize) {
    if (start.length < Long.BYTES) {
      ForeignFormat.refuse(start);
      throw new HeaderFault("it needs at least 8 bytes but has %d", start.length);
    }
    long size = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (Long.compareUnsigned(size, Header.LONGEST) > 0) {
      ForeignFormat.refuse(start);
      throw new HeaderFault(
          "a header may have %d bytes but has %s", Header.LONGEST, Long.toUnsignedString(size));
    }
    if (size > fileSize - Long.BYTES) {
      ForeignFormat.refuse(start);
      throw new HeaderFault(
          "the header of %d bytes needs a file of %d bytes but the file has %d",
          size, Long.BYTES + size, fileSize);
    }
    if (size == 0 || start[Long.BYTES] != '{') {
      ForeignFormat.refuse(start);
      throw new HeaderFault(
          "the header must start with '{' but %s",
          size == 0 ? "is empty" : "starts with byte 0x" + hex(start[Long.BYTES]));
    }
    return size;
  }

  private static String hex(byte value) {
    return HexFormat.of().toHexDigits(value);
  }

  /** The free texts of the header, in its order; unmodifiable. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /** The names of all tensors, in the order of their bytes; unmodifiable. */
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  /** Type, shape and place of a tensor. */
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw missing(name);
    }
    return info;
  }

  /**
   * The bytes of a tensor: a direct, read-only, little-endian slice of the mapping at position 0.
   *
   * @throws StitchException (resources) if the tensor has 2 GiB or more
   */
  public ByteBuffer bytes(String name) {
    List<ByteBuffer> parts = data.parts(info(name));
    if (parts.size() > 1) {
      throw StitchException.resources(
          "'%s': tensor '%s' has %d bytes but one buffer holds %d; read it as a matrix",
          file, Printable.of(name), info(name).size(), Integer.MAX_VALUE);
    }
    return parts.get(0);
  }

  /**
   * The bytes of a tensor of any size, as {@link #bytes} gives them: one buffer below 2 GiB, else
   * several of whole rows.
   */
  public List<ByteBuffer> parts(String name) {
    return data.parts(info(name));
  }

  /**
   * A tensor of shape {@code (rows, columns)} as a matrix. F32 stays where it is, mapped; F16, BF16
   * and F64 are converted to float32 on the heap, where an F64 value beyond float32 becomes
   * infinite.
   */
  public FloatMatrix matrix(String name) {
    TensorInfo info = floatInfo(name);
    List<Long> shape = info.shape();
    if (shape.size() != 2
        || shape.get(0) > Integer.MAX_VALUE
        || shape.get(1) > Integer.MAX_VALUE
        || shape.get(1) < 1) {
      throw StitchException.badInput(
          "'%s': tensor '%s' must be a matrix of (rows, columns) but has shape %s;"
              + " choose another tensor",
          file, Printable.of(name), shape);
    }
    int rows = shape.get(0).intValue();
    int columns = shape.get(1).intValue();
    return info.dtype() == DType.F32
        ? FloatMatrix.ofSegments(rows, columns, data.parts(info))
        : FloatMatrix.wrap(rows, columns, floats(name));
  }

  /** A copy of the values of an F32, F16, BF16 or F64 tensor, converted as by {@link #matrix}. */
  public float[] floats(String name) {
    TensorInfo info = floatInfo(name);
    float[] values = new float[arraySize(name, info.elements())];
    int offset = 0;
    for (ByteBuffer part : data.parts(info)) {
      FloatValues.copy(info.dtype(), part, values, offset);
      offset += part.capacity() / info.dtype().size();
    }
    return values;
  }

  /** A copy of the values of an I32 tensor. */
  public int[] ints(String name) {
    TensorInfo info = info(name);
    if (info.dtype() != DType.I32) {
      throw wrongType(name, info, "I32");
    }
    int[] values = new int[arraySize(name, info.elements())];
    bytes(name).asIntBuffer().get(values);
    return values;
  }

  /**
   * A copy of the values of a tensor of whole numbers of any type, or of flags.
   *
   * @throws StitchException (bad input) if it is of another type or a value is 2^63 or more
   */
  public long[] longs(String name) {
    TensorInfo info = info(name);
    if (!IntegerValues.readable(info.dtype())) {
      throw wrongType(name, info, "BOOL, U8, I8, U16, I16, U32, I32, U64 or I64");
    }
    long[] values = new long[arraySize(name, info.elements())];
    ByteBuffer bytes = bytes(name);
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = IntegerValues.next(info.dtype(), bytes);
      }
    } catch (ArithmeticException e) {
      throw StitchException.badInput(
              "'%s': tensor '%s' holds a number of 2^63 or more", file, Printable.of(name))
          .because(e);
    }
    return values;
  }

  /** A copy of the bytes of a tensor of any type. */
  public byte[] raw(String name) {
    byte[] values = new byte[arraySize(name, info(name).size())];
    bytes(name).get(values);
    return values;
  }

  /** The SHA-256 of the bytes of a tensor of any type and size. */
  public String sha256(String name) {
    MessageDigest digest = Sha256.newDigest();
    data.parts(info(name)).forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private TensorInfo floatInfo(String name) {
    TensorInfo info = info(name);
    if (!FloatValues.readable(info.dtype())) {
      throw wrongType(name, info, "F32, F16, BF16 or F64");
    }
    return info;
  }

  private int arraySize(String name, long elements) {
    if (elements > LARGEST_ARRAY) {
      throw StitchException.resources(
          "'%s': tensor '%s' has %d elements but one array holds %d; read it as a matrix",
          file, Printable.of(name), elements, LARGEST_ARRAY);
    }
    return (int) elements;
  }

  private StitchException wrongType(String name, TensorInfo info, String expected) {
    return StitchException.badInput(
        "'%s': tensor '%s' must be of type %s but is %s; choose another tensor",
        file, Printable.of(name), expected, info.dtype());
  }

  private StitchException missing(String name) {
    Set<String> names = names();
    String hint =
        names.size() <= NAMES_IN_MESSAGE
            ? "it has " + Printable.of(String.join(", ", names))
            : NearestName.of(name, names)
                .map(near -> "the nearest name is '" + Printable.of(near) + "'")
                .orElse("it has " + names.size() + " tensors of other names");
    return StitchException.badInput(
        "'%s' has no tensor '%s'; %s",
        file, Printable.of(name), names.isEmpty() ? "it has none" : hint);
  }
}
