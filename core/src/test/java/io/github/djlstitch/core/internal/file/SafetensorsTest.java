// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsWhatIsThere() {
    Safetensors file =
        written(
            Tensor.floats("f", new int[] {2, 2}, new float[] {1, 2, 3, 4}),
            Tensor.ints("i", new int[] {3}, new int[] {-1, 0, Integer.MAX_VALUE}),
            Tensor.bytes("u", new int[] {2}, new byte[] {7, -1}),
            Tensor.floats("scalar", new int[0], new float[] {5}));
    assertEquals(List.of("f", "i", "scalar", "u"), List.copyOf(file.names()));
    assertEquals(Map.of("k", "v\u00e9"), file.metadata());
    assertEquals(new TensorInfo(DType.F32, List.of(2L, 2L), 0, 16), file.info("f"));
    assertEquals(4, file.info("f").elements());
    assertEquals(FloatMatrix.of(2, 2, 1, 2, 3, 4), file.matrix("f"));
    assertArrayEquals(new int[] {-1, 0, Integer.MAX_VALUE}, file.ints("i"));
    assertArrayEquals(new byte[] {7, -1}, file.raw("u"));
    assertArrayEquals(new float[] {5}, file.floats("scalar"));
    ByteBuffer bytes = file.bytes("f");
    assertTrue(bytes.isDirect() && bytes.isReadOnly() && bytes.order() == ByteOrder.LITTLE_ENDIAN);
    assertEquals(0, bytes.position());
    assertEquals(16, bytes.remaining());
  }

  @Test
  void widensHalfPrecision() {
    short[] f16 = {0x3c00, (short) 0xc000, 1, 0x03ff, 0x0400, 0x7bff, 0x7c00, (short) 0xfc00};
    Safetensors file = written(shorts("t", DType.F16, f16));
    float tiny = 0x1p-24f;
    float infinity = Float.POSITIVE_INFINITY;
    float[] expected = {1, -2, tiny, 1023 * tiny, 1024 * tiny, 65504, infinity, -infinity};
    assertArrayEquals(expected, file.floats("t"));
    assertEquals(FloatMatrix.wrap(2, 4, expected), file.matrix("t"));
    assertEquals(-0f, FloatValues.ofF16((short) 0x8000));
    assertTrue(Float.isNaN(FloatValues.ofF16((short) 0x7e00)));
  }

  @Test
  void everyHalfIsExact() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      int exponent = bits >> 10 & 0x1f;
      if (exponent < 0x1f) {
        int fraction = bits & 0x3ff;
        double magnitude =
            exponent == 0
                ? fraction * 0x1p-24
                : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
        double expected = bits < 0x8000 ? magnitude : -magnitude;
        assertEquals((float) expected, FloatValues.ofF16((short) bits));
      }
    }
  }

  @Test
  void widensBrainFloats() {
    short[] bf16 = {0x3f80, (short) 0xc000, 0x0001, 0x7f80};
    float[] expected = {1, -2, Float.intBitsToFloat(0x10000), Float.POSITIVE_INFINITY};
    assertArrayEquals(expected, written(shorts("t", DType.BF16, bf16)).floats("t"));
  }

  @Test
  void roundsDoubles() {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putDouble(0.1).putDouble(-1e300).putDouble(Double.NaN).putDouble(1e-300);
    Safetensors file = written(Tensor.of("t", DType.F64, new int[] {2, 2}, bytes.array()));
    float[] expected = {0.1f, Float.NEGATIVE_INFINITY, Float.NaN, 0};
    assertArrayEquals(expected, file.floats("t"));
    assertEquals(FloatMatrix.wrap(2, 2, expected), file.matrix("t"));
  }

  @Test
  void unalignedTensorsAreRead() throws IOException {
    String header =
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"f\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[1,9]}}";
    Safetensors file = SafetensorsBytes.open(folder, SafetensorsBytes.file(header, 9));
    float[] expected = {Float.intBitsToFloat(0x05040302), Float.intBitsToFloat(0x09080706)};
    assertArrayEquals(expected, file.matrix("f").toArray());
    assertEquals(
        0, file.matrix("f").directBytes(0, 1).alignmentOffset(0, 4), "native code gets a copy");
  }

  @Test
  void tensorsLargerThanAWindow() {
    FloatMatrix big = FloatMatrix.of(5, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    Path path = folder.resolve("w.safetensors");
    var small = Tensor.floats("a", new int[] {1, 1}, new float[] {-1});
    var empty = Tensor.floats("e", new int[] {0, 4}, new float[0]);
    SafetensorsWriter.write(
        path, Map.of(), List.of(small, Tensor.of("b", big), empty, Tensor.of("z", big)));
    for (int window = 8; window <= 100; window++) {
      Safetensors file = Safetensors.open(path, window);
      assertEquals(big, file.matrix("b"));
      assertEquals(big, file.matrix("z"));
      assertArrayEquals(big.toArray(), file.floats("z"));
      assertEquals(FloatMatrix.of(1, 1, -1), file.matrix("a"));
      assertEquals(0, file.matrix("e").rows());
    }
    refused("2147483647; read it as a matrix", () -> Safetensors.open(path, 16).bytes("b"));
  }

  @Test
  void moreThanTwoGibibytes() throws IOException {
    long rows = 300_000;
    int columns = 2_000;
    long size = rows * columns * Float.BYTES; // 2.4 GB
    Path path = sparse(rows, columns, size);
    FloatMatrix matrix = Safetensors.open(path).matrix("t");
    assertEquals(rows, matrix.rows());
    assertEquals(42, matrix.get((int) rows - 1, columns - 1));
    assertEquals(42, matrix.rowRange((int) rows - 2, (int) rows).row(1)[columns - 1]);
    assertEquals(0, matrix.get(0, 0));
    refused("ask for fewer rows", () -> matrix.directBytes(0, (int) rows));
    Files.delete(path);
  }

  @Test
  void everyMutationIsReadOrRefused() throws IOException {
    Path path = folder.resolve("m.safetensors");
    SafetensorsWriter.write(
        path, Map.of("k", "v"), List.of(Tensor.of("f", FloatMatrix.of(1, 2, 1, 2))));
    byte[] good = Files.readAllBytes(path);
    int opened = 0;
    for (int i = 0; i < good.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, '"', '{', '}', '9', good[i] ^ 1}) {
        byte[] bad = good.clone();
        bad[i] = (byte) value;
        opened += readable(path, bad);
      }
      opened += readable(path, Arrays.copyOf(good, i));
    }
    assertTrue(opened > 8 * 10, "changes of the data are not for this reader to see");
  }

  private static int readable(Path path, byte[] content) throws IOException {
    Files.write(path, content);
    try {
      Safetensors file = Safetensors.open(path);
      file.names().forEach(name -> assertEquals(file.info(name).size(), file.raw(name).length));
      return 1;
    } catch (StitchException e) {
      assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
      return 0;
    }
  }

  @Test
  void wrongRequestsSayWhatIsThere() throws IOException {
    Safetensors file =
        written(
            Tensor.floats("embeddings", new int[] {3}, new float[3]),
            Tensor.ints("labels", new int[] {1}, new int[1]));
    refused("no tensor 'x'; it has embeddings, labels", () -> file.info("x"));
    refused(
        "must be a matrix of (rows, columns) but has shape [3]", () -> file.matrix("embeddings"));
    refused("must be of type F32, F16, BF16 or F64 but is I32", () -> file.floats("labels"));
    refused("must be of type I32 but is F32", () -> file.ints("embeddings"));
    refused("does not exist", () -> Safetensors.open(folder.resolve("none")));
    refused("cannot read", () -> Safetensors.open(folder));
    refused("it has none", () -> written().info("x"));
    List<Tensor> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(Tensor.bytes("layer." + i, new int[] {0}, new byte[0]));
    }
    Safetensors layers = written(many.toArray(new Tensor[0]));
    refused("nearest name is 'layer.17'", () -> layers.info("layers.17"));
    refused("it has 20 tensors of other names", () -> layers.info("zzzzzzzzzzzz"));
  }

  @Test
  void replacedFileKeepsItsOldContent() {
    Safetensors old = written(Tensor.floats("t", new int[] {1, 1}, new float[] {1}));
    Safetensors now = written(Tensor.floats("t", new int[] {1, 1}, new float[] {2}));
    assertEquals(1, old.matrix("t").get(0, 0));
    assertEquals(2, now.matrix("t").get(0, 0));
  }

  private Safetensors written(Tensor... tensors) {
    Path path = folder.resolve("t.safetensors");
    SafetensorsWriter.write(path, Map.of("k", "v\u00e9"), List.of(tensors));
    return Safetensors.open(path);
  }

  private static Tensor shorts(String name, DType dtype, short[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(values);
    return Tensor.of(name, dtype, new int[] {2, values.length / 2}, bytes.array());
  }

  @Test
  void wholeNumbersOfEveryType() {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4, -5, -6, -7, 127};
    long first = 0x0807060504030201L;
    long last = 0x7ff9fafbfcfdfeffL;
    for (DType type : List.of(DType.I64, DType.U64)) {
      assertArrayEquals(new long[] {first, last}, integers(type, 2, bytes));
    }
    long[] words = {(int) first, first >> 32, (int) last, last >> 32};
    assertArrayEquals(words, integers(DType.I32, 4, bytes));
    words[2] &= 0xffff_ffffL;
    assertArrayEquals(words, integers(DType.U32, 4, bytes));
    byte[] four = {0, -128, -1, 127};
    assertArrayEquals(new long[] {-32768, 32767}, integers(DType.I16, 2, four));
    assertArrayEquals(new long[] {32768, 32767}, integers(DType.U16, 2, four));
    assertArrayEquals(new long[] {0, -128, -1, 127}, integers(DType.I8, 4, four));
    for (DType type : List.of(DType.U8, DType.BOOL)) { // the reference does not look at flags
      assertArrayEquals(new long[] {0, 128, 255, 127}, integers(type, 4, four));
    }
    byte[] huge = {0, 0, 0, 0, 0, 0, 0, -128};
    refused("2^63 or more", () -> integers(DType.U64, 1, huge));
    for (DType type : List.of(DType.F32, DType.C64, DType.F8_E4M3)) {
      refused("but is " + type, () -> integers(type, 8 / type.size(), huge));
    }
  }

  private long[] integers(DType type, int count, byte[] bytes) {
    return written(Tensor.of("t", type, new int[] {count}, bytes)).longs("t");
  }

  private Path sparse(long rows, int columns, long size) throws IOException {
    Path path = folder.resolve("sparse.safetensors");
    String json =
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
            .formatted(rows, columns, size);
    byte[] start = SafetensorsBytes.file(json, 0);
    byte[] last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(42).array();
    long free = Files.getFileStore(folder).getUsableSpace();
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(start));
      assumeTrue(free > 2 * size, "room, should the file system fill the hole");
      channel.write(ByteBuffer.wrap(last), start.length + size - last.length);
    }
    return path;
  }
}
