// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardedWeightsTest {
  private static final String ONE = "model-00001-of-00002.safetensors";
  private static final String TWO = "model-00002-of-00002.safetensors";

  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectory(parent.resolve("m"));
    shard(ONE, "a", "b");
    shard(TWO, "c");
  }

  @Test
  void readsThroughTheIndex() throws IOException {
    ShardedWeights weights = ShardedWeights.open(index("a", ONE, "b", ONE, "c", TWO));
    assertEquals(Set.of("a", "b", "c"), weights.names());
    assertEquals(new Shape(1, 2), weights.shape("c"));
    try (NDManager manager = TensorBridge.newManager()) {
      assertArrayEquals(new float[] {99, 100}, weights.tensor(manager, "c").toFloatArray());
    }
    assertEquals(
        List.of(folder.resolve(ONE), folder.resolve(TWO)),
        ShardedWeights.files(folder.resolve("model.safetensors.index.json")));
    bad("have no tensor 'd'", () -> weights.shape("d"));
  }

  @Test
  void indexAndShardsMustAgree() throws IOException {
    open("holds tensor 'b' that", "a", ONE, "c", TWO);
    open("lacks tensor 'd' that", "a", ONE, "b", ONE, "c", TWO, "d", TWO);
    open("tensor 'b' is in shard '" + ONE + "' but", "a", ONE, "b", TWO, "c", TWO);
    shard(TWO, "c", "a");
    open("tensor 'a' is in shard '" + TWO + "' but", "a", ONE, "b", ONE, "c", TWO);
    Files.delete(folder.resolve(TWO));
    open("file '" + TWO + "' is missing beside", "a", ONE, "b", ONE, "c", TWO);
    Files.write(folder.resolve(TWO), new byte[7]);
    open("it needs at least 8 bytes", "a", ONE, "b", ONE, "c", TWO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../m/" + ONE,
        "/etc/passwd",
        "sub/" + ONE,
        "..\\\\m\\\\" + ONE,
        "C:x.safetensors",
        "..",
        "",
        ".safetensors",
        "model.bin",
        "a\\u0000.safetensors",
        "\\u001b.safetensors"
      })
  void shardsHaveBareNames(String name) throws IOException {
    open("expected the name of a .safetensors file beside it", "a", ONE, "c", name);
  }

  @Test
  void malformedIndices() throws IOException {
    for (String json :
        List.of(
            "{}",
            "[]",
            "{\"weight_map\": []}",
            "{\"weight_map\": {\"a\": 1}}",
            "{\"weight_map\": {",
            "{\"weight_map\": {\"a\": \"x\", \"a\": \"y\"}}")) {
      Path index = Files.writeString(folder.resolve("i.json"), json);
      bad("card '", () -> ShardedWeights.open(index));
    }
    open("names 0 files, expected 1 to");
    bad("no file", () -> ShardedWeights.open(folder.resolve("none.json")));
  }

  private void open(String part, String... map) throws IOException {
    Path index = index(map);
    bad(part, () -> ShardedWeights.open(index));
  }

  private static void bad(String part, Executable action) {
    refused(part, Kind.BAD_INPUT, action);
  }

  private Path index(String... map) throws IOException {
    var json = new StringBuilder();
    for (int i = 0; i < map.length; i += 2) {
      json.append(i == 0 ? "" : ", ");
      json.append("\"%s\": \"%s\"".formatted(map[i], map[i + 1]));
    }
    return Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\": {\"total_size\": 24}, \"weight_map\": {" + json + "}}");
  }

  private void shard(String name, String... tensors) {
    List<Tensor> list =
        Arrays.stream(tensors)
            .map(
                t -> Tensor.floats(t, new int[] {1, 2}, new float[] {t.charAt(0), t.charAt(0) + 1}))
            .toList();
    SafetensorsWriter.write(folder.resolve(name), Map.of(), list);
  }
}
