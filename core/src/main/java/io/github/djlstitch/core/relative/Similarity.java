// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Arrays;
import java.util.List;

/**
 * A comparison of a vector with the anchors of its space.
 *
 * <p>Some kinds are adjusted by a number, the parameter; where it may be {@link #AUTO} it is chosen
 * from the space itself and {@link RelativeProjection#similarity} reports the choice. Distances are
 * negated unless asked otherwise, so that larger means closer.
 *
 * <p>Sources: cosine and inner product, basis change, Moschella et al. 2023, arXiv:2209.15430, eq.
 * (2) and the code of the paper; the distances, Cannistraci et al. 2023, arXiv:2310.01211;
 * Mahalanobis, with the covariance shrunk as in Ledoit and Wolf 2004, eq. (14); anchor coordinates
 * are our own: the ridge coefficients {@code A (AᵀA + lambda I)⁻¹ x} of a vector on its anchors.
 * Immutable and thread-safe.
 *
 * @param kind which comparison
 * @param parameter what {@link Kind#parameterName} says; 0 for kinds without one
 * @param negated whether a distance is negated; false for kinds that are not distances
 */
public record Similarity(Kind kind, double parameter, boolean negated) {

  /** The comparisons of a vector x with an anchor a, or with all anchors A of shape (M, D). */
  public enum Kind implements Named {
    /** Cosine of the angle, in [-1, 1]; 0 for a zero vector. */
    COSINE(""),
    /** One minus the angle over pi, in [0, 1]; 0.5 for a zero vector. */
    ANGULAR(""),
    /** Inner product. */
    INNER(""),
    /** Inner product over the square root of the width D. */
    SCALED_INNER(""),
    /** Euclidean distance. */
    EUCLIDEAN(""),
    /** Manhattan distance. */
    MANHATTAN(""),
    /** Chebyshev distance. */
    CHEBYSHEV(""),
    /** Minkowski distance {@code (sum |x - a|^p)^(1/p)}; the parameter is p, at least 1. */
    MINKOWSKI("order"),
    /**
     * Mahalanobis distance, by the covariance of the space's data {@code (1 - s) S + s tr(S)/D I};
     * the parameter is the shrinkage s in [0, 1], by the formula of Ledoit and Wolf if automatic.
     */
    MAHALANOBIS("shrinkage"),
    /**
     * Geodesic distance over the mean one between two anchors: the shortest path to the anchor from
     * a vector that is joined to its k nearest in a graph of the space's anchors and data ({@link
     * Geodesics}). The parameter is k, a whole number from 1 to {@link #MOST_NEIGHBORS}.
     */
    GEODESIC("neighbors"),
    /**
     * {@code exp(-gamma ||x - a||²)}, in [0, 1]; the parameter is gamma above 0, one over the
     * median squared distance between two anchors if automatic.
     */
    RBF("gamma"),
    /** Least-squares coefficients on the anchors, the shortest of {@code argmin ||Aᵀc - x||²}. */
    BASIS_CHANGE(""),
    /**
     * Ridge coefficients of the vector's direction on the anchors' directions; the parameter is the
     * ridge weight lambda above 0, by leave-one-out ({@link LeaveOneOut}) if automatic.
     */
    COORDINATES(Diagnostics.LAMBDA);

    private final String parameterName;

    Kind(String parameterName) {
      this.parameterName = parameterName;
    }

    /** Names the parameter; empty for kinds without one. */
    public String parameterName() {
      return parameterName;
    }

    /** Returns true for a distance, which may be negated. */
    public boolean distance() {
      return switch (this) {
        case EUCLIDEAN, MANHATTAN, CHEBYSHEV, MINKOWSKI, MAHALANOBIS, GEODESIC -> true;
        default -> false;
      };
    }

    /** Returns true if the value for one anchor depends on the other anchors. */
    public boolean joint() {
      return this == BASIS_CHANGE || this == COORDINATES || this == GEODESIC;
    }

    /** Returns true if more vectors of the space than its anchors count. */
    public boolean readsData() {
      return this == MAHALANOBIS || this == GEODESIC;
    }

