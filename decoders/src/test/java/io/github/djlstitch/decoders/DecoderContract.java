// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.assertClose;
import static io.github.djlstitch.decoders.Problems.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.decoders.Problems.Problem;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every decoder, whatever its weights; each kind extends it once. */
abstract class DecoderContract {
  private static final int CLASSES = 3;
  private static final double TOLERANCE = 1e-5;

  private final Problem problem = Problems.clusters(9, 60, CLASSES, 1, 2, 1, .5, 1);

  /** Trains or reads the decoder on the problem's space. */
  abstract Decoder decoder(Problem problem) throws Exception;

  /** Returns true if a sample's scores do not depend on the others, as for all but one reading. */
  boolean readsOneByOne() {
    return true;
  }

  @Test
  void specificationIsStable() throws Exception {
    Decoder decoder = decoder(problem);
    var before = decoder.spec();
    decoder.decode(problem.inputs());
    assertEquals(before, decoder.spec());
    assertEquals(before.key(), decoder.spec().key());
    assertEquals(problem.inputs().columns(), decoder.spec().width());
    assertEquals(List.of("class 0", "class 1", "class 2"), decoder.spec().classes());
  }

  @Test
  void everySampleHasAScoreOfEveryClass() throws Exception {
    FloatMatrix scores = decoder(problem).decode(problem.inputs()); // (N, C)
    assertEquals(problem.inputs().rows(), scores.rows());
    assertEquals(CLASSES, scores.columns());
    assertFalse(scores.firstNonFiniteRow().isPresent());
    assertNotEquals(scores.rowRange(0, 1), scores.rowRange(1, 2));
  }

  @Test
  void noSamplesGiveNoScores() throws Exception {
    int width = problem.inputs().columns();
    assertEquals(FloatMatrix.of(0, CLASSES), decoder(problem).decode(FloatMatrix.of(0, width)));
  }

  @Test
  void scoresFollowTheSamples() throws Exception {
    Decoder decoder = decoder(problem);
    int last = problem.inputs().rows() - 1;
    int[] backwards = IntStream.rangeClosed(0, last).map(i -> last - i).toArray();
    FloatMatrix expected = decoder.decode(problem.inputs()).select(backwards); // (N, C)
    assertClose(expected, decoder.decode(problem.inputs().select(backwards)), TOLERANCE);
  }

  @Test
  void aSampleDependsOnTheOthersOnlyWhereThatIsSaid() throws Exception {
    Decoder decoder = decoder(problem);
    FloatMatrix all = decoder.decode(problem.inputs()); // (N, C)
    FloatMatrix some = decoder.decode(problem.inputs().rowRange(0, 7)); // (7, C)
    if (!readsOneByOne()) {
      assertNotEquals(all.rowRange(0, 7), some);
      return;
    }
    assertClose(all.rowRange(0, 7), some, TOLERANCE);
    for (int i = 0; i < 7; i++) {
      FloatMatrix alone = decoder.decode(problem.inputs().rowRange(i, i + 1)); // (1, C)
      assertClose(all.rowRange(i, i + 1), alone, TOLERANCE);
    }
  }

  @Test
  void threadsMayShareIt() throws Exception {
    Decoder decoder = decoder(problem);
    FloatMatrix expected = decoder.decode(problem.inputs()); // (N, C)
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<FloatMatrix> call = () -> decoder.decode(problem.inputs());
      for (Future<FloatMatrix> found : pool.invokeAll(Collections.nCopies(8, call))) {
        assertClose(expected, found.get(), TOLERANCE);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void otherWidthsAreRefused() throws Exception {
    Decoder decoder = decoder(problem);
    String part = "'bert-head' reads 5 values but got %d; feed it the relative space";
    for (int width : new int[] {1, 4, 6}) {
      FloatMatrix inputs = FloatMatrix.of(2, width, new float[2 * width]);
      refused(part.formatted(width), Kind.BAD_INPUT, () -> decoder.decode(inputs));
      FloatMatrix none = FloatMatrix.of(0, width);
      refused(part.formatted(width), Kind.BAD_INPUT, () -> decoder.decode(none));
    }
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() throws Exception {
    Decoder decoder = decoder(problem);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] values = problem.inputs().toArray();
      values[5 * 11 + 2] = bad;
      FloatMatrix inputs = FloatMatrix.wrap(problem.inputs().rows(), 5, values);
      refused(
          "'bert-head' cannot read sample 11: it has a value that is not finite; leave it out",
          Kind.BAD_INPUT,
          () -> decoder.decode(inputs));
    }
  }
}
