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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    };

    abstract FloatMatrix of(FloatMatrix x, long seed);
  }

  private static Set<Change> harmless(Similarity.Kind kind, Centering centering) {
    return switch (kind) {
      case COSINE, COORDINATES -> EnumSet.complementOf(EnumSet.of(Change.TRANSLATION));
      case INNER ->
          centering == Centering.NONE
              ? EnumSet.of(Change.ROTATION, Change.PERMUTATION_AND_SIGNS)
              : EnumSet.of(Change.ROTATION, Change.PERMUTATION_AND_SIGNS, Change.TRANSLATION);
      case EUCLIDEAN ->
          EnumSet.of(Change.ROTATION, Change.PERMUTATION_AND_SIGNS, Change.TRANSLATION);
      case MANHATTAN, CHEBYSHEV -> EnumSet.of(Change.PERMUTATION_AND_SIGNS, Change.TRANSLATION);
    };
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void invariantToTheseChangesAndToNoOther(Similarity.Kind kind) {
    var similarity = Similarity.named(kind.id(), 1);
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
        assertEquals(harmless(kind, centering), found, centering + " with seed " + seed);
      }
    }
  }

  private static double moved(Change change, Similarity similarity, Centering c, long seed) {
    FloatMatrix x = gaussian(100 + seed, 20, WIDTH);
    FloatMatrix a = gaussian(200 + seed, 12, WIDTH);
    return difference(
        RelativeProjection.onto(a, similarity, c).apply(x),
        RelativeProjection.onto(change.of(a, seed), similarity, c).apply(change.of(x, seed)));
  }
}
