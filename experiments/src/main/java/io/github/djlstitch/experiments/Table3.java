// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.internal.train.Autoencoder;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe.Code;
import io.github.djlstitch.zoo.internal.train.PixelImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Autoencoders of different seeds stitched, with absolute and relative codes; and figure 4. */
final class Table3 implements Experiment {
  private static final int ANCHORS = 500;
  private static final int SEEDS_IN_PAPER = 5;
  private static final double TENFOLD = 10;

  /**
   * A kind of autoencoder with the paper's errors.
   *
   * @param images of the training set, by default
   * @param epochs by default
   * @param seeds by default
   * @param own the paper's error of a network with itself, mean of its four data sets
   * @param stitched of an encoder with another's decoder
   * @param std its standard deviation; negative where the paper gives none
   */
  private record Variant(
      Code code,
      boolean variational,
      int images,
      int epochs,
      int seeds,
      double own,
      double stitched,
      double std) {
    AutoencoderRecipe recipe(boolean full) {
      var paper = AutoencoderRecipe.paper(code, variational);
      return full ? paper : paper.trained(epochs, 32, 8, 3e-3);
    }

    Cell paperStitched() {
      return (std < 0 ? Cell.number(stitched) : Cell.paper(stitched, std)).withDigits(2);
    }
  }

  // Moschella et al. 2023, table 3: means over MNIST, Fashion-MNIST, CIFAR-10 and CIFAR-100.
  private static final List<Variant> VARIANTS =
      List.of(
          new Variant(Code.ABSOLUTE, false, 50_000, 6, 2, 1.58, 100.56, -1),
          new Variant(Code.RELATIVE, false, 50_000, 6, 2, 2.78, 8.16, 3.53),
          new Variant(Code.ABSOLUTE, true, 15_000, 2, 2, 2.84, 91.27, -1),
          new Variant(Code.RELATIVE, true, 15_000, 2, 2, 5.22, 14.97, 6.37));

  private record Result(Variant variant, AutoencoderPairs pairs) {}

  @Override
  public Card card() {
    return new Card(
        "table3",
        List.of("figure4"),
        "Autoencoders stitched across seeds",
        "Moschella et al. 2023, table 3 and figure 4, section 5.2",
        "Convolutional AEs and VAEs are trained from several seeds. Every encoder's code is given"
            + " to every decoder: absolute latents of 500 numbers, or cosines with 500 training"
            + " images, equally many of each class, that the encoder encodes itself. The error is"
            + " the mean squared error of test images in [0, 1], times 1000.",
        "MNIST, Fashion-MNIST, CIFAR-10, CIFAR-100; here CIFAR-10, or --dataset",
        14);
  }

  @Override
  public Findings run(Lab lab) {
    VARIANTS.forEach(
        variant -> lab.severalSeeds(variant.seeds(), SEEDS_IN_PAPER)); // before slow work
    var study = ImageStudy.of(lab, lab.part(50_000, 2_000), "cifar10", "cifar100", "mnist");
    PixelImages shown = ImageStudy.perClass(study.test(), 1);
    List<Result> results = new ArrayList<>();
    for (Variant variant : VARIANTS) {
      results.add(new Result(variant, pairs(lab, study, variant, shown)));
    }
    return new Findings(
        claims(results), List.of(table(study, results)), figures(study, shown, results), notes());
  }

  private static AutoencoderPairs pairs(
      Lab lab, ImageStudy study, Variant variant, PixelImages shown) {
    long[] seeds = lab.severalSeeds(variant.seeds(), SEEDS_IN_PAPER);
    PixelImages images = lab.full() ? study.train() : study.part(variant.images());
    AutoencoderRecipe recipe = variant.recipe(lab.full());
    List<Autoencoder> models = new ArrayList<>();
    try {
      for (long seed : seeds) {
        models.add(study.train(lab, recipe, images, lab.anchors(ANCHORS), seed));
      }
      var pairs = AutoencoderPairs.of(models, study.test(), shown);
      lab.say(
          String.format(
              Locale.ROOT,
              "%s: error %.2f, stitched %.2f",
              recipe.name(),
              pairs.error(false),
              pairs.error(true)));
      return pairs;
    } finally {
      models.forEach(Autoencoder::close);
    }
  }

