// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.TranslationQuality;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Reconstruction of vectors from the relative space, within a space and between spaces, and the
 * effect of pruning (Maiorca et al. 2024, reconstruction figures).
 */
final class ReconstructionFigure implements Experiment {
  private static final int ANCHORS = 500;
  private static final double DELTA = .7; // published: .65 to .75
  private static final int OMEGA = Subspaces.PUBLISHED_OMEGA;
  private static final double PAPER_LOWEST = .6;
  private static final double PAPER_HIGHEST = .9;
  private static final double[] DELTAS = {.5, .6, .65, .7, .75, .8, .85, .9};
  private static final int[] OMEGAS = {1, 2, 4, 8, 16};

  @Override
  public Card card() {
    return new Card(
        "irp-figure-recon",
        List.of(),
        "Vectors back from the relative space",
        "Maiorca et al. 2024 (arXiv:2406.15057), figures of reconstruction similarity",
        "Cosine of a test vector with what inverse relative projection makes of it: encoded with one"
            + " space's anchors, decoded with the same ones (intra) or another space's (inter). Then"
            + " the same for other omega (subspaces) and delta (distance of kept anchors), with the"
            + " condition number of what is inverted.",
        "CIFAR-100 with five image encoders (here: CIFAR-10 with two), TREC with text encoders",
        5);
  }

  @Override
  public Findings run(Lab lab) {
    var found = new IrpFindings();
    Optional<LabelledData> given = lab.dataset().map(d -> lab.data(lab.part(), d));
    boolean images = given.map(d -> d.images().isPresent()).orElse(true);
    boolean texts = given.map(d -> d.texts().isPresent()).orElse(true);
    if (images && lab.imageEncodersIfAny().size() > 1) {
      given
          .or(() -> lab.availableData(lab.part(), "cifar100"))
          .or(() -> lab.availableData(lab.part(), "cifar10"))
          .ifPresent(d -> add(lab, found, "vision", lab.imageEncodersIfAny(), d));
    } else {
      lab.note("no vision part: fewer than 2 image encoders available (--encoder FOLDER,FOLDER)");
    }
    if (texts) {
      given
          .or(() -> lab.availableData(lab.part(), "trec"))
          .or(() -> lab.availableData(lab.part(), "wordnet"))
          .ifPresent(
              d -> add(lab, found, "text", lab.textEncoders("minilm", "bge-small", "e5-small"), d));
    }
    found.note(
        "Condition numbers are of the pruned anchors of the space that is decoded to, so that intra"
            + " and inter share them. Cosines are around the anchors' mean: uncentred ones would be"
            + " higher wherever vectors all point one way.");
    return found.found();
  }

  private static void add(
      Lab lab, IrpFindings found, String kind, List<String> encoders, LabelledData data) {
    List<EncodedDataset> encoded = encoders.stream().map(e -> lab.encode(e, data)).toList();
    long seed = lab.firstSeed();
    int count = Math.min(lab.anchors(ANCHORS), encoded.get(0).train().ids().size());
    Anchors anchors = AnchorSelector.UNIFORM.select(encoded.get(0).train(), count, seed);
    List<IrpSpace> spaces = IrpSpace.of(encoded, anchors);
    lab.say(kind + ": reconstruction between " + spaces.size() + " spaces");
    matrix(found, kind, spaces, seed);
    var sweep = new Sweep(spaces, DELTAS, OMEGAS);
    sweep.run(lab, seed);
    sweep.addTo(found, kind);
  }

  private static void matrix(IrpFindings found, String kind, List<IrpSpace> spaces, long seed) {
    double[][] cosines = new double[spaces.size()][spaces.size()];
    List<List<Cell>> rows = new ArrayList<>();
    for (int j = 0; j < spaces.size(); j++) {
      IrpSpace target = spaces.get(j);
      Subspaces kept = target.prune(DELTA, OMEGA, seed);
      SpaceCodec codec = target.irp(kept);
      SpaceCodec chosen = target.irp(target.prune(seed));
      for (int i = 0; i < spaces.size(); i++) {
        IrpSpace source = spaces.get(i);
        var quality = TranslationQuality.of(codec.fromRelative(source.codes()), target.own(), seed);
        var automatic =
            TranslationQuality.of(chosen.fromRelative(source.codes()), target.own(), seed);
        var ours = TranslationQuality.of(target.byAutomaticCodec(source), target.own(), seed);
        cosines[i][j] = quality.cosineMean();
        rows.add(
            List.of(
                Cell.text(source.name()),
                Cell.text(target.name()),
                Cell.paper(quality.cosineMean(), quality.cosineStd()),
                Cell.number(quality.chanceCosine()),
                Cell.number(automatic.cosineMean()),
                Cell.number(ours.cosineMean()),
                Cell.number(mean(kept)).withDigits(0),
                Cell.number(codec.diagnostics().conditionNumber()).withDigits(0)));
      }
    }
    add(found, kind, spaces, cosines, rows);
  }

  private static double mean(Subspaces kept) {
    return kept.kept().stream().mapToInt(List::size).average().orElse(0);
  }

  private static void add(
      IrpFindings found,
      String kind,
      List<IrpSpace> spaces,
      double[][] cosines,
      List<List<Cell>> rows) {
    List<String> names = spaces.stream().map(IrpSpace::name).toList();
    found.add(
        IrpFindings.square(
            kind + "-reconstruction",
            "Reconstruction similarity, " + kind,
            "Mean cosine of the reconstructed test vectors with the decoder's own; the diagonal is"
                + " within a space.",
            "cosine",
            names,
            cosines));
    found.add(table(kind, rows));
    claim(found, kind, cosines);
  }

  private static Table table(String kind, List<List<Cell>> rows) {
    return new Table(
        kind + "-reconstruction",
        String.format(
            Locale.ROOT, "Reconstruction similarity, %s, delta %.2f, omega %d", kind, DELTA, OMEGA),
        List.of(
            "encoded by",
            "decoded to",
            "IRP",
            "chance",
            "IRP, delta chosen",
            "auto",
            "kept anchors",
            "condition"),
        2,
        rows,
        List.of(
            "Mean cosine +- standard deviation over test samples; paper: .6 to .9 in all"
                + " cells. 'delta chosen': delta and omega chosen on the decoder's space"
                + " alone. 'auto': our default codec."));
  }

  private static void claim(IrpFindings found, String kind, double[][] cosines) {
    double lowest = flat(cosines).min().orElse(Double.NaN);
    double highest = flat(cosines).max().orElse(Double.NaN);
    found.claim(
        lowest >= PAPER_LOWEST,
        "%s: similarity is medium to high in every cell: %.2f to %.2f (paper %.1f to %.1f on"
            + " CIFAR-100)",
        kind,
        lowest,
        highest,
        PAPER_LOWEST,
        PAPER_HIGHEST);
  }

  private static DoubleStream flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream);
  }
}
