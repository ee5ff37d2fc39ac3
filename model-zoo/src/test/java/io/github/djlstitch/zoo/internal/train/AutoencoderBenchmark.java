// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe.Code;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time of a training step of the relative autoencoder: 128 images of 32 x 32 in colour, 500 anchors
 * encoded at each step; {@code docs/benchmarks/relae.py} takes PyTorch's. Not part of the tests:
 * run it with {@code -Pbench -Dtest=AutoencoderBenchmark}.
 */
class AutoencoderBenchmark {
  private static final int SIDE = 32;
  private static final int BATCH = 128;
  private static final int STEPS = Integer.getInteger("bench.steps", 60);
  private static final int WINDOWS = Integer.getInteger("bench.windows", 5);

  @TempDir Path cache;

  private record Noise(int seed) implements ImageSource {
    @Override
    public String name() {
      return "noise " + seed;
    }

    @Override
    public RgbImage decode() {
      byte[] pixels = new byte[3 * SIDE * SIDE];
      new Random(seed).nextBytes(pixels);
      return RgbImage.wrap(SIDE, SIDE, pixels);
    }

    @Override
    public void addTo(Sha256 digest) {
      digest.add(seed);
    }
  }

  @Test
  void relativeAutoencoder() {
    List<Sample<ImageSource>> noise =
        IntStream.range(0, STEPS * BATCH)
            .mapToObj(i -> new Sample<ImageSource>("i" + i, new Noise(i), 0))
            .toList();
    PixelImages images = PixelImages.decode("noise", noise, SIDE, false, Progress.NONE);
    PixelImages anchors = images.select(IntStream.range(0, 500).toArray());
    var recipe = AutoencoderRecipe.paper(Code.RELATIVE, false).trained(1, BATCH, 1, 1e-3);
    double[] millis = new double[WINDOWS + 1];
    for (int i = 0; i <= WINDOWS; i++) {
      var store = TrainedStore.in(cache.resolve("window" + i), warning -> {});
      try (var trained = Autoencoders.in(store, Progress.NONE).train(recipe, images, anchors, i)) {
        millis[i] = 1e3 * trained.training().seconds() / STEPS;
      }
    }
    double[] warm = Arrays.stream(millis).skip(1).sorted().toArray();
    System.out.printf(
        "RelAE step: median %.1f ms, best %.1f ms of %d windows of %d steps%n",
        warm[warm.length / 2], warm[0], WINDOWS, STEPS);
  }
}
