// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.align.Asif;
import io.github.djlstitch.core.align.DimensionMatching;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Completion;
import io.github.djlstitch.core.relative.Inverse;
import io.github.djlstitch.core.relative.IrpOptions;
import io.github.djlstitch.core.relative.ParsevalOptions;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes bridges between spaces that have the same anchors. A space's codec is made once, however
 * many spaces it meets; only pruned ones are made once for each decoder's space, which decides what
 * is kept. Not thread-safe.
 */
final class Bridges {
  private final BridgeOptions options;
  private final Map<AnchoredSpace, Map<Object, SpaceCodec>> codecs = new IdentityHashMap<>();
  private final Map<AnchoredSpace, Subspaces> pruned = new IdentityHashMap<>();

  Bridges(BridgeOptions options) {
    this.options = options;
  }

  /**
   * The bridge of a method.
   *
   * @param own the space of the encoder that is plugged in
   * @param target the space of the decoder's own encoder, with the same anchors
   */
  Bridge between(Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    return switch (method.family()) {
      case DIRECT -> new Bridge(spec.inputs(own), own.anchors().columns(), Map.of());
      case RELATIVE -> relative(own, spec);
      case CODEC -> coded(method, own, target, spec);
      case PAIRWISE -> pairwise(method, own, target, spec);
    };
  }

  private static Bridge relative(AnchoredSpace own, DecoderSpec spec) {
    long parameters = (long) (own.anchors().rows() + 1) * own.anchors().columns();
    if (spec.reads() == DecoderSpec.Reads.PRODUCT) {
      return new Bridge(spec.inputs(own), parameters, Map.of());
    }
    var projection = own.projection(spec.similarity(), spec.centering());
    String named = spec.similarity().kind().parameterName();
    Map<String, Double> diagnostics =
        named.isEmpty() ? Map.of() : Map.of(named, projection.similarity().parameter());
    return new Bridge(projection::apply, parameters, diagnostics);
  }

  private Bridge coded(Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    SpaceCodec from = codec(method, own, target, spec.centering());
    SpaceCodec to = codec(method, target, target, spec.centering());
    UnaryOperator<FloatMatrix> enter = entrance(to, target, spec.centering());
    long parameters =
        (long) from.encoder().rows() * from.encoder().columns()
            + (long) to.decoder().rows() * to.decoder().columns();
    Map<String, Double> numbers = diagnostics(to);
    numbers.put(
        "relative_mismatch",
        SpaceCodec.relativeMismatch(from, own.anchors(), to, target.anchors()));
    return new Bridge(x -> enter.apply(to.fromRelative(from.toRelative(x))), parameters, numbers);
  }

  private static Map<String, Double> diagnostics(SpaceCodec to) {
    Map<String, Double> numbers = new HashMap<>(to.spec().options());
    numbers.put(
        "kept_anchors", to.diagnostics().kept().stream().mapToInt(k -> k).average().orElse(0));
    numbers.put("condition_number", to.diagnostics().conditionNumber());
    numbers.put("effective_rank", to.diagnostics().effectiveRank());
    to.spec().subspaces().ifPresent(s -> numbers.put("delta", s.delta()));
    to.spec().subspaces().ifPresent(s -> numbers.put("omega", (double) s.omega()));
    return numbers;
  }

  // The head reads directions around its own centre; a codec may have another.
  private static UnaryOperator<FloatMatrix> entrance(
      SpaceCodec codec, AnchoredSpace space, Centering centering) {
    if (codec.spec().centering() == centering) {
      return Bridges::unit;
    }
    Standardization frame = space.frame(centering, true);
    return y -> frame.apply(codec.rescaled(y));
  }

  private SpaceCodec codec(
      Method method, AnchoredSpace space, AnchoredSpace target, Centering centering) {
    Object key = method.prunes() ? Map.entry(method, System.identityHashCode(target)) : method;
    Map<Object, SpaceCodec> made = codecs.computeIfAbsent(space, s -> new HashMap<>());
    SpaceCodec known = made.get(key);
    if (known == null) {
      known = make(method, space, target, centering);
      made.put(key, known);
    }
    return known;
  }

