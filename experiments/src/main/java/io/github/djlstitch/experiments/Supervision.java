// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.experiments.SupervisionStudy.Chosen;
import io.github.djlstitch.experiments.SupervisionStudy.Way;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Relative representations of a teacher as a supervision signal for a small student. */
final class Supervision implements Experiment {
  @Override
  public Card card() {
    return new Card(
        "supervision",
        List.of(),
        "A teacher's relative space supervises a student",
        "Moschella et al. 2023, section 4.2, future work; no numbers there",
        "A student (a bag of the 1,000 most frequent words, 64 hidden values, 64 latents) learns"
            + " from few labels alone, with the logits of a head on a frozen teacher that saw the"
            + " same labels, or with the teacher's relative vectors: the mean squared difference of"
            + " its own cosines to the anchors, as it encodes them now, and the teacher's. All make"
            + " the same number of steps. One of three settings of each, of five of"
            + " the logits, is chosen on the first"
            + " seed's 500 held-out samples, the epoch on each seed's; test samples decide"
            + " nothing.",
        "TREC, else WordNet",
        15);
  }

  @Override
  public Findings run(Lab lab) {
    var study = SupervisionStudy.run(lab);
    List<Chosen> chosen = study.chosen();
    return new Findings(
        claims(study),
        List.of(table(study, chosen)),
        List.of(figure(study, chosen)),
        List.of(
            "logits and relative vectors of all training samples but the held-out ones are seen,"
                + " labels of few; 'labeled only' sees no sample without a label",
            "500 labeled samples for choosing settings and epochs are more than a user with 10"
                + " labels a class has; all ways have the same ones"));
  }

  private static List<Claim> claims(SupervisionStudy study) {
    List<Claim> claims = new ArrayList<>();
    for (int count : SupervisionStudy.LABELS) {
      claims.add(better(study, count, Way.RELATIVE, Way.LABELS));
      claims.add(better(study, count, Way.RELATIVE, Way.LOGITS));
      claims.add(better(study, count, Way.RELATIVE_FEW, Way.LABELS));
    }
    return claims;
  }

  private static Claim better(SupervisionStudy study, int count, Way one, Way other) {
    Spread a = study.chosen(one, count).test();
    Spread b = study.chosen(other, count).test();
    double noise = Math.max(a.std().orElse(0), b.std().orElse(0));
    return new Claim(
        String.format(
            Locale.ROOT,
            "%d labels a class: %s is above %s by more than the standard deviation: %.3f and %.3f"
                + " (%.3f)",
            count,
            one.shown(),
            other.shown(),
            a.mean(),
            b.mean(),
            noise),
        a.mean() - b.mean() > noise);
  }

  private static Table table(SupervisionStudy study, List<Chosen> chosen) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int count : SupervisionStudy.LABELS) {
      for (Chosen one : chosen.stream().filter(c -> c.labels() == count).toList()) {
        rows.add(
            List.of(
                Cell.text(Integer.toString(count)),
                Cell.text(one.way().shown()),
                Cell.text(one.setting()),
                Cell.of(one.validation()),
                Cell.of(one.test())));
      }
      rows.add(
          List.of(
              Cell.text(Integer.toString(count)),
              Cell.text("the teacher's own head"),
              Cell.text(""),
              Cell.absent(),
              Cell.of(study.teacher(count))));
    }
    return Table.of(
            "supervision",
            "Accuracy of students, mean +- standard deviation over seeds",
            List.of("labels a class", "learns from", "chosen setting", "validation", "test"),
            rows)
        .withLabels(3);
  }

  private static Figure figure(SupervisionStudy study, List<Chosen> chosen) {
    List<Figure.Curve> curves = new ArrayList<>();
    for (Way way : List.of(Way.LABELS, Way.LOGITS, Way.RELATIVE)) {
      List<Figure.Mark> marks = new ArrayList<>();
      chosen.stream()
          .filter(c -> c.way() == way)
          .forEach(c -> marks.add(mark(c.labels(), c.test(), c.test().std())));
      curves.add(new Figure.Curve(way.shown(), marks));
    }
    List<Figure.Mark> teacher = new ArrayList<>();
    for (int count : SupervisionStudy.LABELS) {
      teacher.add(mark(count, study.teacher(count), OptionalDouble.empty()));
    }
    curves.add(new Figure.Curve("the teacher's own head", teacher, true));
    return new Figure.Lines(
        "supervision",
        "Accuracy of a student against labels a class",
        "Mean over seeds; bands: standard deviation.",
        "labels a class",
        "test accuracy",
        true,
        curves);
  }

  private static Figure.Mark mark(int labels, Spread accuracy, OptionalDouble std) {
    return new Figure.Mark(labels, accuracy.mean(), std);
  }
}
