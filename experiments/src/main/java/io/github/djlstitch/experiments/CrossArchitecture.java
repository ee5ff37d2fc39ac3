// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.Reading;
import io.github.djlstitch.experiments.StitchGrid.Way;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The common parts of the cross-architecture experiments: the official head read transductively, as
 * the paper's numbers are, and inductively, beside the linear one; without centering as in the
 * paper and with it; and our codecs on the same heads.
 *
 * @param official training of the official head
 */
record CrossArchitecture(HeadOptions official) {
  private static final HeadOptions LINEAR = PlainHead.linear();
  private static final List<Method> PAPER = List.of(Method.ABSOLUTE, Method.RELATIVE);
  private static final List<Method> ALL =
      List.of(Method.ABSOLUTE, Method.RELATIVE, Method.COORDINATES, Method.AUTO);

  /** The paper's ways, then the same heads on centered spaces. */
  List<Way> ways() {
    return Stream.of(Centering.NONE, Centering.ANCHORS)
        .flatMap(
            centering ->
                Stream.of(
                    way(official, Reading.TRANSDUCTIVE, centering),
                    way(official, Reading.INDUCTIVE, centering),
                    way(LINEAR, Reading.INDUCTIVE, centering)))
        .toList();
  }

  /** The paper's way. */
  Way paperWay() {
    return way(official, Reading.TRANSDUCTIVE, Centering.NONE);
  }

  /** The tool's default. */
  static Way ourWay() {
    return way(LINEAR, Reading.INDUCTIVE, Centering.ANCHORS);
  }

  Way inductiveWay() {
    return way(official, Reading.INDUCTIVE, Centering.NONE);
  }

  private static Way way(HeadOptions head, Reading reading, Centering centering) {
    return new Way(head, reading, centering, centering == Centering.NONE ? PAPER : ALL);
  }

  /** A row for each way after the paper's rows. */
  Table table(String id, String title, StitchScores scores, List<List<Cell>> paper) {
    List<List<Cell>> rows = new ArrayList<>(paper);
    ways().forEach(way -> rows.add(scores.row(way)));
    return Table.of(id, title, StitchScores.COLUMNS, rows)
        .withLabels(StitchScores.LABELS)
        .withNotes(
            "Weighted F1: mean +- standard deviation over pairs and seeds; brackets: 95 % bootstrap"
                + " interval of the mean over test samples.",
            "transductive: hidden features normalized over the whole test set, as in the official"
                + " code; inductive: by the training samples' statistics, each sample alone.");
  }

  /** Results beyond the paper: our codecs into the absolute heads of the centered ways. */
  Table beyond(String id, StitchScores scores) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Way way : ways()) {
      if (way.methods().contains(Method.AUTO)) {
        List<Cell> row = new ArrayList<>(StitchScores.labels(way));
        row.add(scores.of(way, Method.ABSOLUTE, true).cell());
        for (Method method : List.of(Method.RELATIVE, Method.COORDINATES, Method.AUTO)) {
          row.add(scores.of(way, method, false).cell());
        }
        rows.add(row);
      }
    }
    List<String> columns = new ArrayList<>(StitchScores.COLUMNS.subList(0, StitchScores.LABELS));
    columns.addAll(
        List.of("native absolute", "stitched relative", "stitched coordinates", "stitched auto"));
    return Table.of(id, "Beyond the paper: codecs into the native heads", columns, rows)
        .withLabels(StitchScores.LABELS);
  }

  /** Claims of the paper and of ours. */
  List<Claim> claims(StitchScores scores) {
    Way paper = paperWay();
    Way ours = ourWay();
    List<Claim> claims = new ArrayList<>();
    var relative = scores.of(paper, Method.RELATIVE, false);
    var absolute = scores.of(paper, Method.ABSOLUTE, false);
    if (!absolute.isEmpty()) {
      claims.add(
          StitchScores.above("relative stitching is above absolute stitching", relative, absolute));
    }
    claims.add(
        StitchScores.near(
            "a head on its own encoder's relative space is at most .05 below its absolute one",
            scores.of(paper, Method.ABSOLUTE, true),
            scores.of(paper, Method.RELATIVE, true),
            .05));
    claims.add(
        StitchScores.above(
            "(ours) stitched, the official head needs the other test samples: transductive above"
                + " inductive",
            relative,
            scores.of(inductiveWay(), Method.RELATIVE, false)));
    claims.add(
        StitchScores.above(
            "(ours) the automatic codec stitches better than relative representations, linear"
                + " heads, centred",
            scores.of(ours, Method.AUTO, false),
            scores.of(ours, Method.RELATIVE, false)));
    return claims;
  }

  /** Encoder by decoder: absolute and relative as in the paper, and our automatic codec. */
  List<Figure> maps(String id, StitchScores scores, List<String> names) {
    return List.of(
        map(id + "-absolute", "Absolute", scores, paperWay(), Method.ABSOLUTE, names),
        map(id + "-relative", "Relative", scores, paperWay(), Method.RELATIVE, names),
        map(id + "-auto", "Automatic codec", scores, ourWay(), Method.AUTO, names));
  }

  private static Figure map(
      String id, String what, StitchScores scores, Way way, Method method, List<String> names) {
    String head = way.headName() + " head, " + way.reading().id();
    return scores
        .where(s -> s.way().equals(way) && s.method() == method)
        .map(
            id,
            what + ": encoder by decoder",
            "Weighted F1, mean over seeds; " + head + ". The diagonal is native.",
            names);
  }
}
