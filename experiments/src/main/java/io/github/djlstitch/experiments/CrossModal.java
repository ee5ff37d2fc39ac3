// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Text encoders into image classifiers and back (Maiorca et al. 2024, cross-modal figure). */
final class CrossModal implements Experiment {
  private static final int ANCHORS = 400;

  @Override
  public Card card() {
    return new Card(
        "irp-figure-crossmodal",
        List.of(),
        "Text encoders into image classifiers and back",
        "Maiorca et al. 2024 (arXiv:2406.15057), figure of cross-modal stitching",
        "Pairs of an image and a text are the anchors. A linear head on each encoder's space; vectors"
            + " of each other encoder, of texts or images, are brought there by inverse relative"
            + " projection, and by our default codec.",
        "N24News (--dataset n24news:DIR). At hand: CIFAR-10 images with made-up captions that know"
            + " the class only, which is weaker",
        4);
  }

  /** An encoder's space and its kind of input. */
  private record Side(IrpSpace space, boolean images) {}

  @Override
  public Findings run(Lab lab) {
    List<String> images = lab.imageEncodersIfAny();
    List<String> texts = lab.textEncoders("minilm", "bge-small");
    if (images.isEmpty()) {
      throw StitchException.unavailable(
          "this needs an image encoder; fetch one with 'stitch zoo pull vit-base', or give"
              + " --encoder FOLDER");
    }
    LabelledData data = lab.data(lab.part(), "n24news", "cifar10");
    var found = new IrpFindings();
    List<EncodedDataset> encoded = new ArrayList<>();
    images.forEach(e -> encoded.add(lab.encode(e, data)));
    if (data.texts().isPresent()) {
      texts.forEach(e -> encoded.add(lab.encode(e, data)));
    } else {
      var captions = ClassCaptions.of(data.classes());
      EncodedDataset first = encoded.get(0);
      texts.forEach(e -> encoded.add(ClassCaptions.coupled(captions.encode(lab, e), first)));
      found.note(
          "The texts are captions made from the class: templates around WordNet's words for it, and"
              + " its gloss; test captions have other templates. Texts of a class differ in little,"
              + " so a text's own head is nearly perfect, and anchors are parallel by class only:"
              + " weaker than the paper's pairs, and its numbers cannot be compared.");
    }
    Anchors anchors = anchors(lab, encoded.get(0));
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      sides.add(new Side(IrpSpace.of(encoded.get(i), anchors), i < images.size()));
    }
    grid(lab, found, sides);
    return found.found();
  }

  private static Anchors anchors(Lab lab, EncodedDataset first) {
    int samples = first.train().ids().size();
    int count = lab.anchors(Math.min(ANCHORS, samples / 2));
    return AnchorSelector.UNIFORM.select(first.train(), count, lab.firstSeed());
  }

  private static void grid(Lab lab, IrpFindings found, List<Side> sides) {
    int size = sides.size();
    double[][] irp = new double[size][size];
    double[][] auto = new double[size][size];
    long seed = lab.firstSeed();
    HeadOptions how = PlainHead.linear();
    for (int j = 0; j < size; j++) {
      IrpSpace target = sides.get(j).space();
      Decoder head = target.head(lab.zoo().heads(how), how.head(), seed);
      Subspaces kept = target.prune(seed);
      SpaceCodec codec = target.irp(kept);
      for (int i = 0; i < size; i++) {
        IrpSpace source = sides.get(i).space();
        boolean own = i == j;
        irp[i][j] = target.accuracy(head, own ? target.own() : codec.fromRelative(source.codes()));
        auto[i][j] = own ? irp[i][j] : target.accuracy(head, target.byAutomaticCodec(source));
      }
      lab.progress().at("stitch", j + 1L, size);
    }
    report(found, sides, irp, auto);
  }

  private static void report(IrpFindings found, List<Side> sides, double[][] irp, double[][] auto) {
    List<String> names = sides.stream().map(s -> s.space().name()).toList();
    String caption =
        "Accuracy when the row's encoder encodes and the column's classifier decodes; the diagonal"
            + " is each classifier with its own encoder.";
    found.add(IrpFindings.square("crossmodal-irp", "IRP", caption, "accuracy", names, irp));
    found.add(
        IrpFindings.square("crossmodal-auto", "Default codec", caption, "accuracy", names, auto));
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(line("image to image", sides, irp, auto, kind -> kind == 0));
    rows.add(line("text to text", sides, irp, auto, kind -> kind == 3));
    rows.add(line("image to text", sides, irp, auto, kind -> kind == 1));
    rows.add(line("text to image", sides, irp, auto, kind -> kind == 2));
    found.add(
        Table.of(
                "crossmodal",
                "Accuracy of stitched pairs, mean +- std over pairs",
                List.of("from encoder to classifier", "pairs", "IRP", "auto", "chance"),
                rows)
            .withNotes(
                "IRP with delta and omega chosen on the classifier's space alone. The paper draws"
                    + " a heat map and gives no numbers in its text."));
    double chance = sides.get(0).space().chance();
    double toText = mean(sides, irp, kind -> kind == 1);
    double toImage = mean(sides, irp, kind -> kind == 2);
    found.claim(
        Math.min(toText, toImage) > 2 * chance,
        "stitching works across modalities: images to text classifiers %.2f, texts to image"
            + " classifiers %.2f, chance %.2f",
        toText,
        toImage,
        chance);
    found.claim(
        toImage > toText,
        "language encoders are the better sources across modalities, as in the paper (texts to"
            + " image classifiers %.2f, images to text classifiers %.2f)",
        toImage,
        toText);
  }

  private static List<Cell> line(
      String name, List<Side> sides, double[][] irp, double[][] auto, IntPredicate kind) {
    double[] found = values(sides, irp, kind);
    return IrpFindings.row(
        name,
        Cell.count(found.length),
        Cell.of(Spread.of(found)),
        Cell.of(Spread.of(values(sides, auto, kind))),
        Cell.number(sides.get(0).space().chance()));
  }

  private static double mean(List<Side> sides, double[][] values, IntPredicate kind) {
    return Spread.of(values(sides, values, kind)).mean();
  }

  // Kinds: 0 image to image, 1 image to text, 2 text to image, 3 text to text.
  private static double[] values(List<Side> sides, double[][] values, IntPredicate kind) {
    List<Double> found = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      for (int j = 0; j < sides.size(); j++) {
        int pair = (sides.get(i).images() ? 0 : 2) + (sides.get(j).images() ? 0 : 1);
        if (i != j && kind.test(pair)) {
          found.add(values[i][j]);
        }
      }
    }
    return found.stream().mapToDouble(v -> v).toArray();
  }
}
