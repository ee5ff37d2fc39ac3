// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeBlock;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.encoders.EmbeddedModel;
import io.github.djlstitch.encoders.OnnxRuntimeModel;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How fast we are, as ratios to what the same machine does at the same moment; see {@code
 * docs/benchmarks/README.md}. Not part of the tests: run it with {@code -Pbench}.
 */
class SpeedBenchmark {
  private static final int ROWS = 32;
  private static final int TOKENS = 32;

  @Test
  void miniLmAgainstOnnxRuntime() throws Exception {
    long[] ids = new Random(1).longs(ROWS * TOKENS, 1000, 30000).toArray();
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        var control = new OnnxRuntimeModel(EmbeddedModel.MINILM, threads())) {
      TextTransformer exact = EmbeddedModel.MINILM.load(NumberType.FLOAT32, manager);
      TextTransformer fast = EmbeddedModel.MINILM.load(NumberType.BFLOAT16, manager);
      Map<String, OnnxTensor> inputs = control.inputs(ids, mask, ROWS);
      Map<String, Contest.Contender> contenders = new LinkedHashMap<>();
      contenders.put("ONNX Runtime", () -> control.run(inputs).close());
      contenders.put("Bert float32", () -> forward(exact, manager, ids, mask));
      contenders.put("Bert bfloat16", () -> forward(fast, manager, ids, mask));
      Contest.run("MiniLM, 32 texts of 32 tokens", contenders, 5, 41);
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Test
  void relativeBlockAgainstMatrixProduct() throws Exception {
    int width = 768;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray x = manager.randomNormal(new Shape(100_000, width)); // (N, D)
      NDArray keys = manager.randomNormal(new Shape(width, width)); // (M, D)
      NDArray right = keys.transpose(); // (D, M)
      var anchors = FloatMatrix.wrap(width, width, keys.toFloatArray());
      RelativeBlock block = RelativeBlock.of(anchors, Similarity.cosine(), Centering.ANCHORS);
      block.initialize(manager, DataType.FLOAT32, x.getShape());
      var store = new ParameterStore(manager, false);
      Map<String, Contest.Contender> contenders = new LinkedHashMap<>();
      contenders.put("matrix product", () -> x.matMul(right).close());
      contenders.put(
          "RelativeBlock", () -> block.forward(store, new NDList(x), false).head().close());
      Contest.run("100,000 x 768 against 768 anchors", contenders, 1, 15);
    }
  }

  private static void forward(TextTransformer bert, NDManager manager, long[] ids, long[] mask) {
    var shape = new Shape(ROWS, TOKENS);
    try (NDManager scope = manager.newSubManager()) {
      NDList inputs = new NDList(scope.create(ids, shape), scope.create(mask, shape)); // (B, T)
      bert.forward(new ParameterStore(scope, false), inputs, false).head().toFloatArray();
    }
  }

  private static int threads() {
    return Integer.getInteger("ai.djl.pytorch.num_threads", 2);
  }
}
