// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.core.Linear;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.LinearAlgebra;
import io.github.djlstitch.core.engine.TorchProgram;
import java.util.List;

/**
 * How a vector is compared with the anchors of its space: the one place of that mathematics.
 *
 * <p>A similarity first turns the anchors into keys (M, D), once, and then compares vectors (B, D)
 * with the keys to (B, M). Distances are negated, so that larger always means closer.
 *
 * <p>Sources: cosine, Moschella et al. 2023, eq. (2); the distances, Cannistraci et al. 2023
 * (product of invariances), arXiv:2310.01211; anchor coordinates are our own: the ridge
 * coefficients {@code A (AᵀA + lambda I)⁻¹ x} of a vector on its anchors.
 *
 * @param kind which comparison
 * @param lambda ridge weight of {@link Kind#COORDINATES}, above 0; 0 for every other kind
 */
public record Similarity(Kind kind, double lambda) {

  /** The comparisons. */
  public enum Kind {
    /** Cosine of the angle, in [-1, 1]; 0 for a zero vector. */
    COSINE,
    /** Inner product. */
    INNER,
    /** Negated Euclidean distance, at most 0. */
    EUCLIDEAN,
    /** Negated Manhattan distance, at most 0. */
    MANHATTAN,
    /** Negated Chebyshev distance, at most 0. */
    CHEBYSHEV,
    /** Ridge coefficients of the vector's direction on the anchors' directions. */
    COORDINATES;

    /** The name used on the command line and in files. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Unit-norm anchors make this a good ridge weight. */
  public static final double DEFAULT_LAMBDA = 1.0;

  private static final TorchProgram COMPARISON =
      TorchProgram.of(
          "comparison",
          """
          def product(self: __torch__.M, x: Tensor, a: Tensor) -> Tensor:
            return (self).linear(x, a, None)
          def negated(self: __torch__.M, x: Tensor, a: Tensor, p: Tensor) -> Tensor:
            return torch.neg(torch.cdist(x, a, float(p), 2))
          """);

  /** Checks that lambda goes with the kind. */
  public Similarity {
    boolean fits = kind == Kind.COORDINATES ? lambda > 0 && Double.isFinite(lambda) : lambda == 0;
    if (!fits) {
      throw StitchException.usage(
          "similarity '%s' with lambda %s; coordinates need lambda above 0, others take none",
          kind.id(), lambda);
    }
  }

  /** Cosine similarity, as in the paper. */
  public static Similarity cosine() {
    return new Similarity(Kind.COSINE, 0);
  }

  /** Anchor coordinates with ridge weight {@code lambda}. */
  public static Similarity coordinates(double lambda) {
    return new Similarity(Kind.COORDINATES, lambda);
  }

  /** The similarity of that name; {@code lambda} is read by coordinates only. */
  public static Similarity named(String id, double lambda) {
    for (Kind kind : Kind.values()) {
      if (kind.id().equals(id)) {
        return new Similarity(kind, kind == Kind.COORDINATES ? lambda : 0);
      }
    }
    throw StitchException.usage(
        "no similarity '%s'; %sknown: %s",
        id, NearestName.hint(id, ids()), String.join(", ", ids()));
  }

  /** The names of all kinds. */
  public static List<String> ids() {
    return java.util.Arrays.stream(Kind.values()).map(Kind::id).toList();
  }

  /**
   * Whether only directions count, so that vectors are brought to unit length before and after
   * centring. Inner products and distances keep lengths.
   */
  public boolean directional() {
    return kind == Kind.COSINE || kind == Kind.COORDINATES;
  }

  /**
   * What vectors are compared with.
   *
   * @param anchors standardised anchors, shape (M, D)
   * @return keys, shape (M, D)
   */
  FloatMatrix keys(FloatMatrix anchors) {
    return kind == Kind.COORDINATES ? LinearAlgebra.ridgeDual(anchors, lambda) : anchors;
  }

  /**
   * Compares standardised vectors (B, D) with keys (M, D); the result (B, M) belongs to the
   * vectors' manager and is differentiable in both if {@code training}.
   */
  NDArray compare(NDArray vectors, NDArray keys, boolean training) {
    return switch (kind) {
      case COSINE, INNER, COORDINATES -> product(vectors, keys, training); // (B, M)
      case EUCLIDEAN -> distance(vectors, keys, 2, training);
      case MANHATTAN -> distance(vectors, keys, 1, training);
      case CHEBYSHEV -> distance(vectors, keys, Float.POSITIVE_INFINITY, training);
    };
  }

  private static NDArray product(NDArray x, NDArray keys, boolean training) {
    return training ? Linear.linear(x, keys).head() : COMPARISON.call("product", x, keys);
  }

  private static NDArray distance(NDArray x, NDArray keys, float p, boolean training) {
    NDArray order = x.getManager().create(p).toType(DataType.FLOAT32, false);
    return COMPARISON.run("negated", training, new NDList(x, keys, order), new NDList()).head();
  }
}
