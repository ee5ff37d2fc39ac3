// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWeightsTest {
  private static final String HEADER =
      """
      {"f64": {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]},
       "ids": {"dtype": "I64", "shape": [1], "data_offsets": [8, 16]},
       "f32": {"dtype": "F32", "shape": [2], "data_offsets": [16, 24]},
       "f16": {"dtype": "F16", "shape": [2], "data_offsets": [24, 28]},
       "bf16": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [28, 32]},
       "scalar": {"dtype": "F32", "shape": [], "data_offsets": [32, 36]}}\
      """;

  // 1.5; 7; 1 and -2; 1.5 and -2; 1.5 and -2; 3
  private static final String DATA =
      "000000000000f83f"
          + "0700000000000000"
          + "0000803f000000c0"
          + "003e00c0"
          + "c03f00c0"
          + "00004040";

  @TempDir Path folder;

  // As the library safetensors writes tensors that share their memory.
  @Test
  void namesInTheMetadataAreNamesOfTensors() {
    Path file = folder.resolve("shared.safetensors");
    String stored = "lm_head.decoder.weight";
    String shared = "embeddings.word_embeddings.weight";
    SafetensorsWriter.write(
        file,
        Map.of("format", "pt", shared, stored, "other", "absent"),
        List.of(Tensor.floats(stored, new int[] {2}, new float[] {3, 4})));
    var weights = SafetensorsWeights.open(file);
    assertEquals(Set.of(stored, shared), weights.names());
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      assertTensor(weights.tensor(manager, shared), new Shape(2), 3, 4);
    }
  }

  @Test
  void everyFloatTypeBecomesFloat32() throws IOException {
    var weights = SafetensorsWeights.open(file());
    assertEquals(Set.of("f64", "ids", "f32", "f16", "bf16", "scalar"), weights.names());
    assertEquals(new Shape(2, 1), weights.shape("bf16"));
    assertEquals(new Shape(), weights.shape("scalar"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      assertTensor(weights.tensor(manager, "f32"), new Shape(2), 1, -2);
      assertTensor(weights.tensor(manager, "f16"), new Shape(2), 1.5f, -2);
      assertTensor(weights.tensor(manager, "bf16"), new Shape(2, 1), 1.5f, -2);
      assertTensor(weights.tensor(manager, "f64"), new Shape(1, 1), 1.5f);
      assertTensor(weights.tensor(manager, "scalar"), new Shape(), 3);
    }
  }

  @Test
  void wholeNumbersAreNoWeights() throws IOException {
    var weights = SafetensorsWeights.open(file());
    assertEquals(new Shape(1), weights.shape("ids"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      var e = assertThrows(StitchException.class, () -> weights.tensor(manager, "ids"));
      assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
      assertTrue(e.getMessage().contains("'ids' must be of type F32"), e.getMessage());
    }
  }

  @Test
  void anUnknownTensorIsRefusedByName() throws IOException {
    var weights = SafetensorsWeights.open(file());
    var e = assertThrows(StitchException.class, () -> weights.shape("f23"));
    assertTrue(e.getMessage().contains("no tensor 'f23'"), e.getMessage());
  }

  private Path file() throws IOException {
    byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
    byte[] data = HexFormat.of().parseHex(DATA);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).put(data);
    return Files.write(folder.resolve("model.safetensors"), bytes.array());
  }

  private static void assertTensor(NDArray tensor, Shape shape, float... values) {
    assertEquals(DataType.FLOAT32, tensor.getDataType());
    assertEquals(shape, tensor.getShape());
    assertArrayEquals(values, tensor.toFloatArray());
  }
}
