// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * Weights as a program laid them out for its kernels; made by {@link TorchProgram#pack}, used by
 * {@link TorchProgram#run(String, NDList, PackedWeights)}. Immutable; lives as long as its manager.
 */
public final class PackedWeights {
  private final NDList tensors;
  private final TorchKernels kernels;

  PackedWeights(NDList tensors, TorchKernels kernels) {
    this.tensors = tensors;
    this.kernels = kernels;
  }

  NDList tensors() {
    return tensors;
  }

  TorchKernels kernels() {
    return kernels;
  }

  /** Hands the tensors to another manager, which frees them. */
  public void attach(NDManager manager) {
    tensors.attach(manager);
  }
}
