// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.relative.Subspaces;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes bridges between spaces that have the same anchors. A space's codec is made once, however
 * many spaces it meets; only pruned ones are made once for each decoder's space, which decides what
 * is kept. Not thread-safe.
 */
final class Bridges {
  private final BridgeOptions options;
  private final IdentityHashMap<AnchoredSpace, Map<Wanted, SpaceCodec>> codecs =
      new IdentityHashMap<>();
  private final IdentityHashMap<AnchoredSpace, Map<Centering, Subspaces>> pruned =
      new IdentityHashMap<>();

  /** A codec of one space; the subspaces are those of the decoder's space, of pruned ones only. */
  private record Wanted(Method method, Centering centering, Optional<Subspaces> subspaces) {}

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
      case DIRECT ->
          new Bridge(spec.inputs(own), own.anchors().columns(), Map.of(), () -> spec.script(own));
      case RELATIVE -> relative(own, spec);
      case CODEC -> coded(method, own, target, spec);
      case PAIRWISE ->
          method == Method.SELF_LEARNING
              ? selfLearned(own, target, spec.centering())
              : pairwise(method, own, target, spec);
    };
  }

  private static Bridge relative(AnchoredSpace own, DecoderSpec spec) {
    long parameters = (long) (own.anchors().rows() + 1) * own.anchors().columns();
    if (spec.reads() == DecoderSpec.Reads.PRODUCT) {
      return new Bridge(spec.inputs(own), parameters, Map.of(), () -> spec.script(own));
    }
    var projection = own.projection(spec.similarity(), spec.centering());
    return new Bridge(projection::apply, parameters, projection.numbers(), projection::script);
  }

  /** Tells, once for each encoder, where a graph of neighbors had several parts. */
  static Stream<String> notes(List<StitchReport.Result> results) {
    return results.stream()
        .filter(r -> r.diagnostics().getOrDefault(Diagnostics.GRAPH_PARTS, 1.0) > 1)
        .map(
            r ->
                String.format(
                    Locale.ROOT,
                    "geodesic: the graph of %s has %.0f parts without a way between them, joined by"
                        + " the shortest edges; more --neighbors make it one",
                    r.encoder(),
                    r.diagnostics().getOrDefault(Diagnostics.GRAPH_PARTS, 1.0)))
        .distinct();
  }

  private Bridge coded(Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    SpaceCodec from = codec(method, own, target, spec.centering());
    SpaceCodec to = codec(method, target, target, spec.centering());
    UnaryOperator<FloatMatrix> enter = entrance(to, target, spec.centering());
    long parameters =
        (long) from.encoder().rows() * from.encoder().columns() + to.decoderParameters();
    Map<String, Double> numbers = diagnostics(to);
    numbers.put(
        Diagnostics.RELATIVE_MISMATCH,
        SpaceCodec.relativeMismatch(from, own.anchors(), to, target.anchors()));
    return new Bridge(
        x -> enter.apply(to.fromRelative(from.toRelative(x))),
        parameters,
        numbers,
        () -> script(from, to, target, spec.centering()));
  }

  private static ScriptPart script(
      SpaceCodec from, SpaceCodec to, AnchoredSpace target, Centering centering) {
    List<ScriptPart> parts =
        new ArrayList<>(List.of(from.toRelativeScript(), to.fromRelativeScript()));
    parts.addAll(entranceScript(to, target, centering));
    return ScriptPart.sequence("Codec", parts);
  }

  private static List<ScriptPart> entranceScript(
      SpaceCodec codec, AnchoredSpace space, Centering centering) {
    return codec.spec().centering() == centering
        ? List.of(unit(codec.decoder().columns()))
        : List.of(codec.rescaledScript(), space.frame(centering, true).script());
  }

  private static ScriptPart unit(int width) {
    return Standardization.plain(width, true).script();
  }

  private static Map<String, Double> diagnostics(SpaceCodec to) {
    Map<String, Double> numbers = new HashMap<>(to.numbers());
    numbers.put(
        Diagnostics.KEPT_ANCHORS,
        to.diagnostics().kept().stream().mapToInt(k -> k).average().orElse(0));
    numbers.put(Diagnostics.CONDITION_NUMBER, to.diagnostics().conditionNumber());
    numbers.put(Diagnostics.EFFECTIVE_RANK, to.diagnostics().effectiveRank());
    to.spec().subspaces().ifPresent(s -> numbers.put(Diagnostics.DELTA, s.delta()));
    to.spec().subspaces().ifPresent(s -> numbers.put(Diagnostics.OMEGA, (double) s.omega()));
    return numbers;
  }

  // The head reads directions around its own center; a codec may have another.
  private static UnaryOperator<FloatMatrix> entrance(
      SpaceCodec codec, AnchoredSpace space, Centering centering) {
    if (codec.spec().centering() == centering) {
      return Standardization::unit;
    }
    Standardization frame = space.frame(centering, true);
    return y -> frame.apply(codec.rescaled(y));
  }

  /**
   * A space's codec.
   *
   * @param target the space that decides which anchors a pruned one keeps
   */
  SpaceCodec codec(Method method, AnchoredSpace space, AnchoredSpace target, Centering centering) {
    Optional<Subspaces> subspaces =
        method.prunes() ? Optional.of(prune(target, centering)) : Optional.empty();
    return codecs
        .computeIfAbsent(space, s -> new HashMap<>())
        .computeIfAbsent(new Wanted(method, centering, subspaces), key -> make(key, space));
  }

  private SpaceCodec make(Wanted wanted, AnchoredSpace space) {
    CodecSpec spec = wanted.method().codec(wanted.centering(), options);
    return wanted.subspaces().isPresent() && spec instanceof Irp irp
        ? irp.over(wanted.subspaces().get()).fit(space)
        : spec.fit(space);
  }

  /** Which anchors pruned methods keep, as decided on the decoder's space. */
  Subspaces prune(AnchoredSpace target, Centering centering) {
    return pruned
        .computeIfAbsent(target, space -> new EnumMap<>(Centering.class))
        .computeIfAbsent(centering, center -> options.prune(target, center));
  }

  /** Has it decided otherwise. */
  void prune(AnchoredSpace target, Centering centering, Subspaces decided) {
    pruned.computeIfAbsent(target, space -> new EnumMap<>(Centering.class)).put(centering, decided);
  }

  private Bridge selfLearned(AnchoredSpace own, AnchoredSpace target, Centering centering) {
    SpaceCodec from = codec(Method.AUTO, own, target, centering);
    SpaceCodec to = codec(Method.AUTO, target, target, centering);
    var learned = SelfLearned.of(own, target, from, to);
    UnaryOperator<FloatMatrix> enter = entrance(to, target, centering);
    return new Bridge(
        x -> enter.apply(learned.apply(x)),
        learned.parameters(),
        learned.map().diagnostics(),
        () -> {
          List<ScriptPart> parts = new ArrayList<>(List.of(learned.script()));
          parts.addAll(entranceScript(to, target, centering));
          return ScriptPart.sequence("Learned", parts);
        });
  }

  private Bridge pairwise(
      Method method, AnchoredSpace own, AnchoredSpace target, DecoderSpec spec) {
    Standardization from = own.frame(spec.centering(), true);
    Standardization to = target.frame(spec.centering(), true);
    FloatMatrix x = from.apply(own.anchors()); // (M, D)
    FloatMatrix y = to.apply(target.anchors()); // (M, E)
    Bridge fitted = Bridge.fitted(method, x, y, options);
    // Translated vectors are directions; the head was trained on unit vectors.
    return new Bridge(
        v -> Standardization.unit(fitted.apply(from.apply(v))),
        fitted.parameters(),
        fitted.diagnostics(),
        () ->
            ScriptPart.sequence(
                "Pairwise", List.of(from.script(), fitted.script().get(), unit(y.columns()))));
  }
}
