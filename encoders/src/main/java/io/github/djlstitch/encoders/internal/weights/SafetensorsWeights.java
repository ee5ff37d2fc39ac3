// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.DType;
import io.github.djlstitch.core.internal.file.Safetensors;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weights of a safetensors file. F32 tensors stay mapped and are not copied; F16, BF16 and F64 are
 * converted to float32. Tensors of other types, such as stored position numbers, have a name and a
 * shape but no readable values. A tensor also has the names that the metadata gives it.
 * Thread-safe; the file must not change while the weights are in use.
 */
public final class SafetensorsWeights implements WeightSource {
  private final Safetensors file;
  private final Map<String, String> aliases;

  private SafetensorsWeights(Safetensors file) {
    this.file = file;
    this.aliases = aliases(file);
  }

  /**
   * The names that a file gives to tensors of other names: of tensors that share their memory the
   * library safetensors writes one, and the others as entries of its metadata.
   */
  static Map<String, String> aliases(Safetensors file) {
    Map<String, String> aliases = new TreeMap<>(file.metadata());
    aliases.keySet().removeAll(file.names());
    aliases.values().retainAll(file.names());
    return aliases;
  }

  /**
   * Checks and maps a file.
   *
   * @throws StitchException (bad input) if it is not a sound safetensors file
   */
  public static SafetensorsWeights open(Path file) {
    return of(Safetensors.open(file));
  }

  /** The weights of an open file. */
  public static SafetensorsWeights of(Safetensors file) {
    return new SafetensorsWeights(file);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(file.names());
    names.addAll(aliases.keySet());
    return names;
  }

  @Override
  public Shape shape(String name) {
    return new Shape(file.info(stored(name)).shape());
  }

  /**
   * {@inheritDoc}
   *
   * @throws StitchException (bad input) if the tensor's type is not F32, F16, BF16 or F64
   */
  @Override
  public NDArray tensor(NDManager manager, String name) {
    String stored = stored(name);
    return isMappable(stored)
        ? manager.create(file.bytes(stored), shape(stored), DataType.FLOAT32)
        : manager.create(file.floats(stored), shape(stored));
  }

  private String stored(String name) {
    return aliases.getOrDefault(name, name);
  }

  // A file may be packed so tightly that its numbers lie across the boundaries of memory words.
  private boolean isMappable(String name) {
    return file.info(name).dtype() == DType.F32
        && file.info(name).size() > 0
        && file.bytes(name).alignmentOffset(0, Float.BYTES) == 0;
  }
}
