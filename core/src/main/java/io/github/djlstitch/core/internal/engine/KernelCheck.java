// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Checks LibTorch's kernels against known answers on this machine's processor: small products,
 * convolutions and decompositions whose results Java computes with loops. LibTorch chooses its
 * kernels by processor, so a kernel that is right on one machine may be wrong on another.
 *
 * <p>It runs by itself before the first use of oneDNN's kernels in a process; {@link #keepIn} keeps
 * the verdict, so that each processor is tested once. Thread-safe.
 */
public final class KernelCheck {
  private static final String FLOAT32 = "float32";
  private static final String BFLOAT16 = "bfloat16";

  // Weights of a linear layer are (N, K) with a bias (N), for x (M, K) and y (M, N); those of the
  // convolutions (N, C, 3, 3) and, depthwise, (N, 1, 3, 3).
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "kernel-test",
          """
          def packed(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
            return [(self).pack(torch.to(w[0], int(dtype))), torch.to(w[1], int(dtype))]
          def unpacked(self: __torch__.M, dtype: Tensor, w: List[Tensor]) -> List[Tensor]:
            return [torch.to(w[0], int(dtype)), torch.to(w[1], int(dtype))]
          def linear_layer(self: __torch__.M, x: Tensor, y: Tensor, w: List[Tensor]) -> Tensor:
            return torch.to((self).linear(torch.to(x, ops.prim.dtype(w[1])), w[0], w[1]), 6)
          def linear_layers(self: __torch__.M, x: Tensor, y: Tensor, w: List[Tensor]) -> Tensor:
            t = ops.prim.dtype(w[1])
            x = torch.to(x, t)
            z = [(self).linear(x, w[0], w[1]), (self).linear_silu(x, w[0], w[1])]
            z = torch.append(z, (self).linear_tanh_gelu(x, w[0], w[1]))
            z = torch.append(z, (self).linear_add(x, w[0], w[1], torch.to(y, t)))
            return torch.to(torch.cat(z, 0), 6)                              # (4M, N)
          def convolutions(self: __torch__.M, x: Tensor, dtype: Tensor, w: List[Tensor]) -> Tensor:
            t = int(dtype)
            n = torch.size(w[1], 0)
            x = torch.contiguous(torch.to(x, t), memory_format=2)
            x = (self).conv(x, (self).pack_conv(torch.to(w[0], t), 1, 1, 1), None, 1, 1, 1)
            x = (self).conv(x, (self).pack_conv(torch.to(w[1], t), 2, 1, n), None, 2, 1, n)
            return torch.to(torch.contiguous(x), 6)                          # (B, N, H/2, W/2)
          def solve(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:
            return torch.linalg_solve(a, b)
          def singular(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:
            u, s, vh = torch.linalg_svd(a, False)
            return torch.matmul(torch.mul(u, s), vh)
          def eigen(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:
            return torch.linalg_eigvalsh(a, "L")
          """);

  // One set of kernels has them all: those of oneDNN are on unpacked weights too.
  private static final TorchKernels KERNELS =
      TorchKernels.hasOneDnn(Device.cpu()) ? TorchKernels.PACKED : TorchKernels.PLAIN;

  /** Outcomes for a family of kernels. */
  public enum State {
    /** Its answers are right. */
    RIGHT,
    /** LibTorch has none for this processor and says so. */
    ABSENT,
    /** Its answers are wrong. */
    WRONG
  }

  /**
   * The outcome for a family of kernels in one number type.
   *
   * @param family {@code packed linear layers}, {@code unpacked linear layers}, {@code
   *     convolutions} or {@code algebra}
   * @param numbers {@code float32}, {@code bfloat16} or {@code float64}
   * @param found the largest difference to the answer, of its size; or what LibTorch said
   * @param remedy what is done about it; empty if nothing has to be
   */
  public record Verdict(String family, String numbers, State state, String found, String remedy) {
    /** Tells that the program must not use these kernels. */
    public boolean isWrong() {
      return state == State.WRONG;
    }
  }

  private KernelCheck() {}

  /**
   * Keeps the verdicts on this machine's processor in a folder, and believes those that are there.
   * To be called before the first use of the engine; the last caller's folder counts. Starts
   * nothing.
   */
  public static void keepIn(Path folder) {
    KernelTrust.keepIn(folder);
  }

  /**
   * Tests all kernels now, whatever was kept.
   *
   * @throws StitchException (unavailable) if the engine cannot be loaded
   */
  public static List<Verdict> run() {
    boolean half = KERNELS != TorchKernels.PLAIN;
    return run(half ? List.of(FLOAT32, BFLOAT16) : List.of(FLOAT32), "linear_layers");
  }

  /** Tests the kernels that are used without a check of each weight, in a tenth of a second. */
  static List<Verdict> runShort() {
    return run(List.of(FLOAT32), "linear_layer");
  }

  private static List<Verdict> run(List<String> types, String layers) {
    List<Verdict> verdicts = new ArrayList<>();
    try (NDManager manager = LoadedEngine.manager(Device.cpu())) {
      for (String numbers : types) {
        verdicts.add(linear(manager, layers, "packed", numbers, "they are used unpacked"));
        verdicts.add(
            linear(manager, layers, "unpacked", numbers, "LibTorch's plain ones are used"));
        verdicts.add(convolution(manager, numbers));
      }
      verdicts.add(algebra(manager));
    }
    return List.copyOf(verdicts);
  }

  private static Verdict linear(
      NDManager manager, String layers, String weights, String numbers, String remedy) {
    int m = 5;
    int k = 80;
    int n = "packed".equals(weights) ? 128 : 70;
    double[] w = values(n * k, 1);
    double[] b = values(n, 2);
    double[] x = values(m * k, 3);
    double[] y = values(m * n, 4);
    return judge(
        weights + KernelTrust.LINEAR,
        numbers,
        remedy,
        "linear_layer".equals(layers)
            ? KnownProducts.linear(x, w, b)
            : KnownProducts.linear(x, w, b, y),
        () -> {
          NDList raw = new NDList(tensor(manager, w, n, k), tensor(manager, b, n)); // (N, K), (N)
          NDList laidOut =
              run(weights, new NDList(type(manager, numbers)), raw); // (N, K), (N), laid out
          NDList arguments =
              new NDList(tensor(manager, x, m, k), tensor(manager, y, m, n)); // (M, K), (M, N)
          return run(layers, arguments, laidOut).head(); // (M, N) or (4M, N)
        });
  }

  private static Verdict convolution(NDManager manager, String numbers) {
    int c = 16;
    int n = 16;
    int side = 4;
    double[] first = values(n * c * 9, 5);
    double[] second = values(n * 9, 6);
    double[] x = values(c * side * side, 7);
    return judge(
        "convolutions",
        numbers,
        "they are used unpacked",
        KnownProducts.convolutions(x, first, second, c, n, side),
        () -> {
          NDList raw =
              new NDList(
                  tensor(manager, first, n, c, 3, 3),
                  tensor(manager, second, n, 1, 3, 3)); // (N, C, 3, 3), (N, 1, 3, 3)
          NDArray in = tensor(manager, x, 1, c, side, side); // (B, C, H, W)
          return run("convolutions", new NDList(in, type(manager, numbers)), raw).head();
        });
  }

  private static Verdict algebra(NDManager manager) {
    int n = 12;
    return judge(
        "algebra",
        "float64",
        "nothing: results of codecs and measures cannot be trusted here",
        KnownProducts.algebra(n),
        () -> {
          NDArray symmetric = manager.create(KnownProducts.symmetric(n), new Shape(n, n)); // (N, N)
          NDArray right = manager.create(KnownProducts.rightSides(n), new Shape(n, n)); // (N, N)
          NDList both = new NDList(symmetric, right); // (N, N) twice
          NDArray flat = symmetric.reshape(-1); // (N N)
          for (String method : List.of("solve", "singular", "eigen")) {
            flat = flat.concat(run(method, both, new NDList()).head().reshape(-1));
          }
          return flat; // (3 N N + N)
        });
  }

  private static NDList run(String method, NDList arguments, NDList weights) {
    return PROGRAM.run(method, false, KERNELS, arguments, weights);
  }

  private static Verdict judge(
      String family, String numbers, String remedy, double[] expected, Supplier<NDArray> computed) {
    double[] found;
    try {
      NDArray result = computed.get(); // (R) flat or of any shape
      found = "float64".equals(numbers) ? result.toDoubleArray() : widened(result.toFloatArray());
    } catch (StitchException e) {
      State state = TorchKernels.isDifference(e.getMessage()) ? State.WRONG : State.ABSENT;
      return new Verdict(family, numbers, state, e.getMessage(), remedy);
    }
    double most = KnownProducts.largestDifference(expected, found);
    boolean right = most <= tolerance(numbers);
    String difference = String.format(Locale.ROOT, "%.1e", most);
    return new Verdict(
        family, numbers, right ? State.RIGHT : State.WRONG, difference, right ? "" : remedy);
  }

  // Of the largest value. float32 rounds to 6e-8 of each partial sum, bfloat16 to 1/512 of results.
  private static double tolerance(String numbers) {
    return switch (numbers) {
      case FLOAT32 -> 1e-5;
      case BFLOAT16 -> 1.0 / 128;
      default -> 1e-10;
    };
  }

  // Multiples of 1/8 up to 1, which bfloat16 holds exactly, in no order.
  private static double[] values(int count, int seed) {
    double[] values = new double[count];
    var random = new Random(seed);
    Arrays.setAll(values, i -> (random.nextInt(17) - 8) / 8.0);
    return values;
  }

  private static NDArray tensor(NDManager manager, double[] values, long... shape) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return manager.create(narrow, new Shape(shape));
  }

  private static NDArray type(NDManager manager, String numbers) {
    return manager.create(FLOAT32.equals(numbers) ? 6 : 15); // ()
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }
}
