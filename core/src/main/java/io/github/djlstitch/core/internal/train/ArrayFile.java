// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named native float32 arrays in a safetensors file, with texts about them and a digest of both, so
 * that a damaged file is never taken for what was saved.
 */
final class ArrayFile {
  private static final String DIGEST = "sha256";

  private ArrayFile() {}

  static void save(Path file, Map<String, String> about, Map<String, NDArray> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          values.put(name, array.toFloatArray());
          int[] shape = shape(array).stream().mapToInt(Math::toIntExact).toArray();
          tensors.add(Tensor.floats(name, shape, values.get(name)));
        });
    Map<String, String> metadata = new TreeMap<>(about);
    metadata.put(DIGEST, digest(about, values));
    SafetensorsWriter.write(file, metadata, tensors);
  }

  /**
   * Fills arrays in place, all or none.
   *
   * @param expected required texts
   * @return the texts
   * @throws StitchException (verification) if texts, names, shapes or the digest differ; (bad
   *     input) if the file cannot be read
   */
  static Map<String, String> load(
      Path file, Map<String, String> expected, Map<String, NDArray> arrays) {
    Safetensors tensors = Safetensors.open(file);
    Map<String, String> about = new TreeMap<>(tensors.metadata());
    String digest = about.getOrDefault(DIGEST, "none");
    about.remove(DIGEST);
    expected.forEach((key, value) -> require(file, key, value, about.getOrDefault(key, "none")));
    require(file, "number of tensors", arrays.size(), tensors.names().size());
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          require(file, "shape of " + name, shape(array), tensors.info(name).shape());
          values.put(name, tensors.floats(name));
        });
    require(file, DIGEST, digest(about, values), digest);
    fill(arrays, values);
    return about;
  }

  private static void fill(Map<String, NDArray> arrays, Map<String, float[]> values) {
    try (NDManager scope = TensorBridge.newManager()) {
      List<NDArray> sources = new ArrayList<>();
      arrays.forEach(
          (name, array) -> sources.add(scope.create(values.get(name), array.getShape())));
      OptimizerStep.copy(sources, List.copyOf(arrays.values()));
    }
  }

  private static void require(Path file, String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw StitchException.verification(
          "'%s': %s is '%s', expected '%s'", file, what, found, expected);
    }
  }

  private static List<Long> shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).boxed().toList();
  }

  private static String digest(Map<String, String> about, Map<String, float[]> values) {
    var digest = Sha256.builder();
    new TreeMap<>(about).forEach((key, text) -> digest.add(key).add(text));
    values.forEach(
        (name, array) -> {
          ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, array.length));
          bytes.asFloatBuffer().put(array);
          digest.add(name).add(bytes);
        });
    return digest.hex();
  }
}
