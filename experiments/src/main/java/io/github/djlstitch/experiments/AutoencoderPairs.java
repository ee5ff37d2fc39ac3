// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.ImageQuality;
import io.github.djlstitch.zoo.internal.train.Autoencoder;
import io.github.djlstitch.zoo.internal.train.PixelImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Reconstructions of the test images by every encoder with every decoder of one kind.
 *
 * @param pairs by encoder, then decoder, in the order of the seeds
 */
record AutoencoderPairs(List<List<Pair>> pairs) {
  private static final double THOUSAND = 1e3;

  /**
   * One encoder with one decoder.
   *
   * @param mse mean squared error of each test image, times 1000
   * @param psnr mean over the images
   * @param ssim mean over the images
   * @param shown reconstructions of the images in the report
   */
  record Pair(List<Double> mse, double psnr, double ssim, PixelImages shown) {
    double error() {
      return mse.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  static AutoencoderPairs of(List<Autoencoder> models, PixelImages test, PixelImages shown) {
    List<FloatMatrix> codes = models.stream().map(model -> model.encode(test)).toList();
    List<FloatMatrix> few = models.stream().map(model -> model.encode(shown)).toList();
    List<List<Pair>> pairs = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      List<Pair> row = new ArrayList<>();
      for (Autoencoder decoder : models) {
        row.add(pair(decoder, codes.get(i), test, shown.drawn(decoder.decode(few.get(i)))));
      }
      pairs.add(row);
    }
    return new AutoencoderPairs(pairs);
  }

  private static Pair pair(
      Autoencoder decoder, FloatMatrix codes, PixelImages test, PixelImages shown) {
    var quality = new ImageQuality(test.channels(), test.side(), test.side());
    FloatMatrix images = test.values();
    FloatMatrix drawn = decoder.decode(codes);
    double[] errors = quality.mse(images, drawn);
    return new Pair(
        Arrays.stream(errors).map(e -> THOUSAND * e).boxed().toList(),
        Arrays.stream(quality.psnr(images, drawn)).average().orElse(Double.NaN),
        Arrays.stream(quality.ssim(images, drawn)).average().orElse(Double.NaN),
        shown);
  }

  /** Pairs of one network with itself, or of different networks. */
  List<Pair> chosen(boolean stitched) {
    List<Pair> chosen = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = 0; j < pairs.size(); j++) {
        if ((i != j) == stitched) {
          chosen.add(pairs.get(i).get(j));
        }
      }
    }
    return chosen;
  }

  /** A number of each chosen pair. */
  DoubleStream each(boolean stitched, Function<Pair, Double> number) {
    return chosen(stitched).stream().mapToDouble(number::apply);
  }

  /** The mean error over chosen pairs. */
  double error(boolean stitched) {
    return each(stitched, Pair::error).average().orElse(Double.NaN);
  }

  /** The error of each test image, mean over chosen pairs. */
  double[] imageErrors(boolean stitched) {
    List<Pair> chosen = chosen(stitched);
    return IntStream.range(0, chosen.get(0).mse().size())
        .mapToDouble(
            i -> chosen.stream().mapToDouble(p -> p.mse().get(i)).average().orElse(Double.NaN))
        .toArray();
  }
}
