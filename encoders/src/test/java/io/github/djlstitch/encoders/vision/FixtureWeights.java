// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.file.Safetensors;
import io.github.djlstitch.encoders.weights.WeightSource;
import java.nio.file.Path;
import java.util.Set;

/** A safetensors file. */
record FixtureWeights(Safetensors file) implements WeightSource {
  static FixtureWeights open(Path file) {
    return new FixtureWeights(Safetensors.open(file));
  }

  @Override
  public Set<String> names() {
    return file.names();
  }

  @Override
  public Shape shape(String name) {
    return new Shape(file.info(name).shape().stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    return manager.create(file.floats(name), shape(name));
  }
}
