// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.script.Scripted;
import java.util.Map;

/** The weights of a head on the heap, and the network they belong to. Immutable. */
sealed interface HeadWeights extends Scripted permits LinearWeights, MlpWeights, OfficialWeights {
  /** The network with these weights, (B, width) to (B, C); the manager owns it. */
  Block block(NDManager manager);

  /** Width of the input. */
  int width();

  /** Number of outputs C. */
  int classes();

  /** The tensors under the names they are saved by; vectors are matrices of one row. */
  Map<String, FloatMatrix> tensors();

  /**
   * Inputs (N, width) to class scores (N, C), normalized over these inputs.
   *
   * @throws StitchException (usage) if nothing in this head is normalized over a batch
   */
  default FloatMatrix decodeTogether(FloatMatrix inputs) {
    throw StitchException.usage(
        "only a head of the official code can read samples together; read them one by one");
  }

  /** The block without gradients, which LibTorch would record in most threads. */
  default Block frozen(NDManager manager) {
    Block network = block(manager);
    network.freezeParameters(true);
    return network;
  }

  /** Inputs (N, width) to class scores (N, C). */
  default FloatMatrix decode(FloatMatrix inputs) {
    try (NDManager manager = TensorBridge.newManager()) {
      Block network = frozen(manager);
      var store = new ParameterStore(manager, false);
      return RowBlocks.map(
          inputs, classes(), x -> network.forward(store, new NDList(x), false).head()); // (B, C)
    }
  }
}
