// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.align.DimensionMatching;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One encoder's vectors plugged into another encoder's decoder, without training. Immutable and
 * thread-safe.
 *
 * @param method how the vectors are carried over
 * @param bridge vectors as the encoder gave them (N, D) to the decoder's inputs (N, width)
 * @param decoder what reads them
 * @param diagnostics named numbers about the bridge, for reports
 */
public record Stitching(
    Method method,
    UnaryOperator<FloatMatrix> bridge,
    Decoder decoder,
    Map<String, Double> diagnostics) {

  /** Takes a copy of the diagnostics. */
  public Stitching {
    diagnostics = Map.copyOf(diagnostics);
  }

  /**
   * Stitches by anchors.
   *
   * @param method its head must be of the kind that {@code decoder} is
   * @param own the space of the encoder that is plugged in, with M anchors
   * @param target the space of the decoder's own encoder, with the same anchors; relative and
   *     absolute stitching do not look at it
   * @param lambda ridge weight of coordinates and ridge
   * @throws StitchException (bad input) if the anchors or the width are not the decoder's
   */
  public static Stitching of(
      Method method, AnchoredSpace own, AnchoredSpace target, double lambda, Decoder decoder) {
    DecoderSpec spec = decoder.spec();
    requireFit(method, own.anchors(), spec);
    return switch (method) {
      case ABSOLUTE -> new Stitching(method, frame(own, spec)::standardize, decoder, Map.of());
      case RELATIVE -> relative(own, decoder);
      case COORDINATES -> {
        var from = SpaceCodec.coordinates(own, spec.centering(), lambda);
        var to = SpaceCodec.coordinates(target, spec.centering(), lambda);
        yield through(method, from, to, decoder, Map.of("lambda", lambda));
      }
      case IRP -> {
        var from = SpaceCodec.inverseProjection(own, spec.centering());
        var to = SpaceCodec.inverseProjection(target, spec.centering());
        yield through(method, from, to, decoder, irpDiagnostics(to));
      }
      case PROCRUSTES -> aligned(method, procrustes(), own, target, Map.of(), decoder);
      case RIDGE ->
          aligned(method, Aligner.ridge(lambda), own, target, Map.of("lambda", lambda), decoder);
    };
  }

  /**
   * Stitches by relative representations: all it takes is the decoder and the encoder's space with
   * the decoder's anchors.
   */
  public static Stitching relative(AnchoredSpace own, Decoder decoder) {
    DecoderSpec spec = decoder.spec();
    requireFit(Method.RELATIVE, own.anchors(), spec);
    var projection = own.projection(spec.similarity(), spec.centering());
    Map<String, Double> diagnostics =
        spec.similarity().lambda() > 0 ? Map.of("lambda", spec.similarity().lambda()) : Map.of();
    return new Stitching(Method.RELATIVE, projection::apply, decoder, diagnostics);
  }

  /** Class scores of vectors as the encoder gave them: (N, D) to (N, C). */
  public FloatMatrix decode(FloatMatrix vectors) {
    return decoder.decode(bridge.apply(vectors));
  }

  /** Predicted label indices of vectors as the encoder gave them. */
  public int[] predict(FloatMatrix vectors) {
    return decode(vectors).argMaxRows();
  }

  private static Stitching through(
      Method method,
      SpaceCodec from,
      SpaceCodec to,
      Decoder decoder,
      Map<String, Double> diagnostics) {
    UnaryOperator<FloatMatrix> bridge = vectors -> unit(to.fromRelative(from.toRelative(vectors)));
    return new Stitching(method, bridge, decoder, diagnostics);
  }

  private static Stitching aligned(
      Method method,
      Aligner aligner,
      AnchoredSpace own,
      AnchoredSpace target,
      Map<String, Double> diagnostics,
      Decoder decoder) {
    RelativeProjection from = frame(own, decoder.spec());
    RelativeProjection to = frame(target, decoder.spec());
    Alignment alignment = aligner.fit(from.anchors(), to.anchors());
    return new Stitching(
        method, x -> unit(alignment.apply(from.standardize(x))), decoder, diagnostics);
  }

  private static Aligner procrustes() {
    return Aligner.procrustes().with(DimensionMatching.ZERO_PAD);
  }

  private static Map<String, Double> irpDiagnostics(SpaceCodec to) {
    Map<String, Double> diagnostics = new LinkedHashMap<>();
    diagnostics.put("kept_anchors", (double) to.diagnostics().anchors());
    diagnostics.put("condition_number", to.diagnostics().conditionNumber());
    return diagnostics;
  }

  // An absolute head reads directions, so the frame is that of the cosine.
  private static RelativeProjection frame(AnchoredSpace space, DecoderSpec spec) {
    return space.projection(Similarity.cosine(), spec.centering());
  }

  // Translated vectors are directions; the head was trained on unit vectors.
  private static FloatMatrix unit(FloatMatrix vectors) {
    return Standardization.plain(vectors.columns(), true).apply(vectors);
  }

  private static void requireFit(Method method, FloatMatrix own, DecoderSpec spec) {
    if (method.reads() != spec.reads()) {
      throw StitchException.badInput(
          "method '%s' needs a head on %s vectors but '%s' reads %s ones",
          method.id(), method.reads().id(), spec.name(), spec.reads().id());
    }
    if (own.rows() != spec.anchors().count()) {
      throw StitchException.badInput(
          "'%s' was trained over %d anchors (sha256 %.8s) but %d were embedded;"
              + " embed the anchors listed in its file",
          spec.name(), spec.anchors().count(), spec.anchors().sha256(), own.rows());
    }
    if (method == Method.ABSOLUTE && own.columns() != spec.width()) {
      throw StitchException.badInput(
          "'%s' reads %d values but the encoder gives %d; use a relative method",
          spec.name(), spec.width(), own.columns());
    }
  }
}
