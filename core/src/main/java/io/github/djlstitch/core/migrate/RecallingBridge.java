// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import java.util.Optional;

/**
 * A linear bridge whose vectors are drawn towards data of the second space, {@link SpaceMemory}.
 */
record RecallingBridge(LinearBridge linear, SpaceMemory memory) implements VectorBridge {
  @Override
  public int width() {
    return linear.width();
  }

  @Override
  public int targetWidth() {
    return linear.targetWidth();
  }

  @Override
  public FloatMatrix apply(FloatMatrix vectors) {
    return linear.apply(vectors, Optional.of(memory));
  }
}
