// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.memory.EvenRows;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import java.util.HashMap;
import java.util.Map;

/** Makes the codec of a space by its specification. */
final class CodecFit {
  private CodecFit() {}

  static SpaceCodec coordinates(CodecSpec.Coordinates spec, AnchoredSpace space) {
    Standardization frame = space.frame(spec.centering(), true);
    FloatMatrix anchors = standardized(space, frame); // (M, D)
    var gains = new SpectralGains(spec.lambda(), 0, 1, LinearAlgebra.rankTolerance(anchors));
    return SpaceCodec.of(spec, spec.numbers(), space, frame, CodecHalves.over(anchors, gains));
  }

  static SpaceCodec projection(Irp spec, AnchoredSpace space) {
    int count = space.anchors().rows();
    Subspaces subspaces = spec.subspaces().orElseGet(() -> Subspaces.whole(count));
    if (subspaces.anchors() != count) {
      throw StitchException.badInput(
          "subspaces of %d anchors do not fit a space with %d anchors; prune anchors of the same"
              + " ids",
          subspaces.anchors(), count);
    }
    Standardization frame = space.frame(spec.centering(), true);
    FloatMatrix anchors = standardized(space, frame); // (M, D)
    Irp whole = spec.over(subspaces);
    return SpaceCodec.of(
        whole, whole.numbers(), space, frame, CodecHalves.averaged(anchors, whole, subspaces));
  }

  static SpaceCodec parseval(CodecSpec.Parseval spec, AnchoredSpace space) {
    Standardization frame = dataFrame(space);
    FloatMatrix anchors = frame.apply(space.anchors()); // (M, D)
    int rank = spec.rankFor(anchors.rows(), anchors.columns(), space.data().rows());
    CodecSpec.Parseval ranked = spec.withRank(rank);
    var gains = new SpectralGains(0, spec.lambda(), 1.0 / 2, LinearAlgebra.rankTolerance(anchors));
    var halves = CodecHalves.inComponents(anchors, space.data(), frame, ranked, gains);
    return SpaceCodec.of(ranked, ranked.numbers(), space, frame, halves);
  }

  static SpaceCodec balanced(CodecSpec.Balanced spec, AnchoredSpace space) {
    Standardization frame = dataFrame(space);
    return balanced(spec, Map.of(), space, frame, frame.apply(space.anchors()));
  }

  static SpaceCodec automatic(CodecSpec.Automatic spec, AnchoredSpace space) {
    Standardization frame = dataFrame(space);
    var memory = SpaceMemory.of(frame.apply(EvenRows.of(space.data(), SpaceMemory.MOST)));
    FloatMatrix anchors = memory.smooth(frame.apply(space.anchors())); // (M, D)
    Map<String, Double> sharpness = Map.of(Diagnostics.SHARPNESS, memory.sharpness());
    return balanced(spec, sharpness, space, frame, anchors).remembering(memory);
  }

  private static SpaceCodec balanced(
      CodecSpec spec,
      Map<String, Double> more,
      AnchoredSpace space,
      Standardization frame,
      FloatMatrix anchors) {
    var balance = Balance.of(anchors.rows(), anchors.columns(), space.data().rows());
    Map<String, Double> numbers = new HashMap<>(balance.numbers());
    numbers.putAll(more);
    var components = CodecSpec.Parseval.defaults().withRank(balance.rank());
    SpectralGains gains = balance.gains(LinearAlgebra.rankTolerance(anchors));
    var halves = CodecHalves.inComponents(anchors, space.data(), frame, components, gains);
    return SpaceCodec.of(spec, numbers, space, frame, halves);
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
}
