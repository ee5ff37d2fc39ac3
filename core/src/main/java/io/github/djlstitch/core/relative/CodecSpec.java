// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of codec with its options: what {@link #fit} makes of a space, and what the codes mean
 * then. Codecs whose {@link #name names} differ do not understand each other. Immutable.
 */
public sealed interface CodecSpec
    permits CodecSpec.Automatic,
        CodecSpec.Balanced,
        CodecSpec.Coordinates,
        CodecSpec.Parseval,
        Irp {

  /** The kinds, for the command line and files. */
  enum Kind implements Named {
    /** {@link Automatic}. */
    AUTO,
    /** {@link Balanced}. */
    BALANCED,
    /** {@link Coordinates}. */
    COORDINATES,
    /** {@link Irp}. */
    IRP,
    /** {@link Parseval}. */
    PARSEVAL
  }

  /** Returns the kind. */
  Kind kind();

  /** Names what the codes mean. */
  default String name() {
    return kind().id();
  }

  /** Returns the point that vectors are moved to first. */
  Centering centering();

  /** Returns the anchors that it keeps, if it prunes. */
  default Optional<Subspaces> subspaces() {
    return Optional.empty();
  }

  /** The options that are numbers, by name, for reports and files. */
  Map<String, Double> numbers();

  /**
   * Makes a codec of a space from its own anchors and data alone.
   *
   * @throws StitchException (bad input) if there is no anchor, too few data, a value that is not
   *     finite, or another number of anchors than the subspaces are about
   */
  SpaceCodec fit(AnchoredSpace space);

  /**
   * The default: the balanced codec over anchors smoothed by the data near them, and a decoder that
   * draws what it reads towards the data of its space, by one step of attention. All of it is
   * chosen from the one space; decoding is not linear.
   */
  record Automatic() implements CodecSpec {
    @Override
    public Kind kind() {
      return Kind.AUTO;
    }

    @Override
    public Centering centering() {
      return Centering.DATA;
    }

    @Override
    public Map<String, Double> numbers() {
      return Map.of();
    }

    @Override
    public SpaceCodec fit(AnchoredSpace space) {
      return CodecFit.automatic(this, space);
    }
  }

  /**
   * The balanced codec: a Parseval codec whose rank, ridge weight and split between encoder and
   * decoder follow from the numbers of anchors and dimensions ({@link Balance}).
   */
  record Balanced() implements CodecSpec {
    @Override
    public Kind kind() {
      return Kind.BALANCED;
    }

    @Override
    public Centering centering() {
      return Centering.DATA;
    }

    @Override
    public Map<String, Double> numbers() {
      return Map.of();
    }

    @Override
    public SpaceCodec fit(AnchoredSpace space) {
      return CodecFit.balanced(this, space);
    }
  }

  /**
   * Anchor coordinates.
   *
   * @param centering where vectors are moved to first
   * @param lambda ridge weight, above 0
   */
  record Coordinates(Centering centering, double lambda) implements CodecSpec {
    /** Checks the weight. */
    public Coordinates {
      if (!(lambda > 0 && Double.isFinite(lambda))) {
        throw StitchException.usage(
            "anchor coordinates with lambda %s; expected a number above 0", lambda);
      }
    }

    @Override
    public Kind kind() {
      return Kind.COORDINATES;
    }

    @Override
    public Map<String, Double> numbers() {
      return Map.of(Diagnostics.LAMBDA, lambda);
    }

    @Override
    public SpaceCodec fit(AnchoredSpace space) {
      return CodecFit.coordinates(this, space);
    }
  }

  /**
   * The Parseval codec, centered on the space's data, of which it needs 2 or more.
   *
   * @param rank how many principal components of the space's data are used; 0 lets {@link #rankFor}
   *     choose by the number of anchors
   * @param power how far components are whitened, from 0 (not at all) to 0.5 (fully)
   * @param lambda ridge weight in units of the anchors' mean squared length per component, 0 or
   *     more
   */
  record Parseval(int rank, double power, double lambda) implements CodecSpec {
    /** Ridge weight if none is given. */
    public static final double DEFAULT_LAMBDA = 0.1;

    /** Rank if none is given: {@link #rankFor} chooses. */
    public static final int DEFAULT_RANK = 0;

    /** Whitening if none is given: not at all. */
    public static final double DEFAULT_POWER = 0;

    // Found on TREC and WordNet: A/2 components at 50 and 100 anchors, A/3 at 300, A/4 at 768.
    private static final double[] ANCHORS = {100, 300, 768};
    private static final double[] ANCHORS_PER_COMPONENT = {2, 3, 4};
    private static final double FULLY_WHITE = 0.5;

    /** Checks the ranges. */
    public Parseval {
      if (rank < 0
          || !(power >= 0 && power <= FULLY_WHITE)
          || !(lambda >= 0 && Double.isFinite(lambda))) {
        throw StitchException.usage(
            "Parseval codec with rank %d, power %s, lambda %s; expected a rank of 0 or more, a power"
                + " from 0 to 0.5 and a lambda of 0 or more",
            rank, power, lambda);
      }
    }

    /** Rank by the number of anchors, no whitening, lambda 0.1. */
    public static Parseval defaults() {
      return new Parseval(DEFAULT_RANK, DEFAULT_POWER, DEFAULT_LAMBDA);
    }

    /** With so many components. */
    public Parseval withRank(int components) {
      return new Parseval(components, power, lambda);
    }

    /** With another ridge weight. */
    public Parseval withLambda(double weight) {
      return new Parseval(rank, power, weight);
    }

    /**
     * Returns the number of components for so many anchors: half as many up to 100, a third of 300,
     * a quarter of 768 and more; between these the divisor grows linearly with the logarithm of the
     * number. Never more than there are anchors, dimensions or data.
     */
    public int rankFor(int anchors, int width, int data) {
      int most = Math.max(1, Math.min(Math.min(anchors, width), data - 1));
      int wanted = rank > 0 ? rank : (int) Math.round(anchors / divisor(anchors));
      return Math.max(1, Math.min(wanted, most));
    }

    private static double divisor(int anchors) {
      double at = Math.log(Math.max(ANCHORS[0], Math.min(anchors, ANCHORS[ANCHORS.length - 1])));
      int i = at <= Math.log(ANCHORS[1]) ? 0 : 1;
      double from = Math.log(ANCHORS[i]);
      double share = (at - from) / (Math.log(ANCHORS[i + 1]) - from);
      return ANCHORS_PER_COMPONENT[i]
          + share * (ANCHORS_PER_COMPONENT[i + 1] - ANCHORS_PER_COMPONENT[i]);
    }

    @Override
    public Kind kind() {
      return Kind.PARSEVAL;
    }

    @Override
    public Centering centering() {
      return Centering.DATA;
    }

    @Override
    public Map<String, Double> numbers() {
      return Map.of(
          Diagnostics.COMPONENTS, (double) rank,
          Diagnostics.POWER, power,
          Diagnostics.LAMBDA, lambda);
    }

    /** Fits it; the codec has the rank that was chosen. */
    @Override
    public SpaceCodec fit(AnchoredSpace space) {
      return CodecFit.parseval(this, space);
    }
  }
}
