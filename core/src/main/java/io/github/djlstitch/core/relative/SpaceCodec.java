// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One space's two independent halves, built from its own anchors and its own unlabelled data alone:
 * into the relative space and back. A vector of space X is carried into space Y by {@code
 * x.toRelative} and then {@code y.fromRelative}; neither codec has seen the other space, so n
 * spaces need n codecs and not n (n - 1) maps.
 *
 * <ul>
 *   <li>Inverse relative projection (Maiorca et al. 2024, arXiv:2406.15057): cosines in, {@code r
 *       (Aᵀ)⁺} out, with pruning, subspaces, completion and other inverses: {@link IrpOptions}.
 *       Fragile when anchors are nearly dependent: see {@link CodecDiagnostics#conditionNumber}.
 *   <li>Anchor coordinates (ours): ridge coefficients {@code c = A (AᵀA + lambda I)⁻¹ x} in, {@code
 *       Aᵀc} out. The composition of two is the ridge regression from X to Y.
 *   <li>Parseval codec (ours): anchors in the principal components F of the space's own data,
 *       {@code a = A F}, made a nearly tight frame by {@code T = (aᵀa + lambda s I)^-1/2}, s the
 *       mean of the diagonal of {@code aᵀa}: {@code a T Fᵀ x} in, {@code F^-ᵀ T aᵀ c} out.
 * </ul>
 *
 * <p>All are linear in the standardised vectors, so any two make one (D, E) matrix: {@link
 * #compose}. Only {@link #automatic} has a decoder with a further, non-linear step. Immutable and
 * thread-safe.
 */
public final class SpaceCodec {
  private final CodecSpec spec;
  private final Standardization frame;
  private final FloatMatrix encode;
  private final FloatMatrix decode;
  private final CodecDiagnostics diagnostics;
  private final Optional<SpaceMemory> memory;

  private SpaceCodec(
      CodecSpec spec,
      Standardization frame,
      FloatMatrix encode,
      FloatMatrix decode,
      CodecDiagnostics diagnostics,
      Optional<SpaceMemory> memory) {
    this.spec = spec;
    this.frame = frame;
    this.encode = encode;
    this.decode = decode;
    this.diagnostics = diagnostics;
    this.memory = memory;
  }

  /** A codec from its parts, as they were made or saved. */
  static SpaceCodec of(
      CodecSpec spec,
      Standardization frame,
      FloatMatrix encode,
      FloatMatrix decode,
      CodecDiagnostics diagnostics) {
    return new SpaceCodec(spec, frame, encode, decode, diagnostics, Optional.empty());
  }

  /** A codec with the halves that were fitted to a space in that frame. */
  static SpaceCodec of(
      CodecSpec spec, AnchoredSpace space, Standardization frame, CodecHalves halves) {
    var diagnostics = Soundness.of(space, spec, halves.spectra());
    return of(spec, frame, halves.encode(), halves.decode(), diagnostics);
  }

  /** The same with a decoder that draws vectors towards the space's data. */
  SpaceCodec remembering(SpaceMemory data) {
    return new SpaceCodec(spec, frame, encode, decode, diagnostics, Optional.of(data));
  }

  /** The data that the decoder draws vectors towards; empty for linear codecs. */
  Optional<SpaceMemory> memory() {
    return memory;
  }

  /** Anchor coordinates with ridge weight {@code lambda}, above 0. */
  public static SpaceCodec coordinates(AnchoredSpace space, Centering centering, double lambda) {
    Similarity.coordinates(lambda); // checks lambda
    Standardization frame = space.frame(centering, true);
    FloatMatrix anchors = standardized(space, frame);
    var gains = new SpectralGains(lambda, 0, 1, LinearAlgebra.rankTolerance(anchors));
    Map<String, Double> options = Map.of("lambda", lambda);
    var spec = new CodecSpec(CodecSpec.COORDINATES, centering, options, Optional.empty());
    return of(spec, space, frame, CodecHalves.over(anchors, gains));
  }

  /** Plain inverse relative projection: all anchors, by the pseudo-inverse. */
  public static SpaceCodec inverseProjection(AnchoredSpace space, Centering centering) {
    return inverseProjection(
        space, IrpOptions.plain(centering), Subspaces.whole(space.anchors().rows()));
  }

  /**
   * Inverse relative projection.
   *
   * @param subspaces which anchors are kept, the same list for every space
   * @throws StitchException (bad input) if the list is about another number of anchors
   */
  public static SpaceCodec inverseProjection(
      AnchoredSpace space, IrpOptions options, Subspaces subspaces) {
    if (subspaces.anchors() != space.anchors().rows()) {
      throw StitchException.badInput(
          "subspaces of %d anchors do not fit a space with %d anchors; prune anchors of the same"
              + " ids",
          subspaces.anchors(), space.anchors().rows());
    }
    Standardization frame = space.frame(options.centering(), true);
    FloatMatrix anchors = standardized(space, frame);
    var spec =
        new CodecSpec(
            options.codecName(),
            options.centering(),
            options.inverse().options(),
            Optional.of(subspaces));
    return of(spec, space, frame, CodecHalves.averaged(anchors, options, subspaces));
  }

  /** The Parseval codec, centred on the space's data, of which it needs 2 or more. */
  public static SpaceCodec parseval(AnchoredSpace space, ParsevalOptions options) {
    Standardization frame = dataFrame(space);
    FloatMatrix anchors = frame.apply(space.anchors()); // (M, D)
    int rank = options.rankFor(anchors.rows(), anchors.columns(), space.data().rows());
    var gains =
        new SpectralGains(0, options.lambda(), 1.0 / 2, LinearAlgebra.rankTolerance(anchors));
    Map<String, Double> numbers =
        Map.of("lambda", options.lambda(), "power", options.power(), "components", (double) rank);
    var spec = new CodecSpec(CodecSpec.PARSEVAL, Centering.DATA, numbers, Optional.empty());
    var halves =
        CodecHalves.inComponents(anchors, space.data(), frame, options.withRank(rank), gains);
    return of(spec, space, frame, halves);
  }

  /**
   * The balanced codec: a Parseval codec whose rank, ridge weight and split between encoder and
   * decoder follow from the numbers of anchors and dimensions ({@link Balance}).
   */
  public static SpaceCodec balanced(AnchoredSpace space) {
    Standardization frame = dataFrame(space);
    return balanced(CodecSpec.BALANCED, Map.of(), space, frame, frame.apply(space.anchors()));
  }

  /**
   * The default: the balanced codec over anchors smoothed by the data near them, and a decoder that
   * draws what it reads towards the data of its space ({@link SpaceMemory}). All of it is chosen
   * from this one space; decoding is not linear.
   */
  public static SpaceCodec automatic(AnchoredSpace space) {
    Standardization frame = dataFrame(space);
    var memory = SpaceMemory.of(frame.apply(space.data()));
    FloatMatrix anchors = memory.smooth(frame.apply(space.anchors())); // (M, D)
    Map<String, Double> sharpness = Map.of(CodecSpec.SHARPNESS, memory.sharpness());
    return balanced(CodecSpec.AUTOMATIC, sharpness, space, frame, anchors).remembering(memory);
  }

  private static SpaceCodec balanced(
      String name,
      Map<String, Double> more,
      AnchoredSpace space,
      Standardization frame,
      FloatMatrix anchors) {
    var balance = Balance.of(anchors.rows(), anchors.columns(), space.data().rows());
    Map<String, Double> numbers = new HashMap<>(balance.numbers());
    numbers.putAll(more);
    var spec = new CodecSpec(name, Centering.DATA, numbers, Optional.empty());
    var options = ParsevalOptions.defaults().withRank(balance.rank());
    SpectralGains gains = balance.gains(LinearAlgebra.rankTolerance(anchors));
    return of(
        spec, space, frame, CodecHalves.inComponents(anchors, space.data(), frame, options, gains));
  }

  private static Standardization dataFrame(AnchoredSpace space) {
    requireFinite("anchor", space.anchors());
    requireFinite("data vector", space.data());
    if (space.data().rows() < 2) {
      throw StitchException.badInput(
          "a codec in principal components needs at least 2 data vectors but got %d",
          space.data().rows());
    }
    return space.frame(Centering.DATA, true);
  }

  /**
   * The same codec for another space: what is written in the description of the one.
   *
   * @throws StitchException (bad input) if no codec is described like that
   */
  public static SpaceCodec like(CodecSpec spec, AnchoredSpace space) {
    if (spec.name().equals(CodecSpec.COORDINATES)) {
      return coordinates(space, spec.centering(), spec.option("lambda"));
    }
    if (spec.name().equals(CodecSpec.BALANCED)) {
      return balanced(space);
    }
    if (spec.name().equals(CodecSpec.AUTOMATIC)) {
      return automatic(space);
    }
    if (spec.name().equals(CodecSpec.PARSEVAL)) {
      int rank = (int) spec.option("components");
      return parseval(
          space, new ParsevalOptions(rank, spec.option("power"), spec.option("lambda")));
    }
    Subspaces subspaces = spec.subspaces().orElseGet(() -> Subspaces.whole(space.anchors().rows()));
    return inverseProjection(space, IrpOptions.of(spec), subspaces);
  }

  private static FloatMatrix standardized(AnchoredSpace space, Standardization frame) {
    requireFinite("anchor", space.anchors());
    requireFinite("data vector", space.data());
    return frame.apply(space.anchors());
  }

  private static void requireFinite(String what, FloatMatrix vectors) {
    if (vectors.rows() == 0) {
      throw StitchException.badInput("a codec needs at least 1 %s but got 0", what);
    }
    vectors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "%s %d has a value that is not finite; encode it again", what, row);
            });
  }

  /** What the codes mean. */
  public CodecSpec spec() {
    return spec;
  }

  /** How vectors are standardised before they are encoded. */
  public Standardization frame() {
    return frame;
  }

  /** How sound the codec is. */
  public CodecDiagnostics diagnostics() {
    return diagnostics;
  }

  /** Standardised vectors to codes: shape (D, K). */
  public FloatMatrix encoder() {
    return encode;
  }

  /** Codes to standardised vectors: shape (K, D). */
  public FloatMatrix decoder() {
    return decode;
  }

  /** How many numbers {@link #fromRelative} reads: the decoder's and those of a memory. */
  public long decoderParameters() {
    long rows = decode.rows() + memory.map(known -> known.data().rows()).orElse(0).longValue();
    return rows * decode.columns();
  }

  /**
   * Vectors as the encoder gave them to codes in the relative space: (N, D) to (N, K), where K is
   * the number of anchors (a Parseval frame over several subspaces has one code for each).
   */
  public FloatMatrix toRelative(FloatMatrix vectors) {
    return LinearAlgebra.product(frame.apply(vectors), encode);
  }

  /**
   * Codes to standardised vectors of this space: (N, K) to (N, D). Only the direction means
   * something; the length is whatever the inverse gives. See {@link #rescaled}.
   *
   * @throws StitchException (bad input) if the codes have another width than this space's
   */
  public FloatMatrix fromRelative(FloatMatrix relative) {
    requireCodes(relative.columns());
    FloatMatrix linear = LinearAlgebra.product(relative, decode); // (N, D)
    return memory.map(data -> data.recall(linear)).orElse(linear);
  }

  /**
   * Standardised vectors of this space as its encoder would have given them, with the mean length
   * of the space's data: {@link Standardization#rescaled}.
   */
  public FloatMatrix rescaled(FloatMatrix standardized) {
    return frame.rescaled(standardized, diagnostics.norms());
  }

  /**
   * The one matrix that carries standardised vectors of one space into another: {@code
   * to.fromRelative} after {@code from.toRelative}, without the memory of an automatic codec; shape
   * (D, E).
   *
   * @throws StitchException (bad input) if the codes of the one cannot be read by the other
   */
  public static FloatMatrix compose(SpaceCodec from, SpaceCodec to) {
    from.spec.requireSameCodes(to.spec);
    to.requireCodes(from.encode.columns());
    try (NDManager manager = TensorBridge.newManager()) {
      var encode = CodecProgram.wide(manager, from.encode); // (D, K)
      var decode = CodecProgram.wide(manager, to.decode); // (K, E)
      return CodecProgram.narrow(CodecProgram.product(encode, decode));
    }
  }

  /**
   * How far the codes of the same samples differ between two spaces: {@code ||R_X - R_Y|| /
   * ||R_Y||} in the Frobenius norm, 0 for spaces that differ by a rotation; infinite if all codes
   * of the second are zero and those of the first are not.
   *
   * @param x samples in the first space as its encoder gave them, shape (N, D)
   * @param y the same samples in the second space, shape (N, E)
   */
  public static double relativeMismatch(
      SpaceCodec from, FloatMatrix x, SpaceCodec to, FloatMatrix y) {
    from.spec.requireSameCodes(to.spec);
    to.requireCodes(from.encode.columns());
    if (x.rows() != y.rows()) {
      throw StitchException.badInput(
          "the relative mismatch needs the same samples in both spaces but got %d and %d",
          x.rows(), y.rows());
    }
    return Soundness.mismatch(from.toRelative(x), to.toRelative(y));
  }

  private void requireCodes(int found) {
    if (found != decode.rows()) {
      throw StitchException.badInput(
          "relative vectors over %d anchors cannot enter a space with %d anchors;"
              + " both spaces need the same anchors in the same order",
          found, decode.rows());
    }
  }
}
