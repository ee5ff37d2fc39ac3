// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.Scripted;
import io.github.djlstitch.core.relative.AnchoredSpace;
import java.util.List;

/**
 * One encoder's vectors plugged into another encoder's decoder, without training. Immutable and
 * thread-safe.
 */
public final class Stitching implements Scripted {
  private final Method method;
  private final Bridge bridge;
  private final Decoder decoder;

  private Stitching(Method method, Bridge bridge, Decoder decoder) {
    this.method = method;
    this.bridge = bridge;
    this.decoder = decoder;
  }

  /**
   * Stitches by anchors.
   *
   * @param method its head must be of the kind that {@code decoder} is
   * @param own the space of the encoder that is plugged in, with M anchors
   * @param target the space of the decoder's own encoder, with the same anchors; relative and
   *     absolute stitching do not look at it
   * @param options numbers that methods read
   * @throws StitchException (bad input) if the anchors or the width are not the decoder's
   */
  public static Stitching of(
      Method method,
      AnchoredSpace own,
      AnchoredSpace target,
      BridgeOptions options,
      Decoder decoder) {
    return of(method, own, target, new Bridges(options), decoder);
  }

  static Stitching of(
      Method method, AnchoredSpace own, AnchoredSpace target, Bridges bridges, Decoder decoder) {
    requireFit(method, own.anchors(), decoder.spec());
    return new Stitching(method, bridges.between(method, own, target, decoder.spec()), decoder);
  }

  /**
   * Stitches by relative representations: all it takes is the decoder and the encoder's space with
   * the decoder's anchors.
   */
  public static Stitching relative(AnchoredSpace own, Decoder decoder) {
    return of(Method.RELATIVE, own, own, BridgeOptions.defaults(), decoder);
  }

  /** Returns the way in which the vectors are carried over. */
  public Method method() {
    return method;
  }

  /** Returns the decoder that reads them. */
  public Decoder decoder() {
    return decoder;
  }

  /**
   * The map from the encoder's vectors to class scores before softmax, (B, D) to (B, C).
   *
   * @throws StitchException (usage) naming the method or the decoder that cannot be exported
   */
  @Override
  public ScriptPart script() {
    if (!(decoder instanceof Scripted head)) {
      throw StitchException.usage(
          "'%s' cannot be exported: its answer for a sample depends on the others; read samples one"
              + " by one",
          decoder.spec().name());
    }
    return ScriptPart.sequence("Reader", List.of(bridge.script().get(), head.script()));
  }

  Bridge bridge() {
    return bridge;
  }

  /** Vectors as the encoder gave them (N, D) to inputs of the decoder (N, width). */
  public FloatMatrix inputs(FloatMatrix vectors) {
    return bridge.apply(vectors);
  }

  /** Class scores of vectors as the encoder gave them: (N, D) to (N, C). */
  public FloatMatrix decode(FloatMatrix vectors) {
    return decoder.decode(inputs(vectors));
  }

  /** Predicted label indices of vectors as the encoder gave them. */
  public int[] predict(FloatMatrix vectors) {
    return decode(vectors).argMaxRows();
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
