// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.TranslationQuality;
import io.github.djlstitch.core.migrate.BridgeMethod.Pairs;
import io.github.djlstitch.core.migrate.MigrationPlan.Chosen;
import io.github.djlstitch.core.migrate.MigrationPlan.Judged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes a plan: fits bridges on a sample of the old index, chooses one of each side on half of the
 * judged queries and measures it on the other half. Paired samples alone do not tell what retrieval
 * loses, so without judged queries there is no verdict.
 *
 * <p>Reads the old index twice, in blocks; memory does not grow with it. Not thread-safe.
 */
public final class MigrationStudy {
  private static final int HELD_OUT = 5; // one in so many
  private static final int FEWEST_QUERIES = 10;

  /**
   * Queries of both encoders.
   *
   * @param ids Q of them
   * @param old by the old encoder, shape (Q, D); absent if that is gone
   * @param renewed by the new encoder, shape (Q, E)
   * @param judgments of the index's documents, by their ids
   */
  public record Queries(
      List<String> ids, Optional<FloatMatrix> old, FloatMatrix renewed, Judgments judgments) {
    /** Takes a copy and checks that there are as many of each. */
    public Queries {
      ids = List.copyOf(ids);
      int count = ids.size();
      if (renewed.rows() != count || old.map(FloatMatrix::rows).orElse(count) != count) {
        throw StitchException.badInput(
            "%d queries have %d vectors by the new encoder and %s by the old one",
            count, renewed.rows(), old.map(q -> Integer.toString(q.rows())).orElse("none"));
      }
    }

    private Queries judged() {
      Set<String> known = Set.copyOf(judgments.answerable());
      int[] kept = IntStream.range(0, ids.size()).filter(i -> known.contains(ids.get(i))).toArray();
      return new Queries(
          IntStream.of(kept).mapToObj(ids::get).toList(),
          old.map(q -> q.select(kept)),
          renewed.select(kept),
          judgments);
    }
  }

  private final MigrationSettings settings;
  private final StoredVectors index;
  private final Renewed renewed;
  private final Progress progress;

  private MigrationStudy(
      MigrationSettings settings, StoredVectors index, Renewed renewed, Progress progress) {
    this.settings = settings;
    this.index = index;
    this.renewed = renewed;
    this.progress = progress;
  }

  /**
   * Plans.
   *
   * @param index the old index
   * @param encoder the new encoder on its texts
   * @param queries judged ones decide and report; absent means no verdict
   * @param spans short texts like queries, made of the sample's rows, from the new encoder's space
   *     into the old one's: bridges for queries are fitted on them, too
   * @throws StitchException (bad input) if the index has too few rows, or fewer than ten of the
   *     queries were judged with an answer
   */
  public static MigrationPlan of(
      MigrationSettings settings,
      StoredVectors index,
      Reencoder encoder,
      Optional<Queries> queries,
      Function<long[], Optional<Pairs>> spans,
      Progress progress) {
    var study = new MigrationStudy(settings, index, new Renewed(encoder), progress);
    return study.plan(queries.map(Queries::judged), spans);
  }

  private MigrationPlan plan(Optional<Queries> queries, Function<long[], Optional<Pairs>> spans) {
    queries.ifPresent(MigrationStudy::requireEnough);
    Optional<NearestRows> before =
        queries.flatMap(q -> q.old().map(v -> NearestRows.of(v, MigrationSettings.POOL)));
    long[] sample = sampled(before);
    FloatMatrix old = index.select(sample);
    FloatMatrix fresh = renewed.of(sample);
    List<Pairs> back = new ArrayList<>();
    if (settings.sides().contains(Side.QUERIES)) {
      spans.apply(sample.clone()).ifPresent(back::add); // first, as queries are like them
    }
    back.add(new Pairs(fresh, old));
    List<Fitted> bridges = new ArrayList<>();
    for (Side side : settings.sides()) {
      List<Pairs> kinds = side == Side.DOCUMENTS ? List.of(new Pairs(old, fresh)) : back;
      side.candidates().forEach(m -> bridges.add(new Fitted(side, m, m.fit(kinds))));
    }
    var known = new RetrievalTrial.Known(old, alignment(old, fresh));
    if (queries.isEmpty()) {
      return unjudged(bridges, known);
    }
    var trial = new RetrievalTrial(settings, index, renewed, queries.get(), before);
    return trial.report(trial.search(bridges), known);
  }

