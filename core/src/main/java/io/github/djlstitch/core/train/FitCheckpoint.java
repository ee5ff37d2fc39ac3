// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.DType;
import io.github.djlstitch.core.file.Safetensors;
import io.github.djlstitch.core.file.SafetensorsWriter;
import io.github.djlstitch.core.file.Sha256;
import io.github.djlstitch.core.file.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A training's state on disk: parameters, moments, best weights and the history so far, in one
 * safetensors file that is replaced as a whole. Its metadata has the options and a digest of the
 * content, so that a damaged file or one of another training is never gone on with.
 */
final class FitCheckpoint {
  private static final String KIND = "djl-stitch training checkpoint 1";
  private static final String HISTORY = "history";

  private final Checkpoint place;
  private final String options;

  FitCheckpoint(Checkpoint place, FitOptions options) {
    this.place = place;
    this.options = options.describe();
  }

  void save(Trained state, List<EpochScore> history) {
    Map<String, float[]> values = new LinkedHashMap<>();
    state.named().forEach((name, array) -> values.put(name, array.toFloatArray()));
    byte[] scores = bytes(history);
    List<Tensor> tensors = new ArrayList<>();
    state
        .named()
        .forEach((name, array) -> tensors.add(Tensor.floats(name, shape(array), values.get(name))));
    tensors.add(Tensor.of(HISTORY, DType.F64, new int[] {history.size(), 2}, scores));
    var metadata =
        Map.of("kind", KIND, "options", options, "sha256", digest(options, values, scores));
    SafetensorsWriter.write(place.file(), metadata, tensors);
  }

  /** Restores the state and returns its history; empty, with a warning, if it cannot be used. */
  List<EpochScore> load(Trained state, NDManager manager) {
    if (!Files.isRegularFile(place.file())) {
      return List.of();
    }
    try {
      return read(state, manager);
    } catch (StitchException e) {
      place
          .warnings()
          .accept("training starts anew, its checkpoint is not used (" + e.getMessage() + ")");
      return List.of();
    }
  }

  private List<EpochScore> read(Trained state, NDManager manager) {
    Safetensors file = Safetensors.open(place.file());
    require("kind", KIND, file.metadata().getOrDefault("kind", ""));
    require("options", options, file.metadata().getOrDefault("options", ""));
    Map<String, float[]> values = new LinkedHashMap<>();
    state
        .named()
        .forEach(
            (name, array) -> {
              var expected = Arrays.stream(array.getShape().getShape()).boxed().toList();
              require("shape of " + name, expected, file.info(name).shape());
              values.put(name, file.floats(name));
            });
    byte[] scores = file.raw(HISTORY);
    require("sha256", digest(options, values, scores), file.metadata().get("sha256"));
    List<EpochScore> history = history(scores);
    state.restore(manager, values);
    return history;
  }

  private void require(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw StitchException.verification(
          "'%s': %s is %s, expected %s", place.file(), what, found, expected);
    }
  }

  private static int[] shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
  }

  private static byte[] bytes(List<EpochScore> history) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * Double.BYTES * history.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (EpochScore epoch : history) {
      bytes.putDouble(epoch.loss()).putDouble(epoch.score().orElse(Double.NaN));
    }
    return bytes.array();
  }

  private static List<EpochScore> history(byte[] scores) {
    ByteBuffer bytes = ByteBuffer.wrap(scores).order(ByteOrder.LITTLE_ENDIAN);
    List<EpochScore> history = new ArrayList<>();
    while (bytes.remaining() >= 2 * Double.BYTES) {
      double loss = bytes.getDouble();
      double score = bytes.getDouble();
      var known = Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
      history.add(new EpochScore(history.size(), loss, known));
    }
    return history;
  }

  private static String digest(String options, Map<String, float[]> values, byte[] scores) {
    var digest = Sha256.builder().add(options).add(ByteBuffer.wrap(scores));
    values.forEach(
        (name, array) -> {
          ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, array.length));
          bytes.asFloatBuffer().put(array);
          digest.add(name).add(bytes);
        });
    return digest.hex();
  }
}
