// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.Arrays;

/**
 * The relative representation of all nodes by a reference model, that others are compared with
 * (Moschella et al. 2023, section 4.2). Immutable.
 */
public final class NodeReference {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "node-similarity",
          """
          def relative(self: __torch__.M, x: Tensor, anchors: Tensor) -> Tensor:
            u = (self).unit(x)
            return torch.matmul(u, torch.t(torch.index_select(u, 0, anchors)))
          def similarity(self: __torch__.M, x: Tensor, anchors: Tensor, reference: Tensor) -> Tensor:
            r = (self).unit((self).relative(x, anchors))
            return torch.mean(torch.sum(torch.mul(r, reference), [1]))
          def rows(self: __torch__.M, x: Tensor, anchors: Tensor) -> Tensor:
            return (self).unit((self).relative(x, anchors))
          """);

  private final int[] anchors;
  private final FloatMatrix rows; // (N, M), unit length

  private NodeReference(int[] anchors, FloatMatrix rows) {
    this.anchors = anchors;
    this.rows = rows;
  }

  static NodeReference of(NDArray nodes, int[] anchors, NDManager scope) {
    NDArray rows = PROGRAM.call("rows", nodes, indices(scope, anchors)); // (M, D)
    return new NodeReference(anchors.clone(), TensorBridge.toMatrix(rows));
  }

  /** Digest of its values. */
  String sha256() {
    return Sha256.builder().add(rows.directBytes(0, rows.rows())).hex();
  }

  /** The anchors and the rows on the engine; the manager owns them. */
  NDList tensors(NDManager manager) {
    return new NDList(indices(manager, anchors), TensorBridge.toTensor(manager, rows));
  }

  /** Mean cosine between the relative vectors of nodes (N, D) and the reference's. */
  static double similarity(NDArray nodes, NDList reference) {
    return PROGRAM.call("similarity", nodes, reference.get(0), reference.get(1)).getFloat();
  }

  static NDArray indices(NDManager manager, int[] rows) {
    long[] wide = new long[rows.length];
    Arrays.setAll(wide, i -> rows[i]);
    return manager.create(wide);
  }
}
