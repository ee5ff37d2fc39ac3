// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A head of the official code. It decodes in two ways: one sample at a time, normalized by the
 * statistics of the training samples; or a batch together, normalized over the batch, as the
 * official code does at test time, too.
 *
 * @param layout its layers
 * @param tensors trained ones and statistics under their names; vectors are matrices of one row
 */
record OfficialWeights(OfficialLayout layout, Map<String, FloatMatrix> tensors)
    implements HeadWeights {
  private static final String LAST = "out.weight";

  OfficialWeights {
    tensors = Map.copyOf(tensors);
    FloatMatrix last = required(tensors, LAST);
    int classes = last.rows();
    int width = required(tensors, layout.parameters().get(0)).columns();
    List<OfficialLayout.Size> sizes = layout.sizes(width, classes);
    for (int i = 0; i < sizes.size(); i++) {
      requireSize(tensors, layout.parameters().get(i), sizes.get(i));
    }
    int place = layout.norm() == OfficialLayout.Norm.BATCH ? -1 : 0;
    for (String norm : layout.batchNorms()) {
      var size = new OfficialLayout.Size(1, place < 0 ? width : layout.hidden().get(place));
      requireSize(tensors, norm + ".mean", size);
      requireSize(tensors, norm + ".variance", size);
      place++;
    }
  }

  private static FloatMatrix required(Map<String, FloatMatrix> tensors, String name) {
    FloatMatrix found = tensors.get(name);
    if (found == null) {
      throw StitchException.badInput(
          "an official head needs tensor '%s' but has %s", name, tensors.keySet());
    }
    return found;
  }

  private static void requireSize(
      Map<String, FloatMatrix> tensors, String name, OfficialLayout.Size size) {
    FloatMatrix found = required(tensors, name);
    if (found.rows() != size.rows() || found.columns() != size.columns()) {
      throw StitchException.badInput(
          "an official head needs tensor '%s' of shape (%d, %d) but has %s",
          name, size.rows(), size.columns(), found);
    }
  }

  @Override
  public FloatMatrix decodeTogether(FloatMatrix inputs) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(manager, inputs); // (N, D)
      List<FloatMatrix> weights = layout.parameters().stream().map(this::tensor).toList();
      return TensorBridge.toMatrix(
          OfficialProgram.PROGRAM
              .run(
                  "together",
                  false,
                  new NDList(x, manager.create(layout.numbers())),
                  OfficialTraining.tensors(manager, weights))
              .head()); // (N, C)
    }
  }

  @Override
  public Block block(NDManager manager) {
    var network = new SequentialBlock();
    if (layout.unit()) {
      network.add(LambdaBlock.singleton(x -> x.normalize(2, 1), "unit"));
    }
    switch (layout.norm()) {
      case LAYER -> network.add(layerNorm());
      case BATCH -> network.add(batchNorm("bn0"));
      case NONE -> {}
    }
    for (int i = 1; i <= layout.hidden().size(); i++) {
      network.add(linear("fc" + i));
      boolean tanh = layout.activation() == OfficialLayout.Activation.TANH;
      network.add(tanh ? Activation.tanhBlock() : Activation.swishBlock(1f));
      network.add(batchNorm("bn" + i));
    }
    network.add(linear("out"));
    if (layout.rectified()) {
      network.add(Activation.reluBlock());
    }
    network.initialize(manager, DataType.FLOAT32, new Shape(1, width()));
    return network;
  }

  @Override
  public ScriptPart script() {
    var script = new HeadScript();
    if (layout.unit()) {
      script.unit();
    }
    switch (layout.norm()) {
      case LAYER -> script.layerNorm(tensor("norm.weight"), tensor("norm.bias"));
      case BATCH -> normalized(script, "bn0");
      case NONE -> {}
    }
    for (int i = 1; i <= layout.hidden().size(); i++) {
      script.linear(tensor("fc" + i + ".weight"), tensor("fc" + i + ".bias"));
      if (layout.activation() == OfficialLayout.Activation.TANH) {
        script.tanh();
      } else {
        script.silu();
      }
      normalized(script, "bn" + i);
    }
    script.linear(tensor("out.weight"), tensor("out.bias"));
    if (layout.rectified()) {
      script.relu();
    }
    return script.part(); // (B, C)
  }

  private void normalized(HeadScript script, String name) {
    script.normalized(tensor(name + ".mean"), tensor(name + ".variance"));
  }

  private Linear linear(String name) {
    Linear layer = Linear.builder().setUnits(tensor(name + ".weight").rows()).build();
    place(layer, "weight", name + ".weight");
    place(layer, "bias", name + ".bias");
    return layer;
  }

  private LayerNorm layerNorm() {
    LayerNorm layer = LayerNorm.builder().build();
    place(layer, "gamma", "norm.weight");
    place(layer, "beta", "norm.bias");
    return layer;
  }

  private BatchNorm batchNorm(String name) {
    BatchNorm layer = BatchNorm.builder().optCenter(false).optScale(false).build();
    place(layer, "runningMean", name + ".mean");
    place(layer, "runningVar", name + ".variance");
    return layer;
  }

  private void place(Block layer, String parameter, String name) {
    layer
        .getDirectParameters()
        .get(parameter)
        .setInitializer((m, shape, type) -> m.create(tensor(name).toArray(), shape));
  }

  @Override
  public int width() {
    return tensor(layout.hidden().isEmpty() ? LAST : "fc1.weight").columns();
  }

  @Override
  public int classes() {
    return tensor(LAST).rows();
  }

  private FloatMatrix tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
