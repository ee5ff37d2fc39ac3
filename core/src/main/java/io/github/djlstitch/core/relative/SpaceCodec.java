// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowStep;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.ScriptTensor;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One space's two independent halves, built from its own anchors and its own unlabeled data alone:
 * into the relative space and back. A vector of space X is carried into space Y by {@code
 * x.toRelative} and then {@code y.fromRelative}; neither codec has seen the other space, so n
 * spaces need n codecs and not n (n - 1) maps.
 *
 * <ul>
 *   <li>Inverse relative projection (Maiorca et al. 2024, arXiv:2406.15057): cosines in, {@code r
 *       (Aᵀ)⁺} out, with pruning, subspaces, completion and other inverses: {@link Irp}. Fragile
 *       when anchors are nearly dependent: see {@link CodecDiagnostics#conditionNumber}.
 *   <li>Anchor coordinates (ours): ridge coefficients {@code c = A (AᵀA + lambda I)⁻¹ x} in, {@code
 *       Aᵀc} out. The composition of two is the ridge regression from X to Y.
 *   <li>Parseval codec (ours): anchors in the principal components F of the space's own data,
 *       {@code a = A F}, made a nearly tight frame by {@code T = (aᵀa + lambda s I)^-1/2}, s the
 *       mean of the diagonal of {@code aᵀa}: {@code a T Fᵀ x} in, {@code F^-ᵀ T aᵀ c} out.
 * </ul>
 *
 * <p>All are linear in the standardized vectors, so any two make one (D, E) matrix: {@link
 * #compose}. Only {@link CodecSpec.Automatic} has a decoder with a further, non-linear step.
 * Immutable and thread-safe.
 */
public final class SpaceCodec {
  private final CodecSpec spec;
  private final Map<String, Double> numbers;
  private final Standardization frame;
  private final FloatMatrix encode;
  private final FloatMatrix decode;
  private final CodecDiagnostics diagnostics;
  private final Optional<SpaceMemory> memory;

  private SpaceCodec(
      CodecSpec spec,
      Map<String, Double> numbers,
      Standardization frame,
      FloatMatrix encode,
      FloatMatrix decode,
      CodecDiagnostics diagnostics,
      Optional<SpaceMemory> memory) {
    this.spec = spec;
    this.numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
    this.frame = frame;
    this.encode = encode;
    this.decode = decode;
    this.diagnostics = diagnostics;
    this.memory = memory;
  }

  /** A codec from its parts, as they were made or saved. */
  static SpaceCodec of(
      CodecSpec spec,
      Map<String, Double> numbers,
      Standardization frame,
      FloatMatrix encode,
      FloatMatrix decode,
      CodecDiagnostics diagnostics) {
    return new SpaceCodec(spec, numbers, frame, encode, decode, diagnostics, Optional.empty());
  }

  /** A codec with the halves that were fitted to a space in that frame. */
  static SpaceCodec of(
      CodecSpec spec,
      Map<String, Double> numbers,
      AnchoredSpace space,
      Standardization frame,
      CodecHalves halves) {
    var diagnostics = Soundness.of(space, spec, halves.spectra());
    return of(spec, numbers, frame, halves.encode(), halves.decode(), diagnostics);
  }

  /** The same with a decoder that draws vectors towards the space's data. */
  SpaceCodec remembering(SpaceMemory data) {
    return new SpaceCodec(spec, numbers, frame, encode, decode, diagnostics, Optional.of(data));
  }

  /** The data that the decoder draws vectors towards; empty for linear codecs. */
  public Optional<SpaceMemory> memory() {
    return memory;
  }

  /** Returns the meaning of the codes. */
  public CodecSpec spec() {
    return spec;
  }

  /** The options that are numbers, and those that were chosen from the space, by name. */
  public Map<String, Double> numbers() {
    return numbers;
  }

  /** Returns the step that standardizes vectors before they are encoded. */
  public Standardization frame() {
    return frame;
  }

  /** Returns condition, rank and the other numbers of the fit. */
  public CodecDiagnostics diagnostics() {
    return diagnostics;
  }

  /** Standardized vectors to codes: shape (D, K). */
  public FloatMatrix encoder() {
    return encode;
  }

  /** Codes to standardized vectors: shape (K, D). */
  public FloatMatrix decoder() {
    return decode;
  }

  /** Counts the numbers that {@link #fromRelative} reads: the decoder's and those of a memory. */
  public long decoderParameters() {
    long rows = decode.rows() + memory.map(known -> known.data().rows()).orElse(0).longValue();
    return rows * decode.columns();
  }

  /**
   * Vectors as the encoder gave them to codes in the relative space: (N, D) to (N, K), where K is
   * the number of anchors (a Parseval frame over several subspaces has one code for each).
   */
  public FloatMatrix toRelative(FloatMatrix vectors) {
    frame.requireWidth(vectors.columns());
    return encoding().over(vectors, encode.columns());
  }

  private RowStep encoding() {
    return frame.step().then(RowStep.times(encode));
  }

  // What follows the decoder's product.
  private RowStep recalling() {
    return memory.map(SpaceMemory::recalling).orElse(RowStep.NONE);
  }

  /**
   * Codes to standardized vectors of this space: (N, K) to (N, D). Only the direction means
   * something; the length is whatever the inverse gives. See {@link #rescaled}.
   *
   * @throws StitchException (bad input) if the codes have another width than this space's
   */
  public FloatMatrix fromRelative(FloatMatrix relative) {
    requireCodes(relative.columns());
    return decoding().over(relative, decode.columns());
  }

  private RowStep decoding() {
    return RowStep.times(decode).then(recalling());
  }

  /**
   * Carries vectors of this space into another; their codes exist for a block of rows at a time.
   *
   * @param vectors as this space's encoder gave them, shape (N, D)
   * @return standardized vectors of the other space, shape (N, E)
   * @throws StitchException (bad input) if the codes of the one cannot be read by the other
   */
  FloatMatrix translate(FloatMatrix vectors, SpaceCodec to) {
    frame.requireWidth(vectors.columns());
    to.requireCodes(encode.columns());
    return encoding().then(to.decoding()).over(vectors, to.decode.columns());
  }

  /**
   * The same as one product with {@link #compose}, for many vectors: (N, D) to (N, E). What one
   * vector costs does not depend on the number of anchors.
   *
   * @throws StitchException (bad input) if the codes of the one cannot be read by the other
   */
  public static UnaryOperator<FloatMatrix> translator(SpaceCodec from, SpaceCodec to) {
    FloatMatrix map = compose(from, to); // (D, E)
    RowStep steps = from.frame.step().then(RowStep.times(map)).then(to.recalling());
    return vectors -> {
      from.frame.requireWidth(vectors.columns());
      return steps.over(vectors, map.columns());
    };
  }

  /**
   * Standardized vectors of this space as its encoder would have given them, with the mean length
   * of the space's data: {@link Standardization#rescaled}.
   */
  public FloatMatrix rescaled(FloatMatrix standardized) {
    return frame.rescaled(standardized, diagnostics.norms());
  }

  /**
   * The one matrix that carries standardized vectors of one space into another: {@code
   * to.fromRelative} after {@code from.toRelative}, without the memory of an automatic codec; shape
   * (D, E).
   *
   * @throws StitchException (bad input) if the codes of the one cannot be read by the other
   */
  public static FloatMatrix compose(SpaceCodec from, SpaceCodec to) {
    from.requireSameCodes(to);
    to.requireCodes(from.encode.columns());
    try (NDManager manager = TensorBridge.newManager()) {
      var encode = CodecProgram.wide(manager, from.encode); // (D, K)
      var decode = CodecProgram.wide(manager, to.decode); // (K, E)
      return CodecProgram.narrow(CodecProgram.product(encode, decode));
    }
  }

  /**
   * The relative difference of the codes of the same samples in two spaces: {@code ||R_X - R_Y|| /
   * ||R_Y||} in the Frobenius norm, 0 for spaces that differ by a rotation; infinite if all codes
   * of the second are zero and those of the first are not.
   *
   * @param x samples in the first space as its encoder gave them, shape (N, D)
   * @param y the same samples in the second space, shape (N, E)
   */
  public static double relativeMismatch(
      SpaceCodec from, FloatMatrix x, SpaceCodec to, FloatMatrix y) {
    from.requireSameCodes(to);
    to.requireCodes(from.encode.columns());
    if (x.rows() != y.rows()) {
      throw StitchException.badInput(
          "the relative mismatch needs the same samples in both spaces but got %d and %d",
          x.rows(), y.rows());
    }
    return Soundness.mismatch(x, from::toRelative, y, to::toRelative);
  }

  /**
   * Checks that codes of the one can be read by the other.
   *
   * @throws StitchException (bad input) if they have another name or keep other anchors
   */
  void requireSameCodes(SpaceCodec other) {
    if (!spec.name().equals(other.spec.name())) {
      throw StitchException.badInput(
          "codes of the codec '%s' cannot be read by '%s'; make both with the same codec",
          spec.name(), other.spec.name());
    }
    if (!spec.subspaces().equals(other.spec.subspaces())) {
      throw StitchException.badInput(
          "the two '%s' codecs keep other anchors; prune once and use the list for both",
          spec.name());
    }
  }

  /** {@link #toRelative} as a part of a TorchScript file. */
  public ScriptPart toRelativeScript() {
    return ScriptPart.sequence("Coded", List.of(frame.script(), linear(encode)));
  }

  /** {@link #fromRelative} as a part of a TorchScript file. */
  public ScriptPart fromRelativeScript() {
    List<ScriptPart> parts = new ArrayList<>(List.of(linear(decode)));
    memory.ifPresent(data -> parts.add(data.script()));
    return ScriptPart.sequence("Decoded", parts);
  }

  /** {@link #rescaled} as a part of a TorchScript file. */
  public ScriptPart rescaledScript() {
    return frame.rescaling(diagnostics.norms());
  }

  private static ScriptPart linear(FloatMatrix map) {
    return ScriptPart.of(
        "Linear", "torch.matmul(x, w[0])", "", List.of(ScriptTensor.of(map))); // (B, E)
  }

  private void requireCodes(int found) {
    if (found != decode.rows()) {
      throw StitchException.badInput(
          "relative vectors over %d anchors cannot enter a space with %d anchors;"
              + " both spaces need the same anchors in the same order",
          found, decode.rows());
    }
  }

  /**
   * Numbers of a codec's fit, from its own space alone.
   *
   * @param anchors number of anchors M
   * @param kept how many of them each subspace keeps
   * @param conditionNumber the encoder's largest gain times the decoder's, over the singular
   *     directions that are inverted: the largest over the smallest singular value for the
   *     pseudo-inverse, 1 for a Parseval frame; the worst of the subspaces; 0 if nothing is
   *     inverted
   * @param rank directions that are inverted, the fewest of the subspaces
   * @param effectiveRank the exponential of the entropy of the anchors' singular values (Roy and
   *     Vetterli 2007), averaged over the subspaces
   * @param norms lengths of the space's data, as the encoder gave them
   */
  public record CodecDiagnostics(
      int anchors,
      List<Integer> kept,
      double conditionNumber,
      int rank,
      double effectiveRank,
      NormStatistics norms) {
    /** Takes a copy of the counts. */
    public CodecDiagnostics {
      kept = List.copyOf(kept);
    }

    /** By name, for reports; kept anchors are the mean over the subspaces. */
    public Map<String, Double> numbers() {
      var numbers = new TreeMap<String, Double>();
      numbers.put(Diagnostics.KEPT_ANCHORS, kept.stream().mapToInt(k -> k).average().orElse(0));
      numbers.put(Diagnostics.CONDITION_NUMBER, conditionNumber);
      numbers.put(Diagnostics.RANK, (double) rank);
      numbers.put(Diagnostics.EFFECTIVE_RANK, effectiveRank);
      numbers.put(Diagnostics.MEAN_NORM, norms.mean());
      numbers.put(Diagnostics.STD_NORM, norms.std());
      return numbers;
    }
  }
}
