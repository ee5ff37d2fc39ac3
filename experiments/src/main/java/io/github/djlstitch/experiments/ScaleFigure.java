// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.internal.measure.NormDistribution;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Accuracy of decoders on encodings at other scales (Maiorca et al. 2024, scale figures). */
final class ScaleFigure implements Experiment {
  private static final double PAPER_ROBERTA = .92;
  private static final double KEPT = .95; // share of the accuracy that counts as stable
  private static final double[] ALPHAS = {.01, .1, .3, 1, 3, 10, 100};
  private static final double[] FINE = {
    .01, .02, .05, .1, .2, .3, .5, .7, 1, 1.4, 2, 3, 5, 7, 10, 20, 30, 50, 100
  };

  @Override
  public Card card() {
    return new Card(
        "irp-figure-scale",
        List.of(),
        "Decoders and encodings at another scale",
        "Maiorca et al. 2024 (arXiv:2406.15057), figures of scale invariance",
        "(a) The states behind one layer of a text encoder are multiplied by alpha, the layers above"
            + " run on, and the head that was trained without it reads the result. (b) A head on"
            + " each layer's vectors at their own length reads them multiplied. (c) The same for"
            + " networks without normalization and with relu, tanh or cosine, and for the tool's"
            + " heads.",
        "A text classification with RoBERTa (here: TREC with the embedded encoders)",
        5);
  }

  @Override
  public Findings run(Lab lab) {
    LabelledData data = lab.data(lab.part(2000, 500), "trec", "wordnet");
    var found = new IrpFindings();
    boolean full = lab.full();
    for (String encoder : lab.textEncoders("minilm", "bge-small")) {
      var study = new ScaleStudy(lab, encoder, data);
      int[] layers = study.layers(full);
      String name = Lab.shortName(encoder);
      List<ScaleStudy.Series> within = new ArrayList<>();
      List<ScaleStudy.Series> heads = new ArrayList<>();
      for (int layer : layers) {
        if (layer < layers[layers.length - 1]) {
          within.add(study.within(layer, full ? FINE : ALPHAS));
        }
        heads.add(study.head(layer, FINE));
      }
      figure(found, name + "-within", name + ": states multiplied behind a layer", within);
      figure(found, name + "-heads", name + ": head on a layer's multiplied vectors", heads);
      claim(found, name + ", states behind a layer, layers above run on", within);
      claim(found, name + ", head on a layer's vectors", heads);
    }
    activations(lab, found, data);
    found.note(
        "The last layer is not among (a): the heads read directions, so that its scale is lost by"
            + " construction. (a) is the paper's setting as we read it; (b) is the weaker one.");
    found.note(
        "The networks of the paper's second figure are not described; ours have two hidden layers of"
            + " 256, no normalization, Adam, 20 epochs, on vectors at the length that the encoder"
            + " gives them.");
    return found.found();
  }

  private static void figure(
      IrpFindings found, String id, String title, List<ScaleStudy.Series> series) {
    List<Figure.Curve> curves = new ArrayList<>();
    List<List<Cell>> rows = new ArrayList<>();
    for (ScaleStudy.Series one : series) {
      List<Figure.Mark> marks = new ArrayList<>();
      for (ScaleStudy.Point point : one.points()) {
        var spread = Spread.of(point.values());
        OptionalDouble std = spread.std();
        marks.add(new Figure.Mark(point.alpha(), spread.mean(), std));
      }
      curves.add(new Figure.Curve(one.name(), marks));
      rows.add(
          IrpFindings.row(
              one.name(),
              Cell.of(Spread.of(one.at(.01))),
              Cell.of(Spread.of(one.at(.1))),
              Cell.of(Spread.of(one.at(1))),
              Cell.of(Spread.of(one.at(10))),
              Cell.of(Spread.of(one.at(100)))));
    }
    found.add(
        new Figure.Lines(
            id,
            title,
            "Accuracy against the factor; flat from .1 to 10 is what the paper shows for RoBERTa.",
            "alpha",
            "accuracy",
            true,
            curves));
    found.add(
        Table.of(
            id, title + ", accuracy by alpha", List.of("", "0.01", "0.1", "1", "10", "100"), rows));
  }

  private static void claim(IrpFindings found, String what, List<ScaleStudy.Series> series) {
    double worst = 1;
    String where = "";
    double base = 0;
    for (ScaleStudy.Series one : series) {
      double share = one.worstShare(.1, 10);
      base += one.mean(1) / series.size();
      if (share < worst) {
        worst = share;
        where = one.name();
      }
    }
    found.claim(
        worst >= KEPT,
        "%s: accuracy %.2f is stable from alpha .1 to 10, at least %.0f %% of it is kept (%s); paper:"
            + " RoBERTa %.2f, stable",
        what,
        base,
        100 * worst,
        where.isEmpty() ? "all" : where,
        PAPER_ROBERTA);
  }

  private static void activations(Lab lab, IrpFindings found, LabelledData data) {
    String encoder = lab.textEncoders("minilm").get(0);
    var study = new ScaleStudy(lab, encoder, data);
    EncodedDataset natural = study.natural(study.lastLayer());
    double norm = NormDistribution.of(natural.train().vectors()).mean();
    List<ScaleStudy.Series> series = study.activations(natural, FINE, lab.seeds(3, 10));
    figure(
        found,
        "activations",
        String.format(
            Locale.ROOT,
            "%s: networks by activation, mean norm %.2f",
            Lab.shortName(encoder),
            norm),
        series);
    for (ScaleStudy.Series one : series) {
      boolean periodic = one.name().equals("cos");
      double share = one.worstShare(.1, 10);
      found.claim(
          periodic ? share < KEPT : share >= KEPT,
          periodic
              ? "%s, not monotonic, is not scale invariant: of its accuracy %.2f at least %.0f %% is"
                  + " kept from .1 to 10 (paper: oscillates)"
              : "%s is scale invariant: of its accuracy %.2f at least %.0f %% is kept from .1 to 10"
                  + " (paper: near-perfect for monotonic activations)",
          one.name(),
          one.mean(1),
          100 * share);
    }
  }
}
