// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Measured.Interval;
import io.github.djlstitch.core.measure.Resampling.Answers;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnswersTest {
  private static final Resampling DRAWS = new Resampling(0, 2000, 4);

  /** Random labels, of which so many are answered rightly. */
  private static Answers answers(int samples, double right, long seed) {
    var random = new Random(seed);
    int[] expected = random.ints(samples, 0, 3).toArray();
    int[] predicted =
        IntStream.of(expected)
            .map(label -> random.nextDouble() < right ? label : (label + 1) % 3)
            .toArray();
    return Answers.of(expected, predicted, 3);
  }

  // Of a mean of N independent hits: 1.96 √(p (1 - p) / N) to both sides.
  @Test
  void intervalOfAccuracyIsThatOfABinomialShare() {
    Answers answers = answers(400, .7, 1);
    double share = answers.score(Metric.ACCURACY);
    Interval found = DRAWS.interval(Metric.ACCURACY, List.of(answers));
    double half = 1.96 * Math.sqrt(share * (1 - share) / 400);
    assertEquals(share - half, found.low(), .006);
    assertEquals(share + half, found.high(), .006);
    assertEquals(400, found.rows());
  }

  // Of the mean of two independent shares: 1.96 √(p (1 - p) / N + q (1 - q) / M) / 2.
  @Test
  void testSetsAreDrawnApart() {
    Answers many = answers(400, .5, 5);
    Answers few = answers(100, .8, 6);
    double p = many.score(Metric.ACCURACY);
    double q = few.score(Metric.ACCURACY);
    var sets = List.of(List.of(many), List.of(few));
    Interval found = DRAWS.intervalOverSets(Metric.ACCURACY, sets);
    double half = 1.96 * Math.sqrt(p * (1 - p) / 400 + q * (1 - q) / 100) / 2;
    assertEquals((p + q) / 2 - half, found.low(), .006);
    assertEquals((p + q) / 2 + half, found.high(), .006);
    assertEquals(500, found.rows());
  }

  // Results that agree sample by sample are drawn together, so their mean is no surer than one.
  @Test
  void drawsAreTheSameForAllResults() {
    Answers answers = answers(300, .6, 2);
    assertEquals(
        DRAWS.interval(Metric.F1_WEIGHTED, List.of(answers)),
        DRAWS.interval(Metric.F1_WEIGHTED, List.of(answers, answers, answers)));
  }

  @Test
  void sameSeedGivesTheSameIntervalAndHoldsTheScore() {
    Answers answers = answers(200, .8, 3);
    Interval once = DRAWS.interval(Metric.F1_MACRO, List.of(answers));
    assertEquals(once, DRAWS.interval(Metric.F1_MACRO, List.of(answers)));
    double score = answers.score(Metric.F1_MACRO);
    assertTrue(once.low() < score && score < once.high());
  }

  @Test
  void whatHasNoIntervalIsRefused() {
    List<Answers> one = List.of(answers(5, 1, 4));
    List<Answers> mixed = List.of(answers(5, 1, 4), answers(6, 1, 4));
    refused("at least 1 draw", () -> new Resampling(9, 0, 0).interval(Metric.ACCURACY, one));
    refused("2 results on sets of 2 sizes", () -> DRAWS.interval(Metric.ACCURACY, mixed));
    refused("needs a test set", () -> DRAWS.intervalOverSets(Metric.ACCURACY, List.of()));
    refused("0 results", () -> DRAWS.interval(Metric.ACCURACY, List.of()));
    refused("1 answers to 2 samples", () -> Answers.of(new int[2], new int[1], 2));
    refused("0 answers", () -> Answers.of(new int[0], new int[0], 2));
    refused("label index 2; expected 0 to 1", () -> Answers.of(new int[] {0}, new int[] {2}, 2));
  }

  private static void refused(String part, Runnable action) {
    var e = assertThrows(StitchException.class, action::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
