// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.util.Map;

/**
 * What stands for the inverse of the anchors (M, D) with singular values s in inverse relative
 * projection.
 *
 * @param kind which one
 * @param weight lambda of {@link Kind#RIDGE}, above 0; the floor of {@link Kind#TRUNCATED}, in (0,
 *     1); 0 for the others
 */
public record Inverse(Kind kind, double weight) {
  /** The inverses. */
  public enum Kind implements Named {
    /** Moore-Penrose: {@code 1 / s} wherever s is more than a rounding error of float32. */
    PSEUDO,
    /** Tikhonov: {@code s / (s² + lambda)}. */
    RIDGE,
    /** {@code 1 / s} where s is above floor times the largest: condition number below 1 / floor. */
    TRUNCATED,
    /**
     * The polar factor in place of the anchors, in both directions: a Parseval frame, which is its
     * own inverse and has condition number 1.
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
    return new Inverse(Kind.PSEUDO, 0);
  }

  /** The ridge inverse with its default weight. */
  public static Inverse ridge() {
    return ridge(DEFAULT_LAMBDA);
  }

  /** The ridge inverse. */
  public static Inverse ridge(double lambda) {
    return new Inverse(Kind.RIDGE, lambda);
  }

  /** The truncated pseudo-inverse with its default floor. */
  public static Inverse truncated() {
    return truncated(DEFAULT_FLOOR);
  }

  /** The pseudo-inverse without singular values below {@code floor} times the largest. */
  public static Inverse truncated(double floor) {
    return new Inverse(Kind.TRUNCATED, floor);
  }

  /** The Parseval (polar) frame. */
  public static Inverse parseval() {
    return new Inverse(Kind.PARSEVAL, 0);
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

  /** What a codec's description says about it. */
  Map<String, Double> options() {
    return switch (kind) {
      case PSEUDO, PARSEVAL -> Map.of();
      case RIDGE -> Map.of("lambda", weight);
      case TRUNCATED -> Map.of("floor", weight);
    };
  }
}
