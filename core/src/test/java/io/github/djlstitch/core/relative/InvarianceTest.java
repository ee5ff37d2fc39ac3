// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.difference;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be done to a whole space, anchors and all, without changing its relative space. */
final class InvarianceTest {
  private static final int WIDTH = 8;

  /** A change of a whole space; each row is one vector. */
  private enum Change {
    ROTATION {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        return times(x, rotation(seed, WIDTH));
      }
    },
    PERMUTATION_AND_SIGNS {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        return Matrices.of(
            x.rows(), WIDTH, (i, j) -> (j % 2 * 2 - 1) * x.get(i, (int) ((j * 3L + seed) % WIDTH)));
      }
    },
    RESCALING {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        return Matrices.map(x, v -> v * (1.5 + seed));
      }
    },
    RESCALING_EACH_VECTOR {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        return Matrices.of(x.rows(), WIDTH, (i, j) -> x.get(i, j) * (0.5 + (i + seed) % 3));
      }
    },
    TRANSLATION {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        return Matrices.shift(x, gaussian(seed, 1, WIDTH), 1.5);
      }
    },
    RESCALING_EACH_FEATURE {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        return Matrices.of(x.rows(), WIDTH, (i, j) -> x.get(i, j) * (0.5 + (j + seed) % 4 / 2.0));
      }
    },
    ANY_LINEAR_MAP {
      @Override
      FloatMatrix of(FloatMatrix x, long seed) {
        FloatMatrix turned = RESCALING_EACH_FEATURE.of(times(x, rotation(seed, WIDTH)), seed);
        return times(turned, rotation(seed + 50, WIDTH));
      }
    };

    abstract FloatMatrix of(FloatMatrix x, long seed);
  }

  private static final Set<Change> LINEAR =
      EnumSet.of(
          Change.ROTATION,
          Change.PERMUTATION_AND_SIGNS,
          Change.RESCALING,
          Change.RESCALING_EACH_FEATURE,
          Change.ANY_LINEAR_MAP);
  private static final Set<Change> RIGID =
      EnumSet.of(Change.ROTATION, Change.PERMUTATION_AND_SIGNS, Change.TRANSLATION);

  private static Set<Change> harmless(Similarity similarity, Centering centering) {
    boolean auto = similarity.parameter() == Similarity.AUTO;
    return switch (similarity.kind()) {
      case COSINE, ANGULAR, COORDINATES ->
          EnumSet.of(
              Change.ROTATION,
              Change.PERMUTATION_AND_SIGNS,
              Change.RESCALING,
              Change.RESCALING_EACH_VECTOR);
      case INNER, SCALED_INNER ->
          centered(EnumSet.of(Change.ROTATION, Change.PERMUTATION_AND_SIGNS), centering);
      case EUCLIDEAN -> RIGID;
      case GEODESIC -> with(RIGID, Change.RESCALING);
      case RBF -> auto ? with(RIGID, Change.RESCALING) : RIGID;
      case MANHATTAN, CHEBYSHEV, MINKOWSKI ->
          EnumSet.of(Change.PERMUTATION_AND_SIGNS, Change.TRANSLATION);
      // Shrinking towards a multiple of the identity singles out lengths, not directions.
      case MAHALANOBIS -> auto ? with(RIGID, Change.RESCALING) : with(LINEAR, Change.TRANSLATION);
      case BASIS_CHANGE -> centered(LINEAR, centering);
    };
  }

  private static Set<Change> centered(Set<Change> changes, Centering centering) {
    return centering == Centering.NONE ? changes : with(changes, Change.TRANSLATION);
  }

  private static Set<Change> with(Set<Change> changes, Change more) {
    Set<Change> all = EnumSet.copyOf(changes);
    all.add(more);
    return all;
  }

  static Stream<Similarity> everySimilarity() {
    Stream<Similarity> given =
        Stream.of(
            Similarity.named("minkowski", 3),
            Similarity.named("mahalanobis", 0),
            Similarity.named("geodesic", 3),
            Similarity.named("rbf", 0.1),
            Similarity.coordinates(1));
    return Stream.concat(
        given,
        Stream.of(Similarity.Kind.values())
            .filter(kind -> kind != Similarity.Kind.MINKOWSKI)
            .map(Similarity::of));
  }

  @ParameterizedTest
  @MethodSource("everySimilarity")
  void invariantToTheseChangesAndToNoOther(Similarity similarity) {
    for (Centering centering : NaiveRelative.CENTERINGS) {
      for (long seed = 0; seed < 5; seed++) {
        Set<Change> found = EnumSet.noneOf(Change.class);
        for (Change change : Change.values()) {
          double moved = moved(change, similarity, centering, seed);
          if (moved < 5e-5) {
            found.add(change);
          } else {
            assertEquals(1, Math.signum(moved - 0.02), change + " moved only by " + moved);
          }
        }
        assertEquals(harmless(similarity, centering), found, centering + " with seed " + seed);
      }
    }
  }

  // Relative to the largest value, which depends on the kind.
  private static double moved(Change change, Similarity similarity, Centering c, long seed) {
    FloatMatrix x = gaussian(100 + seed, 20, WIDTH);
    FloatMatrix a = gaussian(200 + seed, 12, WIDTH);
    FloatMatrix r = RelativeProjection.onto(a, similarity, c).apply(x);
    return difference(
            r, RelativeProjection.onto(change.of(a, seed), similarity, c).apply(change.of(x, seed)))
        / difference(Matrices.map(r, v -> 0), r);
  }
}