    private boolean accepts(double parameter) {
      return switch (this) {
        case MINKOWSKI -> parameter >= 1 && Double.isFinite(parameter);
        case MAHALANOBIS -> parameter == AUTO || (parameter >= 0 && parameter <= 1);
        case GEODESIC ->
            parameter == AUTO
                || (parameter >= 1
                    && parameter <= MOST_NEIGHBORS
                    && parameter == Math.rint(parameter));
        case RBF, COORDINATES -> parameter == AUTO || (parameter > 0 && Double.isFinite(parameter));
        default -> parameter == 0;
      };
    }

    private String expected() {
      return switch (this) {
        case MINKOWSKI -> "a finite order of at least 1";
        case MAHALANOBIS -> "shrinkage from 0 to 1, or automatic";
        case GEODESIC -> "a whole number of neighbors from 1 to " + MOST_NEIGHBORS;
        case RBF, COORDINATES -> parameterName + " above 0, or automatic";
        default -> "no parameter";
      };
    }
  }

  /** A parameter that is chosen from the space itself. */
  public static final double AUTO = -1;

  /** Unit-norm anchors make this a good ridge weight. */
  public static final double DEFAULT_LAMBDA = 1.0;

  /** Order of {@link Kind#MINKOWSKI} if none is given. */
  public static final int DEFAULT_ORDER = 3;

  /** Neighbors of {@link Kind#GEODESIC} if none are given. */
  public static final int DEFAULT_NEIGHBORS = 10;

  /** Neighbors of {@link Kind#GEODESIC} at most. */
  public static final int MOST_NEIGHBORS = 256;

  /** Checks that the parameter and the sign go with the kind. */
  public Similarity {
    if (!kind.accepts(parameter)) {
      throw StitchException.usage(
          "similarity '%s' needs %s but got %s", kind.id(), kind.expected(), parameter);
    }
    if (negated && !kind.distance()) {
      throw StitchException.usage(
          "similarity '%s' is not a distance and cannot be negated", kind.id());
    }
  }

  /** With distances negated. */
  public Similarity(Kind kind, double parameter) {
    this(kind, parameter, kind.distance());
  }

  /** Cosine similarity, as in the paper. */
  public static Similarity cosine() {
    return new Similarity(Kind.COSINE, 0);
  }

  /** Anchor coordinates with ridge weight {@code lambda}, or {@link #AUTO}. */
  public static Similarity coordinates(double lambda) {
    return new Similarity(Kind.COORDINATES, lambda);
  }

  /** A kind that has no parameter, or whose parameter is chosen from the space. */
  public static Similarity of(Kind kind) {
    return new Similarity(kind, kind.parameterName().isEmpty() ? 0 : AUTO);
  }

  /** The similarity of that name; {@code parameter} is read by kinds that have one. */
  public static Similarity named(String id, double parameter) {
    Kind kind = kind(id);
    return new Similarity(kind, kind.parameterName().isEmpty() ? 0 : parameter);
  }

  /** The kind of that name. */
  public static Kind kind(String id) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no similarity '%s'; %sknown: %s",
                    id, NearestName.hint(id, ids()), String.join(", ", ids())));
  }

  /** The names of all kinds. */
  public static List<String> ids() {
    return Arrays.stream(Kind.values()).map(Kind::id).toList();
  }

  /** The same, with distances positive: smaller means closer. Changes nothing else. */
  public Similarity positive() {
    return new Similarity(kind, parameter, false);
  }

  /** The similarity in words: {@code cosine}, {@code rbf gamma=0.5}, {@code euclidean positive}. */
  public String text() {
    String name = kind.parameterName();
    String value = parameter == AUTO ? "auto" : Double.toString(parameter);
    String sign = kind.distance() && !negated ? " positive" : "";
    return kind.id() + (name.isEmpty() ? "" : " " + name + "=" + value) + sign;
  }

  /** Ridge weight of coordinates; 0 for every other kind, {@link #AUTO} if not chosen yet. */
  public double lambda() {
    return kind == Kind.COORDINATES ? parameter : 0;
  }

  /**
   * Returns true if only directions count, so that vectors are brought to unit length before and
   * after centering. All others keep lengths.
   */
  public boolean directional() {
    return kind == Kind.COSINE || kind == Kind.ANGULAR || kind == Kind.COORDINATES;
  }

  Similarity with(double chosen) {
    return new Similarity(kind, chosen, negated);
  }
}
