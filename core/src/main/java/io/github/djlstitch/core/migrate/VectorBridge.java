// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;

/**
 * A way for vectors of one encoder into the space of another, fitted on samples that both have
 * seen. Immutable and thread-safe.
 */
public sealed interface VectorBridge permits LinearBridge, RecallingBridge {
  /** Width D of the vectors that it reads. */
  int width();

  /** Width E of the vectors that it gives. */
  int targetWidth();

  /**
   * Carries vectors over: (N, D) to (N, E), all of the mean length of the target space's vectors. A
   * zero vector becomes the target's mean direction.
   *
   * @param vectors as the first encoder gave them; only their directions count
   * @throws StitchException (bad input) if they are not D wide
   */
  FloatMatrix apply(FloatMatrix vectors);

  /** Saves the bridge as a safetensors file, all or nothing. */
  default void save(Path file) {
    BridgeFile.save(this, file);
  }

  /**
   * Loads a bridge.
   *
   * @throws StitchException (bad input) if the file is missing, malformed or no bridge
   */
  static VectorBridge load(Path file) {
    return BridgeFile.load(file);
  }
}