  private static List<Claim> claims(List<Result> results) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < results.size(); i += 2) {
      double absolute = results.get(i).pairs().error(true);
      double relative = results.get(i + 1).pairs().error(true);
      boolean variational = results.get(i).variant().variational();
      double factor = variational ? 1 : TENFOLD;
      String wanted = variational ? "smaller than" : "at least 10 times smaller than";
      claims.add(
          new Claim(
              String.format(
                  Locale.ROOT,
                  "The stitching error of relative %s is %s that of absolute ones: %.2f and %.2f,"
                      + " %.1f times",
                  variational ? "VAEs" : "AEs",
                  wanted,
                  relative,
                  absolute,
                  absolute / relative),
              relative * factor <= absolute));
    }
    return claims;
  }

  private static Table table(ImageStudy study, List<Result> results) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Result result : results) {
      Variant variant = result.variant();
      AutoencoderPairs pairs = result.pairs();
      rows.add(
          List.of(
              Cell.text(variant.variational() ? "VAE" : "AE"),
              Cell.text(variant.code().id()),
              error(pairs, false),
              error(pairs, true),
              Cell.of(pairs.each(false, AutoencoderPairs.Pair::psnr)).withDigits(1),
              Cell.of(pairs.each(true, AutoencoderPairs.Pair::psnr)).withDigits(1),
              Cell.of(pairs.each(false, AutoencoderPairs.Pair::ssim)),
              Cell.of(pairs.each(true, AutoencoderPairs.Pair::ssim)),
              Cell.number(variant.own()).withDigits(2),
              variant.paperStitched()));
    }
    var columns =
        List.of(
            "model",
            "code",
            "own",
            "stitched",
            "PSNR own",
            "PSNR stitched",
            "SSIM own",
            "SSIM stitched",
            "paper own",
            "paper stitched");
    return Table.of("table3", "Reconstruction of " + study.name() + ", MSE x 1000", columns, rows)
        .withLabels(2)
        .withNotes(
            "own: mean and sample standard deviation over seeds; stitched: over ordered pairs of"
                + " different seeds; intervals: bootstrap over test images",
            "the paper's are means over its four data sets");
  }

  private static Cell error(AutoencoderPairs pairs, boolean stitched) {
    var interval = Resampling.DEFAULT.ofMean(pairs.imageErrors(stitched));
    return Cell.of(pairs.each(stitched, AutoencoderPairs.Pair::error))
        .within(interval.low(), interval.high())
        .withDigits(2);
  }

  private static List<Figure> figures(ImageStudy study, PixelImages shown, List<Result> results) {
    List<Figure> figures = new ArrayList<>();
    figures.add(pictures(study, shown, results));
    for (Result result : results) {
      figures.add(map(result));
    }
    return figures;
  }

  private static Figure pictures(ImageStudy study, PixelImages shown, List<Result> results) {
    List<String> names = new ArrayList<>(List.of("original"));
    List<List<RgbImage>> rows = new ArrayList<>(List.of(row(shown)));
    for (Result result : results) {
      String name = result.variant().recipe(false).name();
      names.add(name);
      rows.add(row(result.pairs().pairs().get(0).get(0).shown()));
      names.add(name + ", stitched");
      rows.add(row(result.pairs().pairs().get(0).get(1).shown()));
    }
    List<String> columns =
        Arrays.stream(shown.labels()).mapToObj(label -> study.classes().get(label)).toList();
    return new Figure.Pictures(
        "figure4",
        "Test images, reconstructed and stitched",
        "The first test image of each class. Stitched: encoded by the first seed's network, drawn"
            + " by the second's.",
        names,
        columns,
        rows);
  }

  private static List<RgbImage> row(PixelImages images) {
    return IntStream.range(0, images.count()).mapToObj(images::image).toList();
  }

  private static Figure map(Result result) {
    String name = result.variant().recipe(false).name();
    List<String> seeds =
        IntStream.range(0, result.pairs().pairs().size()).mapToObj(i -> "seed " + i).toList();
    List<List<OptionalDouble>> values = new ArrayList<>();
    for (List<AutoencoderPairs.Pair> row : result.pairs().pairs()) {
      values.add(row.stream().map(pair -> OptionalDouble.of(pair.error())).toList());
    }
    return new Figure.HeatMap(
        "table3-" + name.replace(' ', '-').toLowerCase(Locale.ROOT),
        name + ": error of every encoder with every decoder",
        "MSE x 1000 on test images; the diagonal is not stitched.",
        "encoder",
        "decoder",
        seeds,
        seeds,
        values,
        2,
        "MSE x 1000");
  }

  private static List<String> notes() {
    return List.of(
        "by default the training is short: AEs see 50,000 images 6 times, VAEs 15,000 twice, in"
            + " batches of 32, one cycle of the learning rate up to .003, anchors encoded again at"
            + " every 8th step; --full is the paper's: 60 epochs, batches of 128, rate .001,"
            + " anchors at every step, 5 seeds",
        "as in the official code the relative encoder's latents are its flattened features (1024),"
            + " an absolute AE has one linear layer with GELU more, to 500; a relative VAE's mean and variance"
            + " are read from the relative vector, by the decoder's side",
        "the absolute VAE has a squared error and .025 of the divergence, all others a calibrated"
            + " Gaussian error");
  }
}
