// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.script.ScriptFile;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Function;

/** Runs a part as DJL runs any TorchScript file. */
public final class PlainTorch {
  private PlainTorch() {}

  /** The result (B, D) of inputs that the given manager's arrays are made of. */
  public static FloatMatrix run(ScriptPart part, Function<NDManager, NDList> inputs)
      throws IOException {
    var file = new ByteArrayOutputStream();
    ScriptFile.write(file, part);
    try (Model model = Model.newInstance("part", "PyTorch")) {
      model.load(new ByteArrayInputStream(file.toByteArray()));
      NDManager manager = model.getNDManager();
      var store = new ParameterStore(manager, false);
      NDArray y = model.getBlock().forward(store, inputs.apply(manager), false).head(); // (B, D)
      return TensorBridge.toMatrix(y);
    } catch (MalformedModelException e) {
      throw new AssertionError(e);
    }
  }
}
