// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.cli.report.Cell;
import io.github.djlstitch.cli.report.Table;
import io.github.djlstitch.core.measure.Spread;
import java.util.ArrayList;
import java.util.List;

/** Tables 1, 7 and 8: ours, and under them the paper's. */
final class RetrievalTables {
  private static final int DIGITS = 2; // as the paper has
  private static final List<String> COLUMNS =
      List.of("from", "to", "space", "Jaccard", "MRR", "cosine");

  private RetrievalTables() {}

  /**
   * One table for each number of neighbours.
   *
   * @param id of the first; the others have K behind it
   * @param title without K
   * @param spaces of the paper's rows, which are to be shown
   */
  static List<Table> of(
      String id,
      String title,
      List<SpaceRetrieval.Row> ours,
      List<PaperRetrieval> paper,
      List<String> spaces,
      List<Integer> neighbours) {
    List<Table> tables = new ArrayList<>();
    for (int k : neighbours) {
      List<PaperRetrieval> theirs =
          paper.stream().filter(p -> p.neighbours() == k && spaces.contains(p.space())).toList();
      List<List<Cell>> rows = new ArrayList<>(ours.stream().map(row -> row(row, k)).toList());
      theirs.forEach(row -> rows.add(row(row)));
      String name = tables.isEmpty() ? id : id + "-k" + k;
      Table table = Table.of(name, "%s, K = %d".formatted(title, k), COLUMNS, rows).withLabels(3);
      tables.add(theirs.isEmpty() ? table : table.withNotes(note(theirs.get(0))));
    }
    return tables;
  }

  private static String note(PaperRetrieval first) {
    return "Rows of %s and %s are the paper's (%s)."
        .formatted(first.source(), first.target(), first.origin());
  }

  /** The linear CKA of the same rows, which the official notebook has beside them. */
  static Table cka(String id, List<SpaceRetrieval.Row> ours) {
    List<List<Cell>> rows = new ArrayList<>();
    for (SpaceRetrieval.Row row : ours) {
      Cell cka =
          row.scores().isEmpty()
              ? number(SpaceScores.cka(row.source().vectors(), row.target().vectors()))
              : cell(row.spread(SpaceScores::cka));
      rows.add(List.of(from(row), to(row), Cell.text(row.space()), cka));
    }
    return Table.of(id, "linear CKA, mean over parts", List.of("from", "to", "space", "CKA"), rows)
        .withLabels(3);
  }

  private static List<Cell> row(SpaceRetrieval.Row row, int k) {
    return List.of(
        from(row),
        to(row),
        Cell.text(row.space()),
        cell(row.spread(s -> s.at(k).jaccard())),
        cell(row.spread(s -> s.at(k).mrr())),
        cell(row.spread(SpaceScores::cosine)));
  }

  private static List<Cell> row(PaperRetrieval paper) {
    return List.of(
        Cell.text(paper.source()),
        Cell.text(paper.target()),
        Cell.text(paper.space()),
        cell(paper.jaccard()),
        cell(paper.mrr()),
        number(paper.cosine()));
  }

  private static Cell from(SpaceRetrieval.Row row) {
    return Cell.text(SpaceRetrieval.name(row.source()));
  }

  private static Cell to(SpaceRetrieval.Row row) {
    return Cell.text(SpaceRetrieval.name(row.target()));
  }

  private static Cell cell(Spread spread) {
    return Cell.of(spread).withDigits(DIGITS);
  }

  private static Cell cell(PaperRetrieval.Reported reported) {
    return reported.std().isEmpty()
        ? number(reported.mean())
        : Cell.paper(reported.mean(), reported.std().getAsDouble()).withDigits(DIGITS);
  }

  private static Cell number(double value) {
    return Cell.number(value).withDigits(DIGITS);
  }
}
