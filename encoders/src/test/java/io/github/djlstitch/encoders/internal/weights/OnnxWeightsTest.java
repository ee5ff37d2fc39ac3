// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class OnnxWeightsTest {
  @TempDir private Path folder;

  @Test
  void aLinearWeightIsTurnedAndNamedByItsNode() {
    OnnxWeights weights = map(whole());
    assertEquals(Set.of("embeddings.word.weight", "layer.0.dense.weight"), weights.names());
    assertEquals(new Shape(3, 2), weights.shape("layer.0.dense.weight"));
    assertEquals(new Shape(2, 2), weights.shape("embeddings.word.weight"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray turned = weights.tensor(manager, "layer.0.dense.weight"); // (3, 2)
      assertEquals(new Shape(3, 2), turned.getShape());
      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, turned.toFloatArray());
      NDArray plain = weights.tensor(manager, "embeddings.word.weight"); // (2, 2)
      assertArrayEquals(new float[] {7, 8, 9, 10}, plain.toFloatArray());
    }
  }

  @Test
  void dimensionsMayBePacked() {
    var tensor = new OnnxBytes().bytes(1, new byte[] {1, 2}).number(2, 1).text(8, "w");
    tensor.bytes(9, new byte[8]);
    assertEquals(new Shape(1, 2), map(OnnxBytes.model(graph(tensor))).shape("w"));
  }

  @Test
  void tensorsOfOtherTypesAreLeftOut() {
    var integers = new OnnxBytes().number(1, 1).number(2, 7).text(8, "ids").bytes(9, new byte[8]);
    OnnxBytes graph = graph(OnnxBytes.tensor("w", new long[] {1}, 5)).initializer(integers);
    assertEquals(Set.of("w"), map(OnnxBytes.model(graph)).names());
  }

  @Test
  void aNameThatIsNotThereIsRefused() {
    refused("no tensor 'nothing'", () -> map(whole()).shape("nothing"));
  }

  @Test
  void aShapeThatDoesNotFitIsRefusedByName() {
    long[][] shapes = {{3}, {1}, {2, 2}, {-1}, {-2, -1}, {1L << 62, 8}, {1L << 40, 1L << 40}, {0}};
    for (long[] shape : shapes) {
      byte[] bytes = OnnxBytes.model(graph(OnnxBytes.tensor("odd", shape, 1, 2)));
      refused("'odd'", () -> map(bytes));
    }
  }

  @Test
  void aFileThatIsNoOnnxIsRefused() {
    refused("is it an ONNX file?", () -> map(new byte[0]));
    refused("is it an ONNX file?", () -> map(OnnxBytes.model(new OnnxBytes())));
    refused("weights.onnx", () -> map("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));
    refused("cannot read", () -> OnnxWeights.map(folder.resolve("absent.onnx")));
    refused("cannot read", () -> OnnxWeights.map(folder));
  }

  @Test
  void lengthsThatLieAreRefused() {
    int[] longest = {0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    refused("get the file again", () -> map(new OnnxBytes().raw(longest).toBytes()));
    refused("get the file again", () -> map(new OnnxBytes().raw(0x3a, 0x7f).toBytes()));
    int[] endless = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    refused("get the file again", () -> map(new OnnxBytes().raw(endless).toBytes()));
  }

  @Test
  void anyBeginningIsReadOrRefused() {
    byte[] whole = whole();
    for (int length = 0; length < whole.length; length++) {
      readOrRefused(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void anyChangedByteIsReadOrRefused() {
    byte[] whole = whole();
    for (int i = 0; i < whole.length; i++) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = whole.clone();
        changed[i] = (byte) value;
        readOrRefused(changed);
      }
    }
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] changed = whole();
      for (int j = random.nextInt(8); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      readOrRefused(changed);
    }
  }

  // Reads every tensor's bytes, too: what was accepted must not reach beyond the file.
  private void readOrRefused(byte[] bytes) {
    OnnxWeights weights;
    try {
      weights = OnnxWeights.read(folder.resolve("weights.onnx"), ByteBuffer.wrap(bytes));
    } catch (StitchException e) {
      assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
      assertEquals(-1, e.getMessage().indexOf('\n'), e.getMessage());
      return;
    }
    for (String name : weights.names()) {
      assertTrue(weights.shape(name).size() * Float.BYTES <= bytes.length, name);
    }
  }

  private static byte[] whole() {
    return OnnxBytes.model(
        new OnnxBytes()
            .node(OnnxBytes.matMul("/layer.0/dense/MatMul", "onnx::MatMul_7"))
            .initializer(OnnxBytes.tensor("onnx::MatMul_7", new long[] {2, 3}, 1, 2, 3, 4, 5, 6))
            .initializer(
                OnnxBytes.tensor("embeddings.word.weight", new long[] {2, 2}, 7, 8, 9, 10)));
  }

  private static OnnxBytes graph(OnnxBytes tensor) {
    return new OnnxBytes().initializer(tensor);
  }

  private OnnxWeights map(byte[] bytes) {
    try {
      return OnnxWeights.map(Files.write(folder.resolve("weights.onnx"), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refused(String part, Executable action) {
    var e = assertThrows(StitchException.class, action);
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(-1, e.getMessage().indexOf('\n'), e.getMessage());
  }
}
