// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.MigrationPlan.Way;
import io.github.djlstitch.core.migrate.MigrationStudy.Queries;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Plans of imaginary encoders: each sees the same meaning through a map of its own and noise. */
final class MigrationStudyTest {
  private static final int MEANING = 12;
  private static final int DOCUMENTS = 600;
  private static final int QUERIES = 60;
  private static final int WIDTH = 24;

  private final FloatMatrix queries = noise(QUERIES, MEANING, 1, 1);
  private final FloatMatrix documents = documents(queries);
  private final Set<Long> encoded = new HashSet<>();

  private static FloatMatrix noise(int rows, int columns, double size, long seed) {
    var random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * random.nextGaussian());
    }
    return FloatMatrix.wrap(rows, columns, values);
  }

  private static FloatMatrix sum(FloatMatrix a, FloatMatrix b) {
    float[] values = a.toArray();
    float[] other = b.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += other[i];
    }
    return FloatMatrix.wrap(a.rows(), a.columns(), values);
  }

  // Documents i * 10 to i * 10 + 2 are about what query i asks for.
  private static FloatMatrix documents(FloatMatrix queries) {
    float[] values = noise(DOCUMENTS, MEANING, 1, 2).toArray();
    for (int i = 0; i < QUERIES; i++) {
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j < MEANING; j++) {
          int at = (i * 10 + k) * MEANING + j;
          values[at] = queries.get(i, j) + .5f * values[at];
        }
      }
    }
    return FloatMatrix.wrap(DOCUMENTS, MEANING, values);
  }

  private static Judgments judgments() {
    Map<String, Map<String, Integer>> gains = new LinkedHashMap<>();
    for (int i = 0; i < QUERIES; i++) {
      gains.put("q" + i, Map.of("d" + i * 10, 1, "d" + (i * 10 + 1), 1, "d" + (i * 10 + 2), 1));
    }
    return new Judgments(gains);
  }

  /** An encoder: a map of its own, an offset, and noise. */
  private static FloatMatrix seen(FloatMatrix meaning, long encoder, double noise, long seed) {
    FloatMatrix map = noise(MEANING, WIDTH, 1, encoder);
    FloatMatrix vectors = LinearAlgebra.product(meaning, map);
    return sum(vectors, noise(meaning.rows(), WIDTH, noise, seed));
  }

  private static StoredVectors stored(FloatMatrix vectors) {
    return new StoredVectors() {
      @Override
      public int width() {
        return vectors.columns();
      }

      @Override
      public void each(Consumer<FloatMatrix> block) {
        for (int from = 0; from < vectors.rows(); from += 128) {
          block.accept(vectors.rowRange(from, Math.min(vectors.rows(), from + 128)));
        }
      }

      @Override
      public FloatMatrix select(long[] rows) {
        return vectors.select(LongStream.of(rows).mapToInt(row -> (int) row).toArray());
      }

      @Override
      public List<String> ids(long[] rows) {
        return LongStream.of(rows).mapToObj(row -> "d" + row).toList();
      }
    };
  }

  private MigrationPlan plan(double before, double after, boolean gone, boolean judged) {
    FloatMatrix old = seen(documents, 100, before, 5);
    FloatMatrix fresh = seen(documents, 200, after, 6);
    var asked =
        new Queries(
            IntStream.range(0, QUERIES).mapToObj(i -> "q" + i).toList(),
            gone ? Optional.empty() : Optional.of(seen(queries, 100, before, 7)),
            seen(queries, 200, after, 8),
            judgments());
    MigrationSettings defaults = MigrationSettings.defaults();
    var settings = new MigrationSettings(200, defaults.sides(), List.of(20), .9, 3);
    return MigrationStudy.of(
        settings,
        stored(old),
        rows -> {
          LongStream.of(rows).forEach(row -> assertTrue(encoded.add(row), "encoded twice"));
          return fresh.select(LongStream.of(rows).mapToInt(row -> (int) row).toArray());
        },
        judged ? Optional.of(asked) : Optional.empty(),
        sample -> Optional.empty(),
        Progress.NONE);
  }

  @Test
  void aBetterEncoderIsWorthTheMigration() {
    MigrationPlan plan = plan(5, .1, false, true);

    assertEquals(Verdict.GO, plan.verdict(Side.DOCUMENTS), plan.outcomes().toString());
    double old = plan.outcome(Way.OLD).orElseThrow().ndcg().value();
    double full = plan.outcome(Way.FULL).orElseThrow().ndcg().value();
    assertTrue(full > old + .2, full + " " + old);
    assertEquals(1, plan.outcome(Way.FULL).orElseThrow().ofFull().value(), 1e-9);
    assertEquals(30, plan.judged().reporting());
    assertEquals(200, plan.sample());
    assertEquals(encoded.size(), plan.encoded());
    assertEquals(5, plan.thresholds().size());
    assertTrue(plan.alignment().isAligned());
  }

  @Test
  void aWorseEncoderIsNot() {
    MigrationPlan plan = plan(.1, 5, false, true);

    assertEquals(Verdict.NO_GO, plan.verdict(Side.DOCUMENTS), plan.outcomes().toString());
    assertEquals(Verdict.NO_GO, plan.verdict(Side.QUERIES));
    assertTrue(plan.outcome(Way.DOCUMENTS).orElseThrow().won().isEmpty());
  }

  @Test
  void equalEncodersAreTooClose() {
    MigrationPlan plan = plan(1, 1, false, true);

    assertEquals(Verdict.TOO_CLOSE, plan.verdict(Side.DOCUMENTS), plan.outcomes().toString());
  }

  @Test
  void withoutTheOldEncoderTheShareOfFullCounts() {
    MigrationPlan plan = plan(.1, .1, true, true);

    assertTrue(plan.outcome(Way.OLD).isEmpty());
    assertEquals(Verdict.GO, plan.verdict(Side.DOCUMENTS), plan.outcomes().toString());
    assertTrue(plan.thresholds().isEmpty());
  }

  @Test
  void withoutJudgmentsThereIsNoVerdict() {
    MigrationPlan plan = plan(.1, .1, false, false);

    assertEquals(Verdict.NONE, plan.verdict(Side.DOCUMENTS));
    assertTrue(plan.alignment().isAligned());
    assertEquals(200, plan.encoded());
    assertFalse(plan.bridges().isEmpty());
  }

  @Test
  void theSamePlanTwice() {
    MigrationPlan first = plan(.5, .5, false, true);
    encoded.clear();

    assertEquals(first.outcomes(), plan(.5, .5, false, true).outcomes());
  }

  @Test
  void rerankingByTheNewEncoderApproachesFull() {
    MigrationPlan plan = plan(1.5, .1, false, true);
    double plain = plan.outcome(Way.DOCUMENTS).orElseThrow().ofFull().value();
    double again =
        plan.outcomes().stream()
            .filter(o -> o.way() == Way.DOCUMENTS && o.reranked() == 20)
            .findFirst()
            .orElseThrow()
            .ofFull()
            .value();

    assertTrue(again > plain, again + " " + plain);
  }

  @Test
  void fewQueriesAndFewRowsAreRefused() {
    var few =
        new Queries(
            List.of("q0"), Optional.empty(), seen(queries, 1, 0, 1).rowRange(0, 1), judgments());
    StitchException queriesMissing =
        assertThrows(
            StitchException.class,
            () ->
                MigrationStudy.of(
                    MigrationSettings.defaults(),
                    stored(documents),
                    rows -> documents,
                    Optional.of(few),
                    sample -> Optional.empty(),
                    Progress.NONE));
    assertTrue(
        queriesMissing.getMessage().contains("1 of the queries"), queriesMissing.getMessage());
    StitchException rowsMissing =
        assertThrows(
            StitchException.class,
            () ->
                MigrationStudy.of(
                    MigrationSettings.defaults(),
                    stored(documents.rowRange(0, 99)),
                    rows -> documents,
                    Optional.empty(),
                    sample -> Optional.empty(),
                    Progress.NONE));
    assertTrue(rowsMissing.getMessage().contains("99 usable rows"), rowsMissing.getMessage());
  }
}
