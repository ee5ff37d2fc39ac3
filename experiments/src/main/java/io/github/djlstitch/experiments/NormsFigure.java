// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.NormDistribution;
import io.github.djlstitch.core.space.NormStatistics;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The distribution of the encodings' norms (Maiorca et al. 2024, embedding scales). */
final class NormsFigure implements Experiment {
  private static final double NORMAL_BEYOND = 0.0027;
  private static final double MOST_SKEW = 1;
  private static final double FEW_OUTLIERS = 0.02;
  private static final double BIN = 0.02;
  private static final int MOST_BINS = 500;

  @Override
  public Card card() {
    return new Card(
        "irp-figure-norms",
        List.of(),
        "Lengths of encodings, by encoder",
        "Maiorca et al. 2024 (arXiv:2406.15057), figure of embedding scales",
        "Each encoder's vectors at the length that the network gives them, before any scaling to"
            + " length 1: histogram of the Euclidean norms, moments, and the share beyond three"
            + " standard deviations.",
        "CIFAR-100 (image encoders here: CIFAR-10), TREC for text encoders",
        3);
  }

  /** One encoder's norms. */
  private record Measured(
      String name, String data, int samples, List<Double> norms, NormDistribution found) {
    /** Norms over their mean. */
    private DoubleStream ratios() {
      return norms.stream().mapToDouble(norm -> norm / found.mean());
    }
  }

  @Override
  public Findings run(Lab lab) {
    List<Measured> all = new ArrayList<>();
    List<LabelledData> sets = new ArrayList<>();
    if (lab.dataset().isPresent()) {
      sets.add(lab.data(lab.part(), lab.dataset().get()));
    } else {
      lab.availableData(lab.part(), "trec").ifPresent(sets::add);
      imageData(lab).ifPresent(sets::add);
    }
    for (LabelledData data : sets) {
      for (String encoder : encoders(lab, data)) {
        all.add(measure(lab, encoder, data));
      }
    }
    return findings(all);
  }

  private static Optional<LabelledData> imageData(Lab lab) {
    return lab.imageEncodersIfAny().isEmpty()
        ? Optional.empty()
        : lab.availableData(lab.part(), "cifar100")
            .or(() -> lab.availableData(lab.part(), "cifar10"));
  }

  private static List<String> encoders(Lab lab, LabelledData data) {
    return data.images().isPresent()
        ? lab.imageEncodersIfAny()
        : lab.textEncoders("minilm", "bge-small", "e5-small");
  }

  private static Measured measure(Lab lab, String encoder, LabelledData data) {
    ModelZoo plain = lab.zoo().reading(EncoderOptions::withOwnLength);
    EncodedDataset encoded = plain.encode(encoder, data);
    lab.uses("encoder " + encoder + ", own length", encoded.train().provenance().encoderSha256());
    FloatMatrix vectors =
        FloatMatrix.concatRows(encoded.train().vectors(), encoded.test().vectors());
    double[] norms = NormStatistics.norms(vectors);
    return new Measured(
        Lab.shortName(encoder),
        Lab.shortName(data.name()),
        norms.length,
        DoubleStream.of(norms).boxed().toList(),
        NormDistribution.of(vectors));
  }

  private static Findings findings(List<Measured> all) {
    var found = new IrpFindings();
    List<List<Cell>> rows = new ArrayList<>();
    for (Measured one : all) {
      rows.add(row(one));
      claim(found, one);
    }
    found.add(table(rows));
    found.add(
        new Figure.Lines(
            "norm-density",
            "Distribution of norms",
            "Density of the norm over its mean; one mode near 1 means that the mean norm of a space"
                + " serves for all its vectors.",
            "norm / mean norm",
            "density",
            false,
            curves(all)));
    found.note(
        "The paper draws its figure on CIFAR-100 with five image encoders; no numbers given.");
    return found.found();
  }

  private static List<Cell> row(Measured one) {
    NormDistribution d = one.found();
    return List.of(
        Cell.text(one.name()),
        Cell.text(one.data()),
        Cell.count(one.samples()),
        Cell.number(d.mean()),
        Cell.number(d.std()),
        Cell.number(d.std() / d.mean()),
        Cell.number(d.skewness()),
        Cell.number(d.excessKurtosis()),
        Cell.number(d.beyondThree()).withDigits(4));
  }

  private static void claim(IrpFindings found, Measured one) {
    NormDistribution d = one.found();
    found.claim(
        Math.abs(d.skewness()) < MOST_SKEW && d.beyondThree() < FEW_OUTLIERS,
        "%s: norms are like a normal distribution with few outliers (skewness %.2f, expected"
            + " below %.0f; %.2f %% beyond 3 standard deviations, normal %.2f %%)",
        one.name(),
        d.skewness(),
        MOST_SKEW,
        100 * d.beyondThree(),
        100 * NORMAL_BEYOND);
  }

  private static Table table(List<List<Cell>> rows) {
    return new Table(
        "norms",
        "Euclidean norms of encodings at their own length",
        List.of(
            "encoder",
            "data",
            "samples",
            "mean",
            "std",
            "std/mean",
            "skewness",
            "ex. kurtosis",
            "beyond 3 std"),
        2,
        rows,
        List.of("A normal distribution: skewness 0, excess kurtosis 0, .0027 beyond 3 std."));
  }

  // From the shortest to the longest vector of any encoder: nothing is cut off.
  private static List<Figure.Curve> curves(List<Measured> all) {
    double least = all.stream().mapToDouble(one -> one.ratios().min().orElse(1)).min().orElse(1);
    double most = all.stream().mapToDouble(one -> one.ratios().max().orElse(1)).max().orElse(1);
    double width = Math.max(BIN, (most - least) / MOST_BINS);
    double start = Math.floor(least / width) * width;
    int bins = 1 + (int) Math.floor((most - start) / width);
    return all.stream().map(one -> curve(one, start, width, bins)).toList();
  }

  private static Figure.Curve curve(Measured one, double start, double width, int bins) {
    int[] counts = new int[bins];
    one.ratios().forEach(r -> counts[Math.min(bins - 1, (int) ((r - start) / width))]++);
    List<Figure.Mark> marks = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      double density = counts[i] / (one.samples() * width);
      marks.add(new Figure.Mark(start + (i + .5) * width, density, OptionalDouble.empty()));
    }
    return new Figure.Curve(one.name(), marks);
  }
}
