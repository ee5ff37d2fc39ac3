// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.experiments.LanguageTask.Origin;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Scores of heads of one language in others, by the origin of the anchors.
 *
 * @param setting what was measured
 * @param scores by origin
 * @param anchors number of anchors of each origin
 */
record CrossLingualScores(CrossLingual setting, Map<Origin, StitchScores> scores, int anchors) {
  private static final double PAPER_LOSS = .08; // French, English decoder: .7849 - .7041

  /** Takes a copy in the order of the origins. */
  CrossLingualScores {
    scores = new EnumMap<>(scores);
  }

  /** The scores of the first origin, which are all that absolute vectors have. */
  StitchScores first() {
    return scores.values().iterator().next();
  }

  private StitchScores of(Origin origin) {
    return Objects.requireNonNull(scores.get(origin), origin.id());
  }

  private boolean hasBoth() {
    return scores.size() == Origin.values().length;
  }

  /** A row for each pair of languages: weighted F1 and, of ordered classes, the absolute error. */
  Table pairs(String id, String title) {
    List<List<Cell>> rows = new ArrayList<>();
    for (String decoder : setting.decoding()) {
      for (String encoder : setting.task().names()) {
        List<Cell> row = new ArrayList<>(List.of(Cell.text(decoder), Cell.text(encoder)));
        row.addAll(cells(decoder, encoder));
        rows.add(row);
      }
    }
    List<String> columns = new ArrayList<>(List.of("decoder", "encoder"));
    columns.addAll(columns());
    return Table.of(id, title, columns, rows).withLabels(2).withNotes(legend());
  }

  /** The headings of {@link #cells}. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("absolute"));
    scores.keySet().forEach(origin -> columns.add(origin.id()));
    if (setting.task().ordered()) {
      columns.add("MAE: absolute");
      scores.keySet().forEach(origin -> columns.add("MAE: " + origin.id()));
    }
    return columns;
  }

  /** The scores of one pair of languages, read as in the paper. */
  List<Cell> cells(String decoder, String encoder) {
    List<StitchScores> found = new ArrayList<>();
    found.add(setting.pair(first(), Method.ABSOLUTE, decoder, encoder));
    scores.values().forEach(s -> found.add(setting.pair(s, Method.RELATIVE, decoder, encoder)));
    List<Cell> cells = new ArrayList<>();
    found.forEach(s -> cells.add(s.cell()));
    if (setting.task().ordered()) {
      found.forEach(s -> cells.add(s.error()));
    }
    return cells;
  }

  /** Explains {@link #cells}. */
  String legend() {
    String what =
        "Weighted F1%s, mean +- standard deviation over seeds, of the official head read"
            + " transductively; relative representations over %d %s anchors.";
    return what.formatted(
        setting.task().ordered() ? " and mean absolute error of the class" : "",
        anchors,
        String.join(" or ", scores.keySet().stream().map(Origin::id).toList()));
  }

  /** Means over all pairs by kind of head, for each origin, and our codecs beside them. */
  List<Table> means(String id) {
    List<Table> tables = new ArrayList<>();
    scores.forEach(
        (origin, found) -> {
          String name = id + "-" + origin.id();
          String title = "Means over pairs of languages, " + origin.id() + " anchors";
          tables.add(setting.protocol().table(name, title, found, List.of()));
          tables.add(setting.protocol().beyond(name + "-beyond", found));
        });
    return tables;
  }

  /** Encoder by decoder, for each origin. */
  List<Figure> maps(String id) {
    List<Figure> maps = new ArrayList<>();
    scores.forEach(
        (origin, found) ->
            maps.addAll(
                setting.protocol().maps(id + "-" + origin.id(), found, setting.task().names())));
    return maps;
  }

  /** The paper's claims, which every origin of anchors must bear out, and ours. */
  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>(setting.protocol().claims(first()));
    StitchScores absolute = first().of(setting.protocol().paperWay(), Method.ABSOLUTE, false);
    if (hasBoth() && !absolute.isEmpty()) {
      claims.add(
          StitchScores.above(
              "over out-of-domain anchors, too, relative stitching is above absolute stitching",
              relative(of(Origin.OUT_OF_DOMAIN)),
              absolute));
    }
    claims.addAll(loss());
    return claims;
  }

  /** The loss by out-of-domain anchors, if there are anchors of both origins. */
  List<Claim> loss() {
    return hasBoth()
        ? List.of(
            StitchScores.near(
                "stitching over out-of-domain anchors is at most .08 below translated ones",
                relative(of(Origin.TRANSLATED)),
                relative(of(Origin.OUT_OF_DOMAIN)),
                PAPER_LOSS))
        : List.of();
  }

  /**
   * Stitching by relative representations errs less than by absolute vectors, in classes, on the
   * pairs that both can stitch.
   */
  Claim errsLess() {
    StitchScores absolute = first().of(setting.protocol().paperWay(), Method.ABSOLUTE, false);
    Set<List<String>> pairs =
        absolute.stitches().stream()
            .map(s -> List.of(s.decoder(), s.encoder()))
            .collect(Collectors.toSet());
    StitchScores relative =
        relative(first()).where(s -> pairs.contains(List.of(s.decoder(), s.encoder())));
    double error = relative.isEmpty() ? Double.NaN : relative.errors().mean();
    double other = absolute.isEmpty() ? Double.NaN : absolute.errors().mean();
    return new Claim(
        String.format(
            Locale.ROOT,
            "the mean absolute error of relative stitching is below that of absolute stitching, on"
                + " the pairs that both can stitch: %.3f against %.3f",
            error,
            other),
        error < other);
  }

  private StitchScores relative(StitchScores found) {
    return found.of(setting.protocol().paperWay(), Method.RELATIVE, false);
  }

  /** Notes on the encoders and on the anchors. */
  List<String> notes() {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < setting.encoders().size(); i++) {
      pairs.add(setting.task().names().get(i) + " " + Lab.shortName(setting.encoders().get(i)));
    }
    return List.of(
        "encoders: " + String.join(", ", pairs),
        "absolute stitching is left out between encoders of different widths: it is impossible",
        "as many anchors of each origin, %d; the paper has 768".formatted(anchors));
  }
}
