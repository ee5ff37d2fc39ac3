// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Forward passes of text encoders beside their floor: the products with their packed weights alone,
 * on the same shapes, without attention, norms and activations. {@code -Pbench
 * -Dtest=FloorBenchmark -Dtest.threads=1} measures a core by itself, as batches of texts are
 * computed.
 */
class FloorBenchmark {
  private static final int BATCH = 32;
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "floor-benchmark",
          """
          def packed(self: __torch__.M, x: Tensor, w: List[Tensor]) -> List[Tensor]:
            p = annotate(List[Tensor], [])
            for i in range(torch.len(w)):
              p = torch.append(p, (self).pack(torch.to(w[i], int(x))))
            return p
          def typed(self: __torch__.M, x: Tensor, t: Tensor) -> Tensor:
            return torch.to(x, int(t))
          def products(self: __torch__.M, x: Tensor, h: Tensor, w: List[Tensor]) -> Tensor:
            out = annotate(List[Tensor], [])
            for i in range(torch.len(w)):
              if bool(torch.eq(torch.remainder(i, 4), 3)):
                y = (self).linear(h, w[i], None)
              else:
                y = (self).linear(x, w[i], None)
              out = torch.append(out, torch.select(torch.select(y, 0, 0), 0, 0))
            return torch.to(torch.stack(out), 6)
          """);

  @ParameterizedTest
  @CsvSource({
    "384, 6, 16, FLOAT32", "384, 6, 16, BFLOAT16", "384, 6, 96, FLOAT32", "384, 6, 96, BFLOAT16",
    "768, 12, 16, FLOAT32", "768, 12, 16, BFLOAT16", "768, 12, 96, FLOAT32", "768, 12, 96, BFLOAT16"
  })
  void forwardAndFloor(int width, int layers, int tokens, NumberType numbers) throws Exception {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Block block = EncoderBenchmark.roberta(numbers, width, layers, Pooling.MEAN, manager);
      NDList input = EncoderBenchmark.tokens(manager, BATCH, tokens);
      NDArray type = manager.create(numbers == NumberType.BFLOAT16 ? 15L : 6L); // ()
      NDList packed =
          PROGRAM.run("packed", false, new NDList(type), weights(manager, width, layers));
      NDArray x = PROGRAM.call("typed", random(manager, BATCH * tokens, width), type); // (N, D)
      NDArray h =
          PROGRAM.call("typed", random(manager, BATCH * tokens, 4 * width), type); // (N, 4D)
      Map<String, Contest.Contender> contenders = new LinkedHashMap<>();
      contenders.put("forward", () -> EncoderBenchmark.forward(block, manager, input));
      contenders.put(
          "products alone", () -> PROGRAM.run("products", false, new NDList(x, h), packed).close());
      String title = "%d layers of %d, %d x %d tokens, %s";
      int calls = width > 384 ? 1 : 4;
      Contest.run(
          title.formatted(layers, width, BATCH, tokens, numbers.id()), contenders, calls, 15);
    }
  }

  private static NDList weights(NDManager manager, int width, int layers) {
    NDList raw = new NDList();
    for (int i = 0; i < layers; i++) {
      for (int[] size : new int[][] {{3, 1}, {1, 1}, {4, 1}, {1, 4}}) {
        raw.add(random(manager, size[0] * width, size[1] * width)); // (N, K)
      }
    }
    return raw;
  }

  private static NDArray random(NDManager manager, int rows, int columns) {
    return manager.randomNormal(new Shape(rows, columns)); // (N, K)
  }
}
