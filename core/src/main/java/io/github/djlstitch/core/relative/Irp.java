// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.util.Map;
import java.util.Optional;

/**
 * Inverse relative projection.
 *
 * @param centering where vectors are moved to first
 * @param inverse what stands for the inverse of the kept anchors
 * @param completion what becomes of the others
 * @param subspaces which anchors are kept, the same list for every space; all of them if empty
 */
public record Irp(
    Centering centering, Inverse inverse, Completion completion, Optional<Subspaces> subspaces)
    implements CodecSpec {
  /** Over all anchors. */
  public Irp(Centering centering, Inverse inverse, Completion completion) {
    this(centering, inverse, completion, Optional.empty());
  }

  /** The pseudo-inverse without completion, as in the paper's main results. */
  public static Irp plain(Centering centering) {
    return new Irp(centering, Inverse.pseudo(), Completion.NONE);
  }

  /** With another inverse. */
  public Irp withInverse(Inverse other) {
    return new Irp(centering, other, completion, subspaces);
  }

  /** With another completion. */
  public Irp withCompletion(Completion other) {
    return new Irp(centering, inverse, other, subspaces);
  }

  /** With the anchors that these subspaces keep. */
  public Irp over(Subspaces kept) {
    return new Irp(centering, inverse, completion, Optional.of(kept));
  }

  @Override
  public Kind kind() {
    return Kind.IRP;
  }

  @Override
  public String name() {
    return name(completion, inverse.kind() == Inverse.Kind.PARSEVAL);
  }

  private static String name(Completion completion, boolean frame) {
    return Kind.IRP.id()
        + (completion == Completion.NONE ? "" : "-" + completion.id())
        + (frame ? "-parseval" : "");
  }

  /** Reads a name and numbers; empty if the name is none of this codec. */
  static Optional<Irp> named(
      String name, Centering centering, Map<String, Double> numbers, Optional<Subspaces> kept) {
    for (Completion completion : Completion.values()) {
      if (name.equals(name(completion, true))) {
        return Optional.of(new Irp(centering, Inverse.parseval(), completion, kept));
      }
      if (name.equals(name(completion, false))) {
        return Optional.of(new Irp(centering, Inverse.of(numbers), completion, kept));
      }
    }
    return Optional.empty();
  }

  @Override
  public Map<String, Double> numbers() {
    return inverse.numbers();
  }

  @Override
  public SpaceCodec fit(AnchoredSpace space) {
    return CodecFit.projection(this, space);
  }

  /**
   * The substitute for the inverse of the anchors (M, D) with singular values s in inverse relative
   * projection.
   *
   * @param kind which one
   * @param weight lambda of {@link Kind#RIDGE}, above 0; the floor of {@link Kind#TRUNCATED}, in
   *     (0, 1); 0 for the others
   */
  public record Inverse(Inverse.Kind kind, double weight) {
    /** The inverses. */
    public enum Kind implements Named {
      /** Moore-Penrose: {@code 1 / s} wherever s is more than a rounding error of float32. */
      PSEUDO,
      /** Tikhonov: {@code s / (s² + lambda)}. */
      RIDGE,
      /**
       * {@code 1 / s} where s is above floor times the largest: condition number below 1 / floor.
       */
      TRUNCATED,
      /**
       * The polar factor in place of the anchors, in both directions: a Parseval frame, which is
       * its own inverse and has condition number 1.
       */
      PARSEVAL;
    }

    /** Ridge weight of {@link #ridge()}: that of the reference results. */
    public static final double DEFAULT_LAMBDA = 3;

    /** Floor of {@link #truncated()}: singular values down to a tenth of the largest are kept. */
    public static final double DEFAULT_FLOOR = 0.1;

    private static final double BY_DECODER = 0;
    private static final double BY_BOTH = 0.5;

    /** Checks that the weight goes with the kind. */
    public Inverse {
      boolean fits =
          switch (kind) {
            case PSEUDO, PARSEVAL -> weight == 0;
            case RIDGE -> weight > 0 && Double.isFinite(weight);
            case TRUNCATED -> weight > 0 && weight < 1;
          };
      if (!fits) {
        throw StitchException.usage(
            "inverse '%s' with weight %s; ridge needs a lambda above 0, truncated a floor between 0"
                + " and 1, others take none",
            kind.id(), weight);
      }
    }

    /** The Moore-Penrose pseudo-inverse. */
    public static Inverse pseudo() {
      return new Inverse(Inverse.Kind.PSEUDO, 0);
    }

    /** The ridge inverse with its default weight. */
    public static Inverse ridge() {
      return ridge(DEFAULT_LAMBDA);
    }

    /** The ridge inverse. */
    public static Inverse ridge(double lambda) {
      return new Inverse(Inverse.Kind.RIDGE, lambda);
    }

    /** The truncated pseudo-inverse with its default floor. */
    public static Inverse truncated() {
      return truncated(DEFAULT_FLOOR);
    }

    /** The pseudo-inverse without singular values below {@code floor} times the largest. */
    public static Inverse truncated(double floor) {
      return new Inverse(Inverse.Kind.TRUNCATED, floor);
    }

    /** The Parseval (polar) frame. */
    public static Inverse parseval() {
      return new Inverse(Inverse.Kind.PARSEVAL, 0);
    }

    /** The gains; {@code tolerance} is what a rounding error is, relative to the largest value. */
    SpectralGains gains(double tolerance) {
      return switch (kind) {
        case PSEUDO -> new SpectralGains(0, 0, BY_DECODER, tolerance);
        case RIDGE -> new SpectralGains(weight, 0, BY_DECODER, tolerance);
        case TRUNCATED -> new SpectralGains(0, 0, BY_DECODER, Math.max(weight, tolerance));
        case PARSEVAL -> new SpectralGains(0, 0, BY_BOTH, tolerance);
      };
    }

    Map<String, Double> numbers() {
      return switch (kind) {
        case PSEUDO, PARSEVAL -> Map.of();
        case RIDGE -> Map.of(Diagnostics.LAMBDA, weight);
        case TRUNCATED -> Map.of(Diagnostics.FLOOR, weight);
      };
    }

    // The inverse of these numbers.
    private static Inverse of(Map<String, Double> numbers) {
      Double lambda = numbers.get(Diagnostics.LAMBDA);
      if (lambda != null) {
        return ridge(lambda);
      }
      Double floor = numbers.get(Diagnostics.FLOOR);
      return floor == null ? pseudo() : truncated(floor);
    }
  }

  /**
   * The treatment of anchors that pruning dropped (Maiorca et al. 2024, "anchor completion"). The
   * paper says only: encode the identity with a pruned subset S (k, D) and decode it with the full
   * set. Both readings are here; each falls apart into one half for each space, so that it stays
   * zero-shot.
   */
  public enum Completion implements Named {
    /** They are dropped: {@code S_Xᵀ (S_Yᵀ)⁺}. */
    NONE,
    /**
     * The identity is a complete set of anchors of X, and its image {@code R = S_Xᵀ (S_Yᵀ)⁺} in Y
     * is the parallel one: {@code (Rᵀ)⁺}. For independent pruned anchors that is {@code S_X⁺ S_Y},
     * coefficients on the pruned anchors in and pruned anchors out, which is how it is computed;
     * with {@link Inverse.Kind#RIDGE} it is anchor coordinates on the pruned set.
     */
    BASIS,
    /**
     * The pruned code is lifted to all anchors, {@code C = A_X S_X⁺} (M, k), and decoded with all
     * of them: {@code S_Xᵀ (A_X S_X⁺)ᵀ (A_Yᵀ)⁺}, the cosines to all anchors of a vector's
     * projection onto the pruned ones.
     */
    LIFTED;
  }
}
