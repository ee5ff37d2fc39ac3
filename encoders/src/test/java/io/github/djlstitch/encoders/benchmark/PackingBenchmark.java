// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Costs of packing and of checking weights, and of products with weights that are not packed. Not
 * part of the tests: run it with {@code -Pbench -Dtest=PackingBenchmark}, on x86-64.
 */
class PackingBenchmark {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "packing-benchmark",
          """
          def packed(self: __torch__.M, x: Tensor, w: List[Tensor]) -> List[Tensor]:
            p = annotate(List[Tensor], [])
            for i in range(torch.len(w)):
              p = torch.append(p, (self).lay_out(w[i]))
            return p
          def checked(self: __torch__.M, x: Tensor, w: List[Tensor]) -> List[Tensor]:
            p = annotate(List[Tensor], [])
            for i in range(torch.len(w)):
              p = torch.append(p, (self).pack(w[i]))
            return p
          def filled(self: __torch__.M, x: Tensor, w: List[Tensor]) -> List[Tensor]:
            more = torch.sub((self).room(torch.size(w[0], 0)), torch.size(w[0], 0))
            return [(self).pack(torch.constant_pad_nd(w[0], [0, 0, 0, more], 0))]
          def product(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            return (self).linear(x, w[0], None)
          def cut(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            return torch.contiguous(torch.slice((self).linear(x, w[0], None), 1, 0, int(w[1])))
          def plain(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            return torch.linear(x, w[0], None)
          """);

  @Test
  void weightsOfMiniLm() throws Exception {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDList weights = new NDList();
      for (int i = 0; i < 6; i++) {
        for (long[] shape : new long[][] {{1152, 384}, {384, 384}, {1536, 384}, {384, 1536}}) {
          weights.add(manager.randomNormal(new Shape(shape))); // (N, K)
        }
      }
      NDArray any = manager.create(1f); // ()
      Map<String, Contest.Contender> contenders = new LinkedHashMap<>();
      for (String method : new String[] {"packed", "checked"}) {
        contenders.put(method, () -> PROGRAM.run(method, false, new NDList(any), weights).close());
      }
      Contest.run("weights of MiniLM, packed, and packed and checked", contenders, 3, 31);
    }
  }

  @ParameterizedTest
  @CsvSource({"128, 312, 312", "128, 312, 936", "1024, 312, 1200", "2048, 768, 300"})
  void products(int m, int k, int n) throws Exception {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray x = manager.randomNormal(new Shape(m, k)); // (M, K)
      NDList raw = new NDList(manager.randomNormal(new Shape(n, k))); // (N, K)
      NDList filled = PROGRAM.run("filled", false, new NDList(manager.create(1f)), raw);
      filled.add(manager.create((long) n));
      Map<String, Contest.Contender> contenders = new LinkedHashMap<>();
      contenders.put("unpacked", () -> PROGRAM.run("product", false, new NDList(x), raw).close());
      contenders.put("filled, cut", () -> PROGRAM.run("cut", false, new NDList(x), filled).close());
      contenders.put("plain", () -> PROGRAM.run("plain", false, new NDList(x), raw).close());
      Contest.run("%d x %d times %d x %d".formatted(m, k, k, n), contenders, 50, 31);
    }
  }
}