  /** Without judgments the first method of each side stands for it. */
  private MigrationPlan unjudged(List<Fitted> bridges, RetrievalTrial.Known known) {
    Map<Side, Chosen> chosen = new EnumMap<>(Side.class);
    bridges.forEach(fit -> chosen.putIfAbsent(fit.side(), fit.chosen()));
    return new MigrationPlan(
        settings,
        chosen,
        List.of(),
        List.of(),
        known.alignment(),
        List.of(),
        new Judged(0, 0),
        known.sample(),
        renewed.count());
  }

  /** A bridge of a side. */
  record Fitted(Side side, BridgeMethod method, VectorBridge bridge) {
    Chosen chosen() {
      return new Chosen(method, bridge);
    }
  }

  private static void requireEnough(Queries judged) {
    if (judged.ids().size() < FEWEST_QUERIES) {
      throw StitchException.badInput(
          "%d of the queries are judged with an answer; a verdict needs %d or more, and 100 tell"
              + " more; check that queries and judgments have the same ids",
          judged.ids().size(), FEWEST_QUERIES);
    }
  }

  /** Reads the index once: results of the old encoder, and a random sample of the rows. */
  private long[] sampled(Optional<NearestRows> before) {
    var reservoir = RowSample.of(settings.sample(), settings.seed());
    index.each(
        block -> {
          before.ifPresent(search -> search.add(block));
          reservoir.add(block);
          progress.at("read the old index", reservoir.seen(), reservoir.seen());
        });
    long[] rows = reservoir.rows();
    if (rows.length < MigrationSettings.FEWEST) {
      throw StitchException.badInput(
          "the index has %d usable rows; a bridge needs %d or more",
          rows.length, MigrationSettings.FEWEST);
    }
    return rows;
  }

  // Fitted again without a fifth, on which it is measured; into the new space on either side.
  private TranslationQuality alignment(FloatMatrix old, FloatMatrix fresh) {
    int[] out = IntStream.range(0, old.rows()).filter(i -> i % HELD_OUT == 0).toArray();
    int[] rest = IntStream.range(0, old.rows()).filter(i -> i % HELD_OUT != 0).toArray();
    VectorBridge bridge =
        Side.DOCUMENTS.candidates().get(0).fit(old.select(rest), fresh.select(rest));
    return TranslationQuality.of(bridge.apply(old.select(out)), fresh.select(out), settings.seed());
  }

  /** Rows that the new encoder has encoded, none twice. */
  static final class Renewed {
    private final Reencoder encoder;
    private final Map<Long, float[]> known = new HashMap<>();

    Renewed(Reencoder encoder) {
      this.encoder = encoder;
    }

    int count() {
      return known.size();
    }

    /** Encodes those of some rows, in ascending order, that were not encoded before. */
    void encode(long[] rows) {
      long[] missing = Arrays.stream(rows).filter(row -> !known.containsKey(row)).toArray();
      if (missing.length > 0) {
        FloatMatrix made = encoder.encode(missing);
        for (int i = 0; i < missing.length; i++) {
          known.put(missing[i], made.row(i));
        }
      }
    }

    /** New vectors of rows in ascending order. */
    FloatMatrix of(long[] rows) {
      encode(rows);
      return FloatMatrix.of(Arrays.stream(rows).mapToObj(this::vector).toArray(float[][]::new));
    }

    /** The new vector of a row that was encoded. */
    float[] vector(long row) {
      return Objects.requireNonNull(known.get(row));
    }

    /** All rows so far, in ascending order. */
    long[] rows() {
      return new TreeSet<>(known.keySet()).stream().mapToLong(row -> row).toArray();
    }
  }
}
