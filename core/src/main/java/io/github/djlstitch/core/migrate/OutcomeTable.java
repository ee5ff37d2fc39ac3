// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.migrate.MigrationPlan.Outcome;
import io.github.djlstitch.core.migrate.MigrationPlan.Way;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a plan's report, all with intervals over the same draws of queries. */
final class OutcomeTable {
  private final QueryDraws draws;
  private double[] full = {};
  private double @Nullable [] old;

  OutcomeTable(QueryDraws draws) {
    this.draws = draws;
  }

  /** The scores of full re-embedding, which all rows are shares of. */
  void full(double[] scores) {
    full = scores;
  }

  /** The scores of the old encoder on the old index, which all rows are compared with. */
  void old(double[] scores) {
    old = scores;
  }

  Outcome outcome(Way way, int depth, double[] ndcg, double @Nullable [] recall) {
    double[] before = old;
    return new Outcome(
        way,
        depth,
        draws.of(q -> QueryDraws.mean(ndcg, q)),
        Optional.ofNullable(recall).map(r -> draws.of(q -> QueryDraws.mean(r, q))),
        draws.of(q -> ratio(QueryDraws.mean(ndcg, q), QueryDraws.mean(full, q))),
        before == null ? Optional.empty() : won(ndcg, before),
        before == null
            ? Optional.empty()
            : Optional.of(draws.of(q -> QueryDraws.mean(ndcg, q) - QueryDraws.mean(before, q))));
  }

  // A share of an upgrade that is surely there: elsewhere the ratio means nothing.
  private Optional<Estimate> won(double[] ndcg, double[] before) {
    Estimate upgrade = draws.of(q -> QueryDraws.mean(full, q) - QueryDraws.mean(before, q));
    return upgrade.above(0)
        ? Optional.of(
            draws.of(
                q -> {
                  double was = QueryDraws.mean(before, q);
                  return ratio(QueryDraws.mean(ndcg, q) - was, QueryDraws.mean(full, q) - was);
                }))
        : Optional.empty();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