  private SpaceCodec make(
      Method method, AnchoredSpace space, AnchoredSpace target, Centering centering) {
    IrpOptions irp = IrpOptions.plain(centering);
    Supplier<Subspaces> whole = () -> Subspaces.whole(space.anchors().rows());
    return switch (method) {
      case COORDINATES -> SpaceCodec.coordinates(space, centering, options.lambda());
      case PARSEVAL -> SpaceCodec.parseval(space, ParsevalOptions.defaults());
      case BALANCED -> SpaceCodec.balanced(space);
      case AUTO -> SpaceCodec.automatic(space);
      case IRP -> SpaceCodec.inverseProjection(space, centering);
      case IRP_RIDGE ->
          SpaceCodec.inverseProjection(
              space, irp.withInverse(Inverse.ridge(BridgeOptions.IRP_LAMBDA)), whole.get());
      case IRP_TRUNCATED ->
          SpaceCodec.inverseProjection(
              space, irp.withInverse(Inverse.truncated(BridgeOptions.IRP_FLOOR)), whole.get());
      case IRP_PARSEVAL ->
          SpaceCodec.inverseProjection(space, irp.withInverse(Inverse.parseval()), whole.get());
      case IRP_PRUNED -> SpaceCodec.inverseProjection(space, irp, prune(target, centering));
      case IRP_BASIS ->
          SpaceCodec.inverseProjection(
              space, irp.withCompletion(Completion.BASIS), prune(target, centering));
      case IRP_LIFTED ->
          SpaceCodec.inverseProjection(
              space, irp.withCompletion(Completion.LIFTED), prune(target, centering));
      default -> throw new IllegalArgumentException(method.id());
    };
  }

  /** Which anchors pruned methods keep, as decided on the decoder's space. */
  Subspaces prune(AnchoredSpace target, Centering centering) {
    return pruned.computeIfAbsent(target, space -> options.prune(space, centering));
  }

  /** Has it decided otherwise. */
  void prune(AnchoredSpace target, Subspaces decided) {
    pruned.put(target, decided);
  }

  private Bridge pairwise(
      Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    Standardization from = own.frame(spec.centering(), true);
    Standardization to = target.frame(spec.centering(), true);
    FloatMatrix x = from.apply(own.anchors()); // (M, D)
    FloatMatrix y = to.apply(target.anchors()); // (M, E)
    if (method == Method.ASIF) {
      var asif = Asif.of(x, y, Asif.Options.defaults());
      long parameters = (long) x.rows() * (x.columns() + y.columns());
      return new Bridge(v -> unit(asif.translate(from.apply(v))), parameters, Map.of());
    }
    Alignment alignment = aligner(method).fit(x, y);
    return new Bridge(
        v -> unit(alignment.apply(from.apply(v))),
        alignment.parameters(),
        diagnostics(method, alignment));
  }

  private Map<String, Double> diagnostics(Method method, Alignment alignment) {
    Map<String, Double> numbers = new HashMap<>(alignment.diagnostics());
    if (method == Method.RIDGE) {
      numbers.put("lambda", options.lambda());
    }
    return numbers;
  }

  private Aligner aligner(Method method) {
    return switch (method) {
      case PROCRUSTES -> Aligner.procrustes().with(DimensionMatching.ZERO_PAD);
      case LINEAR -> Aligner.leastSquares();
      case L_ORTHO -> Aligner.leastSquaresOrthogonal().with(DimensionMatching.ZERO_PAD);
      case RIDGE -> Aligner.ridge(options.lambda());
      case AFFINE -> Aligner.affineRidgeLeaveOneOut();
      default -> throw new IllegalArgumentException(method.id());
    };
  }

  // Translated vectors are directions; the head was trained on unit vectors.
  private static FloatMatrix unit(FloatMatrix vectors) {
    return Standardization.plain(vectors.columns(), true).apply(vectors);
  }
}
