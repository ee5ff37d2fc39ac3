// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.cluster.Linkage;
import io.github.djlstitch.core.internal.cluster.Agglomeration;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes vectors or similarities coarser, so that small distortions leave them as they are
 * (Moschella et al. 2023, arXiv:2209.15430, appendix A.3). Immutable and thread-safe.
 *
 * @param mode how
 * @param size bin of {@link Mode#ROUND} and {@link Mode#SMOOTH_STEPS}, threshold of {@link
 *     Mode#CLUSTERS}, above 0; 0 for {@link Mode#NONE}
 * @param linkage of clusters; {@link Linkage#WARD} for every other mode
 */
public record Quantization(Mode mode, double size, Linkage linkage) {

  /** The ways. */
  public enum Mode implements Named {
    /** Values stay as they are. */
    NONE,
    /** To the nearest multiple of the bin, ties to even; the gradient passes straight through. */
    ROUND,
    /** {@code s - sin(2 pi s) / (2 pi)} of s, the value over the bin: steps with a gradient. */
    SMOOTH_STEPS,
    /**
     * Each vector to the mean of its cluster; clusters closer than the threshold are one. The
     * result depends on all vectors that are quantized together.
     */
    CLUSTERS
  }

  // The difference of x to itself is 0 and carries the gradient.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "quantization",
          """
          def rounded(self: __torch__.M, x: Tensor, bin: Tensor) -> Tensor:
            q = torch.mul(torch.round(torch.div(x, bin)), bin)
            return torch.add(torch.detach(q), torch.sub(x, torch.detach(x)))
          def smooth(self: __torch__.M, x: Tensor, bin: Tensor) -> Tensor:
            s = torch.div(x, bin)
            wave = torch.div(torch.sin(torch.mul(s, 6.283185307179586)), 6.283185307179586)
            return torch.mul(torch.sub(s, wave), bin)
          def means(self: __torch__.M, x: Tensor, label: Tensor) -> Tensor:
            wide = torch.to(x, 7)
            sizes = torch.to(torch.bincount(label), 7)
            zeros = torch.zeros([torch.size(sizes, 0), torch.size(x, 1)], dtype=7)
            sums = torch.index_add(zeros, 0, label, wide)
            means = torch.div(sums, torch.unsqueeze(sizes, 1))
            return torch.to(torch.index_select(means, 0, label), 6)
          """);

  /** Checks that the size goes with the mode. */
  public Quantization {
    boolean fits = mode == Mode.NONE ? size == 0 : size > 0 && Double.isFinite(size);
    if (!fits) {
      throw StitchException.usage(
          mode == Mode.NONE
              ? "a quantization of size %2$s needs a mode: round, smooth steps or clusters"
              : "quantization '%s' needs a size above 0 but got %s",
          mode,
          size);
    }
    if (mode != Mode.CLUSTERS && linkage != Linkage.WARD) {
      throw StitchException.usage("linkage '%s' without clusters", linkage);
    }
  }

  /** None. */
  public static Quantization none() {
    return new Quantization(Mode.NONE, 0, Linkage.WARD);
  }

  /** Rounding to multiples of {@code bin}. */
  public static Quantization round(double bin) {
    return new Quantization(Mode.ROUND, bin, Linkage.WARD);
  }

  /** Smooth steps of width {@code bin}. */
  public static Quantization smoothSteps(double bin) {
    return new Quantization(Mode.SMOOTH_STEPS, bin, Linkage.WARD);
  }

  /** Clusters closer than {@code threshold} are one. */
  public static Quantization clusters(double threshold, Linkage linkage) {
    return new Quantization(Mode.CLUSTERS, threshold, linkage);
  }

  /**
   * Reads what {@link #text} writes: {@code none}, {@code round:BIN}, {@code smooth-steps:BIN}, or
   * {@code clusters:THRESHOLD[:LINKAGE]}.
   *
   * @throws StitchException (usage) for anything else
   */
  public static Quantization parse(String text) {
    List<String> parts = List.of(text.toLowerCase(Locale.ROOT).split(":", -1));
    for (Mode mode : Mode.values()) {
      int most = mode == Mode.NONE ? 1 : mode == Mode.CLUSTERS ? 3 : 2;
      int least = Math.min(most, 2);
      if (mode.id().equals(parts.get(0)) && parts.size() >= least && parts.size() <= most) {
        double size = mode == Mode.NONE ? 0 : number(text, parts.get(1));
        Linkage linkage = parts.size() == 3 ? linkage(text, parts.get(2)) : Linkage.WARD;
        return new Quantization(mode, size, linkage);
      }
    }
    throw unknown(text);
  }

  private static double number(String text, String size) {
    try {
      return Double.parseDouble(size);
    } catch (NumberFormatException e) {
      throw unknown(text).because(e);
    }
  }

  private static Linkage linkage(String text, String name) {
    return Stream.of(Linkage.values())
        .filter(linkage -> linkage.id().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static StitchException unknown(String text) {
    return StitchException.usage(
        "no quantization '%s'; expected none, round:BIN, smooth-steps:BIN or"
            + " clusters:THRESHOLD[:ward|average|complete], as in round:0.1",
        text);
  }

  /** The quantization in one word, as {@link #parse} reads it. */
  public String text() {
    String sized = mode == Mode.NONE ? mode.id() : mode.id() + ":" + size;
    return linkage == Linkage.WARD ? sized : sized + ":" + linkage.id();
  }

  /** Returns true if values stay as they are. */
  boolean isNone() {
    return mode == Mode.NONE;
  }

  /** Returns true if the result for one vector depends on those quantized with it. */
  public boolean transductive() {
    return mode == Mode.CLUSTERS;
  }

  /**
   * Quantizes (N, D).
   *
   * @throws StitchException (resources) for clusters of more than 8,192 vectors; (bad input) if
   *     clustered values are not finite
   */
  public FloatMatrix apply(FloatMatrix x) {
    if (!transductive()) {
      return RowBlocks.map(x, x.columns(), rows -> apply(rows, false));
    }
    try (NDManager manager = TensorBridge.newManager()) {
      return x.rows() == 0
          ? x
          : TensorBridge.toMatrix(apply(TensorBridge.toTensor(manager, x), false));
    }
  }

  /** On native arrays, differentiable if {@code training}; owned by the manager of {@code x}. */
  NDArray apply(NDArray x, boolean training) {
    return switch (mode) {
      case NONE -> x;
      case ROUND -> run("rounded", x, bin(x), training);
      case SMOOTH_STEPS -> run("smooth", x, bin(x), training);
      case CLUSTERS -> {
        int[] labels = Agglomeration.labels(TensorBridge.toMatrix(x), size, linkage);
        NDArray label =
            x.getManager().create(Arrays.stream(labels).asLongStream().toArray()); // (B)
        yield run("means", x, label, training);
      }
    };
  }

  private NDArray bin(NDArray x) {
    return x.getManager().create(size).toType(DataType.FLOAT32, false);
  }

  private static NDArray run(String method, NDArray x, NDArray argument, boolean training) {
    return PROGRAM.run(method, training, new NDList(x, argument), new NDList()).head();
  }
}
