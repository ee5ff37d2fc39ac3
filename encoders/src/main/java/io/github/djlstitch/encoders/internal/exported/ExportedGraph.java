// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import ai.djl.ndarray.NDList;
import io.github.djlstitch.core.StitchException;
import java.util.Set;

/** An exported computation graph. Thread-safe; the manager it was opened with frees it. */
interface ExportedGraph {
  /** The file, for messages. */
  String name();

  /** The refusal to write it into another file. */
  default StitchException notExported() {
    return StitchException.usage(
        "'%s' is an exported graph, which cannot be exported again; use an encoder that is read from"
            + " its weights (safetensors)",
        name());
  }

  /**
   * Runs it.
   *
   * @param inputs named, in order
   * @param outputs the names of the outputs to return; empty for all
   * @return the float32 outputs, named, owned by the manager of the first input
   */
  NDList run(NDList inputs, Set<String> outputs);
}
