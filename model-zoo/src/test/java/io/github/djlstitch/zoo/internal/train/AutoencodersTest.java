// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.measure.ImageQuality;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AutoencodersTest {
  private static final int SIDE = 14; // halved to 7, 4, 2, 1: odd sides too
  private static final PixelImages IMAGES = images(96, SIDE);
  private static final PixelImages ANCHORS =
      IMAGES.select(IntStream.range(0, 24).map(i -> 4 * i).toArray());

  @TempDir Path cache;
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void free() {
    Thread.interrupted();
  }

  /** A smooth pattern of three numbers. */
  private record Wave(int number, int side) implements ImageSource {
    @Override
    public String name() {
      return "wave " + number;
    }

    @Override
    public RgbImage decode() {
      byte[] pixels = new byte[3 * side * side];
      for (int i = 0; i < pixels.length; i++) {
        int column = i / 3 % side;
        int row = i / 3 / side;
        double angle = 0.1 * (number % 7) * column + 0.15 * (number % 5) * row;
        pixels[i] = (byte) Math.round(127 + 100 * Math.sin(angle + number % 11));
      }
      return RgbImage.wrap(side, side, pixels);
    }

    @Override
    public void addTo(Sha256 digest) {
      digest.add(number).add(side);
    }
  }

  private static PixelImages images(int count, int side) {
    List<Sample<ImageSource>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new Sample<>("i" + i, new Wave(i, side), i % 4));
    }
    return PixelImages.decode("waves", samples, side, true, Progress.NONE);
  }

  private static AutoencoderRecipe recipe(Code code, boolean variational, int epochs) {
    return AutoencoderRecipe.paper(code, variational).withSize(24).trained(epochs, 16, 2, 3e-3);
  }

  private Autoencoder train(AutoencoderRecipe recipe, long seed, String place) {
    var store = TrainedStore.in(cache.resolve(place), warnings::add);
    return Autoencoders.in(store, Progress.NONE).train(recipe, IMAGES, ANCHORS, seed);
  }

  private static double error(FloatMatrix reconstructions) {
    double[] errors = new ImageQuality(1, SIDE, SIDE).mse(IMAGES.values(), reconstructions);
    return Arrays.stream(errors).average().orElseThrow();
  }

  @Test
  void relativeCodesAreReadByEveryDecoderAbsoluteOnesAreNot() {
    try (var a = train(recipe(Code.ABSOLUTE, false, 12), 0, "c");
        var b = train(recipe(Code.ABSOLUTE, false, 12), 1, "c");
        var c = train(recipe(Code.RELATIVE, false, 12), 0, "c");
        var d = train(recipe(Code.RELATIVE, false, 12), 1, "c")) {
      double own = error(c.decode(c.encode(IMAGES)));
      double absolute = error(b.decode(a.encode(IMAGES)));
      double relative = error(d.decode(c.encode(IMAGES)));
      assertTrue(own < 0.03, "own " + own);
      assertTrue(relative < absolute / 2, relative + " against " + absolute);
      assertEquals(ANCHORS.count(), c.encode(IMAGES).columns());
      assertEquals(256, c.latents(IMAGES).columns());
      assertEquals(24, a.latents(IMAGES).columns());
    }
  }

  @Test
  void variationalOnesLearnTooAndAreReadAgain() {
    for (Code code : Code.values()) {
      FloatMatrix first;
      try (var vae = train(recipe(code, true, 10), 3, "c")) {
        assertFalse(vae.training().cached());
        first = vae.decode(vae.encode(IMAGES));
        var history = vae.training().history();
        assertTrue(history.get(9).loss() < history.get(0).loss(), code.id());
      }
      try (var kept = train(recipe(code, true, 10), 3, "c")) {
        assertTrue(kept.training().cached());
        assertEquals(first, kept.decode(kept.encode(IMAGES)));
      }
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void interruptedTrainingGoesOnToTheSameNumbers() {
    var recipe = recipe(Code.RELATIVE, true, 4);
    FloatMatrix whole;
    try (var straight = train(recipe, 5, "straight")) {
      whole = straight.decode(straight.encode(IMAGES));
    }
    Thread.currentThread().interrupt();
    assertThrows(StitchException.class, () -> train(recipe, 5, "broken").close());
    Thread.interrupted();
    try (var resumed = train(recipe, 5, "broken")) {
      assertEquals(whole, resumed.decode(resumed.encode(IMAGES)));
      assertEquals(4, resumed.training().history().size());
    }
  }

  @Test
  void drawnImagesAreTheOnesTheyCameFrom() {
    PixelImages again = IMAGES.drawn(IMAGES.values());
    assertArrayEquals(IMAGES.image(5).pixels(), again.image(5).pixels());
  }

  @Test
  void otherSizesAreRefused() {
    var recipe = recipe(Code.RELATIVE, false, 1);
    var store = TrainedStore.in(cache, warnings::add);
    var autoencoders = Autoencoders.in(store, Progress.NONE);
    assertThrows(
        StitchException.class, () -> autoencoders.train(recipe, IMAGES, images(8, 7), 0).close());
    try (var trained = train(recipe, 0, "c")) {
      assertThrows(StitchException.class, () -> trained.encode(images(8, 7)));
      assertThrows(StitchException.class, () -> trained.decode(FloatMatrix.of(1, 2, 0, 0)));
    }
    assertThrows(StitchException.class, () -> recipe(Code.ABSOLUTE, false, 0));
  }
}
