// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.migrate.Estimate;
import io.github.djlstitch.core.migrate.MigrationPlan;
import io.github.djlstitch.core.migrate.MigrationPlan.Outcome;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.MigrationPlan.Way;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Maps a plan of a migration to a document. */
public final class PlanDocument {
  private PlanDocument() {}

  /**
   * The document of a plan.
   *
   * @param from the old encoder, in words
   * @param to the new encoder
   */
  public static Document of(
      MigrationPlan plan, String from, String to, List<Document.Fact> origin) {
    List<Table> tables = new ArrayList<>();
    tables.add(verdicts(plan));
    if (!plan.outcomes().isEmpty()) {
      tables.add(outcomes(plan));
      tables.add(candidates(plan));
    }
    if (!plan.thresholds().isEmpty()) {
      tables.add(thresholds(plan));
    }
    tables.add(alignment(plan));
    String title = "Migration from " + from + " to " + to;
    var section = new Section(title, List.of(), List.of(), tables, List.of(), notes(plan));
    return new Document(title, headline(plan), List.of(section), origin);
  }

  /** The verdict on all sides in a line: that of the best one. */
  public static String headline(MigrationPlan plan) {
    return switch (best(plan)) {
      case GO -> "GO";
      case NO_GO -> "NO-GO";
      case TOO_CLOSE -> "TOO CLOSE to call";
      case NONE -> "no verdict: no judged queries";
    };
  }

  /** The best verdict of any side. */
  public static Verdict best(MigrationPlan plan) {
    List<Verdict> found = plan.settings().sides().stream().map(plan::verdict).toList();
    return List.of(Verdict.GO, Verdict.TOO_CLOSE, Verdict.NO_GO).stream()
        .filter(found::contains)
        .findFirst()
        .orElse(Verdict.NONE);
  }

  private static List<String> basis(MigrationPlan plan) {
    String sample =
        String.format(
            Locale.ROOT,
            "fitted on %d texts by both encoders; %d texts encoded again in all",
            plan.sample(),
            plan.encoded());
    return plan.judged().reporting() == 0
        ? List.of(sample)
        : List.of(
            sample,
            String.format(
                Locale.ROOT,
                "%d judged queries chose the methods; the numbers are of %d others",
                plan.judged().deciding(),
                plan.judged().reporting()));
  }

  private static Table verdicts(MigrationPlan plan) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Side side : plan.settings().sides()) {
      rows.add(
          List.of(
              Cell.text(side.id()),
              Cell.text(plan.bridge(side).method().id()),
              Cell.text(word(plan.verdict(side))),
              Cell.text(because(plan, side))));
    }
    return Table.of("verdict", "Verdict", List.of("side", "method", "verdict", "because"), rows)
        .withLabels(4)
        .withNotes(
            plan.outcome(Way.OLD).isPresent()
                ? "nDCG: more or less than the old encoder finds in the old index"
                : "of full: wanted is a share of " + plan.settings().failUnder());
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case GO -> "GO";
      case NO_GO -> "NO-GO";
      case TOO_CLOSE -> "TOO CLOSE";
      case NONE -> "none";
    };
  }

  private static String because(MigrationPlan plan, Side side) {
    Optional<Outcome> outcome = plan.outcome(Way.of(side));
    if (outcome.isEmpty()) {
      return plan.alignment().isAligned() ? "the sample is aligned" : "the sample is not aligned";
    }
    return outcome
        .get()
        .gain()
        .map(gain -> "nDCG " + signed(gain))
        .orElseGet(
            () ->
                shown(outcome.get().ofFull()) + " of full, wanted " + plan.settings().failUnder());
  }

  private static Table outcomes(MigrationPlan plan) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Outcome outcome : plan.outcomes()) {
      rows.add(
          List.of(
              Cell.text(outcome.way().id()),
              outcome.reranked() == 0 ? Cell.text("") : Cell.count(outcome.reranked()),
              Cell.number(outcome.ndcg().value()),
              Cell.text(interval(outcome.ndcg())),
              outcome.recall().map(r -> Cell.number(r.value())).orElse(Cell.absent()),
              Cell.number(outcome.ofFull().value()),
              outcome
                  .won()
                  .map(won -> Cell.number(won.value()).withDigits(2))
                  .orElse(Cell.absent()),
              Cell.text(outcome.gain().map(PlanDocument::compared).orElse("-"))));
    }
    return Table.of(
            "outcomes",
            "Judged queries",
            List.of("search", "top", "nDCG@10", "90 %", "recall@100", "of full", "won", "vs old"),
            rows)
        .withNotes(
            "old: untouched; documents, queries: carried over by the chosen bridge; full: all"
                + " encoded again, estimated on what the other ways find",
            "top: so many first results ranked again by the new encoder; won: share of the way"
                + " from old to full");
  }

  private static String compared(Estimate gain) {
    if (gain.low() == 0 && gain.high() == 0) {
      return "";
    }
    if (gain.above(0)) {
      return "better";
    }
    return gain.below(0) ? "worse" : "too close";
  }

  private static Table candidates(MigrationPlan plan) {
    List<List<Cell>> rows =
        plan.candidates().stream()
            .map(
                c ->
                    List.of(
                        Cell.text(c.side().id()),
                        Cell.text(c.method().id()),
                        Cell.number(c.ndcg())))
            .toList();
    return Table.of(
            "candidates",
            "Methods on the queries that chose",
            List.of("side", "method", "nDCG@10"),
            rows)
        .withLabels(2);
  }

  private static Table thresholds(MigrationPlan plan) {
    List<List<Cell>> rows =
        plan.thresholds().stream()
            .map(
                t ->
                    List.of(
                        Cell.text(Math.round(100 * t.quantile()) + " % of queries"),
                        Cell.number(t.before()),
                        Cell.number(t.after())))
            .toList();
    return Table.of(
        "thresholds",
        "Scores of the first result, below which so many queries are",
        List.of("below", "old cosine", "new cosine"),
        rows);
  }

  private static Table alignment(MigrationPlan plan) {
    List<Cell> row =
        List.of(
            Cell.text("carried over"),
            Cell.number(plan.alignment().cosineMean()),
            Cell.number(plan.alignment().chanceCosine()),
            Cell.number(plan.alignment().retrievalAt1()));
    return Table.of(
        "alignment",
        "A fifth of the sample, left out, beside its own new vectors",
        List.of("texts", "cosine", "of random pairs", "nearest is its own"),
        List.of(row));
  }

  private static List<String> notes(MigrationPlan plan) {
    List<String> notes = new ArrayList<>(basis(plan));
    boolean old = plan.outcome(Way.OLD).isPresent();
    if (old && best(plan) != Verdict.GO) {
      notes.add(
          "keep querying with the old encoder: nothing here is surely better than the old index");
    }
    if (plan.judged().reporting() == 0) {
      notes.add(
          "no verdict without judged queries: how well samples align does not tell what retrieval"
              + " loses; give --queries and --qrels");
    }
    return notes;
  }

  private static String signed(Estimate e) {
    return String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]", e.value(), e.low(), e.high());
  }

  private static String shown(Estimate e) {
    return String.format(Locale.ROOT, "%.3f ", e.value()) + interval(e);
  }

  private static String interval(Estimate e) {
    return String.format(Locale.ROOT, "[%.3f, %.3f]", e.low(), e.high());
  }
}
