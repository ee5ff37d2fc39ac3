// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs a part as DJL runs any TorchScript file. */
public final class PlainTorch {
  private PlainTorch() {}

  /** The bytes of the file. */
  public static byte[] file(ScriptPart part) {
    var bytes = new ByteArrayOutputStream();
    try {
      ScriptFile.write(bytes, part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A map of rows, applied to (N, D). */
  public static FloatMatrix run(ScriptPart part, FloatMatrix x) {
    try (Model model = Model.newInstance("part", "PyTorch")) {
      model.load(new ByteArrayInputStream(file(part)));
      var store = new ParameterStore(model.getNDManager(), false);
      NDArray rows = TensorBridge.toTensor(model.getNDManager(), x); // (N, D)
      var y = model.getBlock().forward(store, new NDList(rows), false);
      return TensorBridge.toMatrix(y.singletonOrThrow());
    } catch (IOException | MalformedModelException e) {
      throw new AssertionError(e);
    }
  }
}
