// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.TranslationQuality;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effects of a change of encoder without re-embedding on an index: bridges, their results on
 * judged queries that had no part in their choice, and a verdict. Immutable.
 *
 * @param settings that it was made with
 * @param bridges the chosen one of each side
 * @param candidates nDCG@10 of each method of each side on the queries that decided
 * @param outcomes by row of the report, as they are shown
 * @param alignment of the first side's bridge on a fifth of the sample that was held out
 * @param thresholds scores of the first result: of the old encoder and after the migration
 * @param judged how many queries decided and reported; 0 without judgments
 * @param sampled vectors of the old index that the bridges were fitted on, shape (S, D)
 * @param encoded how many stored texts the new encoder had to encode in all
 */
public record MigrationPlan(
    MigrationSettings settings,
    Map<Side, Chosen> bridges,
    List<Candidate> candidates,
    List<Outcome> outcomes,
    TranslationQuality alignment,
    List<Threshold> thresholds,
    Judged judged,
    FloatMatrix sampled,
    int encoded) {
  /** Takes copies. */
  public MigrationPlan {
    bridges = Map.copyOf(bridges);
    candidates = List.copyOf(candidates);
    outcomes = List.copyOf(outcomes);
    thresholds = List.copyOf(thresholds);
  }

  /** Counts the index's texts that the bridges were fitted on. */
  public int sample() {
    return sampled.rows();
  }

  /** Says whether to migrate. */
  public enum Verdict implements Named {
    /** Surely better than the old index with the old encoder, or good enough where that is gone. */
    GO,
    /** Surely worse, or not good enough. */
    NO_GO,
    /** Too few judged queries to tell. */
    TOO_CLOSE,
    /** No judged queries; samples do not tell what retrieval loses. */
    NONE
  }

  /** A method and the bridge that it gave. */
  public record Chosen(BridgeMethod method, VectorBridge bridge) {}

  /** A method on the queries that decided. */
  public record Candidate(Side side, BridgeMethod method, double ndcg) {}

  /** Numbers of queries that decided, and of others that reported. */
  public record Judged(int deciding, int reporting) {}

  /** Scores that as many queries' first results reach. */
  public record Threshold(double quantile, double before, double after) {}

  /**
   * A row of the report.
   *
   * @param way to search
   * @param reranked how many first results the new encoder ranked again
   * @param ndcg nDCG@10
   * @param recall recall@100; absent where only part of the documents was searched
   * @param ofFull nDCG@10 as a share of that of full re-embedding
   * @param won share of the way from the old index to full re-embedding; absent where full is not
   *     better
   * @param gain nDCG@10 less that of the old index with the old encoder; absent if that is gone
   */
  public record Outcome(
      Way way,
      int reranked,
      Estimate ndcg,
      Optional<Estimate> recall,
      Estimate ofFull,
      Optional<Estimate> won,
      Optional<Estimate> gain) {}

  /** A way to search. */
  public enum Way implements Named {
    /** The old encoder on the old index. */
    OLD,
    /** The new encoder on migrated vectors. */
    DOCUMENTS,
    /** The new encoder's queries carried back into the old index. */
    QUERIES,
    /** The new encoder on newly encoded documents. */
    FULL;

    /** The way to search over the bridge of a side. */
    public static Way of(Side side) {
      return side == Side.DOCUMENTS ? DOCUMENTS : QUERIES;
    }
  }

  /**
   * The bridge of a side.
   *
   * @throws StitchException (usage) if the side was not planned
   */
  public Chosen bridge(Side side) {
    Chosen chosen = bridges.get(side);
    if (chosen == null) {
      throw StitchException.usage("the plan is not about %s", side.id());
    }
    return chosen;
  }

  /** The row of a way, not ranked again. */
  public Optional<Outcome> outcome(Way way) {
    return outcomes.stream().filter(o -> o.way() == way && o.reranked() == 0).findFirst();
  }

  /**
   * The verdict on a side's vectors as they are, without ranking again: against the old index where
   * its encoder still runs, else against the share of full re-embedding that was asked for.
   */
  public Verdict verdict(Side side) {
    Optional<Outcome> migrated = outcome(Way.of(side));
    if (migrated.isEmpty()) {
      return Verdict.NONE;
    }
    Optional<Estimate> gain = migrated.get().gain();
    Estimate measured = gain.orElse(migrated.get().ofFull());
    double wanted = gain.isPresent() ? 0 : settings.failUnder();
    if (measured.above(wanted)) {
      return Verdict.GO;
    }
    return measured.below(wanted) ? Verdict.NO_GO : Verdict.TOO_CLOSE;
  }
}
