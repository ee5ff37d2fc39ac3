// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine whose packed kernels are wrong or refused computes the right vectors and says so. */
@Tag("processor")
final class PackedWeightsTest {
  private static final int FLOAT32 = 6;
  private static final int BFLOAT16 = 15;
  private static final int SIDE = 6;
  private static final int CHANNELS = 16;

  // A 3 x 3 convolution, a 1 x 1 one, and two linear layers.
  private static final String NETWORK =
      """
      def prepare(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
        t = int(dtype)
        p = [(self).pack_conv(torch.to(w[0], t), 1, 1, 1)]
        for i in range(1, 4):
          p = torch.append(p, (self).pack(torch.to(w[i], t)))
        return p
      def vectors(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.contiguous(torch.to(x, ops.prim.dtype(w[0])), memory_format=2)
        x = (self).pointwise_silu((self).conv(x, w[0], None, 1, 1, 1), w[1], None)
        x = (self).linear_gelu(torch.mean(x, [2, 3]), w[2], None)
        return torch.to((self).linear(x, w[3], None), 6)                     # (B, D)
      """;

  private static final String LINEAR = "ops.mkldnn._reorder_linear_weight(w, None)";
  private static final String CONVOLUTION =
      "ops.mkldnn._reorder_convolution_weight(w, [pad, pad], [stride, stride], [1, 1], groups)";

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final List<String> warnings = new ArrayList<>();
  private final Logger log = Logger.getLogger("io.github.djlstitch.engine");
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          warnings.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.addHandler(listener);
    log.setUseParentHandlers(false);
  }

  @AfterEach
  void free() {
    log.removeHandler(listener);
    log.setUseParentHandlers(true);
    manager.close();
  }

  /** Ways in which a packer may fail, by what it packs in place of the weight. */
  enum Fault {
    /** As oneDNN does where caches are hidden: the last block lacks some inputs. */
    LAST_BLOCK("(self).without(w, -16, 1, 5)"),
    /** The last output lacks its last weight. */
    ONE_WEIGHT("(self).without(w, -1, -1, 1000)"),
    /** Outputs are in another order. */
    SWAPPED("torch.flip(w, [0])"),
    /** Memory that was never written. */
    NOT_A_NUMBER("torch.mul(w, inf - inf)"),
    /** The processor has no such kernel. */
    REFUSED("(self).refused(w)");

    private static final String METHODS =
        """
        def without(self: __torch__.M, w: Tensor, row: int, first: int, end: int) -> Tensor:
          w = torch.clone(w)
          hole = torch.zero_(torch.slice(torch.slice(w, 0, row, None), 1, first, end))
          return w
        def refused(self: __torch__.M, w: Tensor) -> Tensor:
          ops.prim.RaiseException("this processor has none")
          return w
        """;

    private final String packed;

    Fault(String packed) {
      this.packed = packed;
    }

    /** The kernels with this fault in a packer. */
    String in(String packer, String kernels) {
      return METHODS + kernels.replace(packer, packer.replace("(w,", "(" + packed + ","));
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(LINEAR, CONVOLUTION)
        .flatMap(
            packer ->
                Stream.of(Fault.values())
                    .flatMap(
                        fault ->
                            IntStream.of(FLOAT32, BFLOAT16)
                                .mapToObj(type -> Arguments.of(packer, fault, type))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void kernelsThatAreWrongAreNotUsed(String packer, Fault fault, int type) {
    assumeTrue(TorchKernels.hasOneDnn(Device.cpu()));
    String name = (packer.equals(LINEAR) ? "linear " : "convolution ") + fault + type;
    check(TorchProgram.of(name, NETWORK, kernels -> fault.in(packer, kernels)), name, type);
  }

  private void check(TorchProgram program, String name, int type) {
    NDList raw = weights();
    NDArray x = random(new Shape(3, CHANNELS, SIDE, SIDE)); // (B, C, H, W)
    float[] expected = vectors(program, TorchKernels.PLAIN, raw, x, type);
    for (int i = 0; i < 2; i++) {
      PackedWeights packed = program.pack(manager.create(type), raw);
      assertTrue(packed.kernels() != TorchKernels.PACKED);
      float[] found = program.run("vectors", new NDList(x), packed).head().toFloatArray();
      assertArrayEquals(expected, found, type == FLOAT32 ? 1e-5f : 0.03f);
    }
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith(name + ": slower kernels are used"), warnings.get(0));
  }

  @ParameterizedTest
  @CsvSource({"6", "15"})
  void allKernelsAgree(int type) {
    var program = TorchProgram.of("agreement " + type, NETWORK);
    NDList raw = weights();
    NDArray x = random(new Shape(3, CHANNELS, SIDE, SIDE)); // (B, C, H, W)
    float[] expected = vectors(program, TorchKernels.PLAIN, raw, x, type);
    PackedWeights packed = program.pack(manager.create(type), raw);
    float[] found = program.run("vectors", new NDList(x), packed).head().toFloatArray();
    assertArrayEquals(expected, found, type == FLOAT32 ? 1e-5f : 0.03f);
    if (type == BFLOAT16 && packed.kernels() != TorchKernels.PACKED) {
      assertTrue(warnings.get(0).contains("not to be had"), warnings.get(0));
      assertTrue(warnings.get(0).contains("slower than float32"), warnings.get(0));
    } else {
      assertSame(TorchKernels.of(Device.cpu(), false).get(0), packed.kernels());
      assertEquals(List.of(), warnings);
    }
  }

  @Test
  void weightsOfAllScalesAreTakenForWhatTheyAre() {
    var program =
        TorchProgram.of(
            "scales",
            """
            def prepare(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
              return [(self).pack(w[0])]
            """);
    for (double scale : new double[] {0, 1e-30, 1e-6, 1, 1e6, 1e30}) {
      NDArray w = random(new Shape(192, 768)).mul(scale); // (N, K)
      w.get("3:60").muli(1e-4); // rows may be small beside others
      PackedWeights packed = program.pack(manager.create(FLOAT32), new NDList(w));
      assertSame(TorchKernels.of(Device.cpu(), false).get(0), packed.kernels());
    }
    assertEquals(List.of(), warnings);
  }

  private float[] vectors(
      TorchProgram program, TorchKernels kernels, NDList raw, NDArray x, int type) {
    PackedWeights packed = program.pack(kernels, manager.create(type), raw);
    return program.run("vectors", new NDList(x), packed).head().toFloatArray();
  }

  private NDList weights() {
    return new NDList(
        random(new Shape(64, CHANNELS, 3, 3)), // (N, C, 3, 3)
        random(new Shape(128, 64)), // (N, K)
        random(new Shape(64, 128)), // (N, K)
        random(new Shape(32, 64))); // (N, K)
  }

  private NDArray random(Shape shape) {
    long inputs = Math.max(1, shape.size() / shape.get(0));
    float[] values = new float[(int) shape.size()];
    var random = new Random(shape.hashCode());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt((double) inputs));
    }
    return manager.create(values, shape);
  }
}
