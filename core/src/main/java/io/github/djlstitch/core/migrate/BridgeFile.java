// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.migrate.LinearBridge.Exit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bridge on disk: a safetensors file with {@code center} (1, D), {@code map} (D, E), {@code
 * offset} (1, E), {@code numbers} (1, 5) - directional, exit, length, reach, sharpness - and {@code
 * memory} (N, E) of a bridge that is not linear.
 */
final class BridgeFile {
  private static final String FORMAT = "format";
  private static final String KIND = "vector-bridge";
  private static final String CENTER = "center";
  private static final String MAP = "map";
  private static final String OFFSET = "offset";
  private static final String NUMBERS = "numbers";
  private static final String MEMORY = "memory";
  private static final int COUNT = 5;

  private BridgeFile() {}

  static void save(VectorBridge bridge, Path file) {
    var recalling = bridge instanceof RecallingBridge known ? known : null;
    LinearBridge linear = recalling == null ? (LinearBridge) bridge : recalling.linear();
    FloatMatrix numbers =
        FloatMatrix.of(
            1,
            COUNT,
            linear.directional() ? 1 : 0,
            (float) linear.exit().code(),
            (float) linear.length(),
            (float) linear.reach(),
            recalling == null ? 0 : (float) recalling.memory().sharpness());
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(Tensor.of(CENTER, linear.center()));
    tensors.add(Tensor.of(MAP, linear.map()));
    tensors.add(Tensor.of(OFFSET, linear.offset()));
    tensors.add(Tensor.of(NUMBERS, numbers));
    if (recalling != null) {
      tensors.add(Tensor.of(MEMORY, recalling.memory().data()));
    }
    SafetensorsWriter.write(file, Map.of(FORMAT, KIND), tensors);
  }

  static VectorBridge load(Path file) {
    Safetensors tensors = Safetensors.open(file);
    Set<String> names = tensors.names();
    if (!KIND.equals(tensors.metadata().get(FORMAT))
        || !names.containsAll(List.of(CENTER, MAP, OFFSET, NUMBERS))) {
      throw StitchException.badInput(
          "'%s' is no bridge between two spaces; make one with 'stitch migrate plan'", file);
    }
    FloatMatrix numbers = finite(file, tensors, NUMBERS);
    if (numbers.rows() != 1 || numbers.columns() != COUNT) {
      throw StitchException.badInput(
          "'%s' has numbers of shape (%d, %d), expected (1, %d); plan again",
          file, numbers.rows(), numbers.columns(), COUNT);
    }
    var linear =
        new LinearBridge(
            finite(file, tensors, CENTER),
            numbers.get(0, 0) != 0,
            finite(file, tensors, MAP),
            finite(file, tensors, OFFSET),
            exit(file, numbers.get(0, 1)),
            numbers.get(0, 3),
            numbers.get(0, 2));
    if (!names.contains(MEMORY)) {
      return linear;
    }
    var memory = new SpaceMemory(finite(file, tensors, MEMORY), numbers.get(0, COUNT - 1));
    return new RecallingBridge(linear, memory);
  }

  private static Exit exit(Path file, float number) {
    for (Exit exit : Exit.values()) {
      if (exit.code() == number) {
        return exit;
      }
    }
    throw StitchException.badInput(
        "'%s' has the exit %s, expected 0 to 2; plan again", file, number);
  }

  // Mapped files may change below us, and a native product of what is not finite spreads it.
  private static FloatMatrix finite(Path file, Safetensors tensors, String name) {
    FloatMatrix mapped = tensors.matrix(name);
    FloatMatrix matrix = FloatMatrix.wrap(mapped.rows(), mapped.columns(), mapped.toArray());
    matrix
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "'%s' has a value in row %d of '%s' that is not finite; plan again",
                  file, row, name);
            });
    return matrix;
  }
}
