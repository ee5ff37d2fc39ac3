// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.TranslationQuality;
import io.github.djlstitch.core.migrate.MigrationPlan.Candidate;
import io.github.djlstitch.core.migrate.MigrationPlan.Chosen;
import io.github.djlstitch.core.migrate.MigrationPlan.Judged;
import io.github.djlstitch.core.migrate.MigrationPlan.Outcome;
import io.github.djlstitch.core.migrate.MigrationPlan.Threshold;
import io.github.djlstitch.core.migrate.MigrationPlan.Way;
import io.github.djlstitch.core.migrate.MigrationStudy.Fitted;
import io.github.djlstitch.core.migrate.MigrationStudy.Queries;
import io.github.djlstitch.core.migrate.MigrationStudy.Renewed;
import io.github.djlstitch.core.migrate.NearestRows.Hit;
import io.github.djlstitch.core.relative.Standardization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Searches the judged queries in every way: half of them decide, the other half report. */
final class RetrievalTrial {
  private static final double[] QUANTILES = {.1, .25, .5, .75, .9};

  private final MigrationSettings settings;
  private final StoredVectors index;
  private final Renewed renewed;
  private final Queries queries;
  private final Optional<List<List<Hit>>> before;
  private final int[] deciding;
  private final int[] reporting;
  private final Map<Long, String> ids = new HashMap<>();

  RetrievalTrial(
      MigrationSettings settings,
      StoredVectors index,
      Renewed renewed,
      Queries queries,
      Optional<NearestRows> before) {
    this.settings = settings;
    this.index = index;
    this.renewed = renewed;
    this.queries = queries;
    this.before = before.map(NearestRows::hits);
    // Every other one, as judgments are often sorted by subject.
    this.deciding = IntStream.range(0, queries.ids().size()).filter(i -> i % 2 == 0).toArray();
    this.reporting = IntStream.range(0, queries.ids().size()).filter(i -> i % 2 == 1).toArray();
  }

  /**
   * All but the queries.
   *
   * @param sample old vectors that the bridges were fitted on
   * @param alignment of what was held out
   */
  record Known(FloatMatrix sample, TranslationQuality alignment) {}

  /** The results of all queries over a bridge. */
  record Searched(Fitted fit, List<List<Hit>> hits) {}

  /** Reads the index once for all bridges. */
  List<Searched> search(List<Fitted> bridges) {
    List<NearestRows> searches = bridges.stream().map(this::start).toList();
    index.each(
        block -> {
          for (int i = 0; i < bridges.size(); i++) {
            Fitted fit = bridges.get(i);
            searches.get(i).add(fit.side() == Side.DOCUMENTS ? fit.bridge().apply(block) : block);
          }
        });
    List<Searched> found = new ArrayList<>();
    for (int i = 0; i < bridges.size(); i++) {
      found.add(new Searched(bridges.get(i), searches.get(i).hits()));
    }
    know(
        Stream.concat(before.stream(), found.stream().map(Searched::hits))
            .flatMap(List::stream)
            .flatMap(List::stream)
            .mapToLong(Hit::row));
    return found;
  }

  private NearestRows start(Fitted fit) {
    FloatMatrix asked = queries.renewed();
    return NearestRows.of(
        fit.side() == Side.DOCUMENTS ? asked : fit.bridge().apply(asked), MigrationSettings.POOL);
  }

  private Candidate candidate(Searched searched) {
    double[] scores = scores(RetrievalMeasure.NDCG_AT_10, searched.hits(), deciding);
    return new Candidate(
        searched.fit().side(), searched.fit().method(), Arrays.stream(scores).average().orElse(0));
  }

  /** Chooses a bridge of each side by the queries that decide, and measures it on the others. */
  MigrationPlan report(List<Searched> searched, Known known) {
    List<Candidate> candidates = searched.stream().map(this::candidate).toList();
    Map<Way, List<List<Hit>>> found = new EnumMap<>(Way.class);
    before.ifPresent(results -> found.put(Way.OLD, results));
    Map<Side, Chosen> chosen = new EnumMap<>(Side.class);
    for (Side side : settings.sides()) {
      Searched best = best(side, searched, candidates);
      chosen.put(side, best.fit().chosen());
      found.put(Way.of(side), best.hits());
    }
    return new MigrationPlan(
        settings,
        chosen,
        candidates,
        outcomes(found),
        known.alignment(),
        thresholds(found),
        new Judged(deciding.length, reporting.length),
        known.sample(),
        renewed.count());
  }

  // The first of equals.
  private static Searched best(Side side, List<Searched> searched, List<Candidate> candidates) {
    int best = -1;
    for (int i = 0; i < candidates.size(); i++) {
      boolean better = best < 0 || candidates.get(i).ndcg() > candidates.get(best).ndcg();
      best = candidates.get(i).side() == side && better ? i : best;
    }
    return searched.get(best);
  }

