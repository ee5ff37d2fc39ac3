// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;

/** Named weights of a checkpoint, whatever file they are in. */
public interface WeightSource {
  /** The names in the checkpoint. */
  Set<String> names();

  /** The shape of a tensor; the name is one of {@link #names}. */
  Shape shape(String name);

  /** The tensor as float32, owned by the manager, possibly a read-only view of a mapped file. */
  NDArray tensor(NDManager manager, String name);
}