  private List<Outcome> outcomes(Map<Way, List<List<Hit>>> found) {
    Map<Long, float[]> fresh = encodePools(found);
    double[] full = scores(RetrievalMeasure.NDCG_AT_10, full(), reporting);
    var rows = new OutcomeTable(new QueryDraws(reporting.length, settings.seed()));
    rows.full(full);
    Optional.ofNullable(found.get(Way.OLD))
        .ifPresent(old -> rows.old(scores(RetrievalMeasure.NDCG_AT_10, old, reporting)));
    List<Outcome> outcomes = new ArrayList<>();
    found.forEach(
        (way, results) ->
            Stream.concat(Stream.of(0), settings.depths().stream())
                .forEach(depth -> outcomes.add(outcome(rows, way, results, depth, fresh))));
    outcomes.add(rows.outcome(Way.FULL, 0, full, null));
    return outcomes;
  }

  private Outcome outcome(
      OutcomeTable rows, Way way, List<List<Hit>> results, int depth, Map<Long, float[]> fresh) {
    List<List<Hit>> ranked = depth == 0 ? results : reranked(results, depth, fresh);
    return rows.outcome(
        way,
        depth,
        scores(RetrievalMeasure.NDCG_AT_10, ranked, reporting),
        scores(RetrievalMeasure.RECALL_AT_100, ranked, reporting));
  }

  /** Encodes what the reporting queries find in any way, and gives the unit vectors by row. */
  private Map<Long, float[]> encodePools(Map<Way, List<List<Hit>>> found) {
    int deepest = settings.depths().stream().mapToInt(d -> d).max().orElse(0);
    boolean known = found.containsKey(Way.OLD);
    TreeSet<Long> rows = new TreeSet<>();
    found.forEach(
        (way, results) -> {
          // The old encoder's results are the pool; without it, those of the migrated vectors.
          boolean pool = way == Way.OLD || (!known && way == Way.DOCUMENTS);
          for (int query : reporting) {
            results.get(query).stream()
                .limit(pool || !known ? MigrationSettings.POOL : deepest)
                .forEach(hit -> rows.add(hit.row()));
          }
        });
    renewed.encode(rows.stream().mapToLong(row -> row).toArray());
    long[] all = renewed.rows();
    FloatMatrix unit = Standardization.unit(renewed.of(all));
    Map<Long, float[]> fresh = new HashMap<>();
    for (int i = 0; i < all.length; i++) {
      fresh.put(all[i], unit.row(i));
    }
    return fresh;
  }

  // The ceiling: new queries on all documents that were encoded again.
  private List<List<Hit>> full() {
    long[] rows = renewed.rows();
    know(LongStream.of(rows));
    NearestRows search = NearestRows.of(queries.renewed(), MigrationSettings.POOL);
    search.add(renewed.of(rows));
    return search.hits().stream()
        .map(hits -> hits.stream().map(h -> new Hit(rows[(int) h.row()], h.score())).toList())
        .toList();
  }

  private List<List<Hit>> reranked(List<List<Hit>> results, int depth, Map<Long, float[]> fresh) {
    FloatMatrix directions = Standardization.unit(queries.renewed());
    List<List<Hit>> ranked = new ArrayList<>(results);
    for (int query : reporting) {
      List<Hit> hits = results.get(query);
      List<Hit> first = new ArrayList<>();
      float[] direction = directions.row(query);
      for (Hit hit : hits.subList(0, Math.min(depth, hits.size()))) {
        first.add(new Hit(hit.row(), dot(direction, Objects.requireNonNull(fresh.get(hit.row())))));
      }
      first.sort(Comparator.comparingDouble(Hit::score).reversed());
      first.addAll(hits.subList(first.size(), hits.size()));
      ranked.set(query, first);
    }
    return ranked;
  }

  private static float dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) sum;
  }

  // Asked for at once, as an index may have to be read through for them.
  private void know(LongStream rows) {
    long[] missing = rows.filter(row -> !ids.containsKey(row)).distinct().sorted().toArray();
    List<String> names = index.ids(missing);
    for (int i = 0; i < missing.length; i++) {
      ids.put(missing[i], names.get(i));
    }
  }

  private double[] scores(RetrievalMeasure measure, List<List<Hit>> results, int[] asked) {
    return IntStream.of(asked)
        .mapToDouble(
            query ->
                measure.of(
                    queries.ids().get(query),
                    results.get(query).stream().map(hit -> ids.get(hit.row())).toList(),
                    queries.judgments()))
        .toArray();
  }

  // Scores that the same share of first results reaches before and after.
  private List<Threshold> thresholds(Map<Way, List<List<Hit>>> found) {
    List<List<Hit>> old = found.get(Way.OLD);
    List<List<Hit>> after = found.get(Way.DOCUMENTS);
    if (old == null || after == null) {
      return List.of();
    }
    double[] was = firstScores(old);
    double[] is = firstScores(after);
    return Arrays.stream(QUANTILES).mapToObj(q -> new Threshold(q, at(was, q), at(is, q))).toList();
  }

  private static double[] firstScores(List<List<Hit>> results) {
    return results.stream()
        .filter(hits -> !hits.isEmpty())
        .mapToDouble(hits -> hits.get(0).score())
        .sorted()
        .toArray();
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.round(quantile * (sorted.length - 1))];
  }
}
