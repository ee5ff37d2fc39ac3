// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.zoo.internal.train.ClassifierRecipe.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageClassifiersTest {
  private static final int SIDE = 8;

  @TempDir Path cache;
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void free() {
    Thread.interrupted();
  }

  /** Noise with a bright half: above, below, left or right. */
  private record Halves(int kind, long seed) implements ImageSource {
    @Override
    public String name() {
      return "image " + seed;
    }

    @Override
    public RgbImage decode() {
      var random = new Random(seed * 0x9E3779B97F4A7C15L);
      byte[] pixels = new byte[3 * SIDE * SIDE];
      for (int i = 0; i < pixels.length; i++) {
        int x = i / 3 % SIDE;
        int y = i / 3 / SIDE;
        int along = kind < 2 ? y : x;
        boolean bright = kind % 2 == 0 ? along < SIDE / 2 : along >= SIDE / 2;
        pixels[i] = (byte) (random.nextInt(120) + (bright ? 90 : 0));
      }
      return RgbImage.wrap(SIDE, SIDE, pixels);
    }

    @Override
    public void addTo(Sha256 digest) {
      digest.add(kind).add(seed);
    }
  }

  private static PixelImages images(int count, int seed, boolean grey) {
    List<Sample<ImageSource>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new Sample<>("i" + i, new Halves(i % 4, seed + i), i % 4));
    }
    return PixelImages.decode("halves", samples, SIDE, grey, Progress.NONE);
  }

  private static ClassifierRecipe recipe(Network network, int anchors, int epochs) {
    return new ClassifierRecipe(network, 32, anchors, 1, 16, FitOptions.adam(epochs, 3e-3, 0));
  }

  private ClassifierResult run(ClassifierRecipe recipe, long seed) {
    var classifiers = ImageClassifiers.in(TrainedStore.in(cache, warnings::add), Progress.NONE);
    return classifiers.classify(
        "test", recipe, images(96, 1, false), images(40, 5000, false), 4, seed);
  }

  @ParameterizedTest
  @CsvSource({"CONV, 0", "CONV, 48", "MLP, 48"})
  void learns(Network network, int anchors) {
    ClassifierResult result = run(recipe(network, anchors, 8), 1);
    assertTrue(result.weightedF1() > 0.8, () -> "F1 " + result.weightedF1());
    assertTrue(result.accuracy() > 0.8, () -> "accuracy " + result.accuracy());
    assertEquals(40, result.latents().rows());
    assertEquals(32, result.latents().columns());
    assertEquals(8, result.run().history().size());
  }

  @Test
  void aTransformerIsTrainedToo() {
    var history = run(recipe(Network.VIT, 12, 2), 1).run().history();
    assertTrue(history.get(1).loss() < history.get(0).loss());
  }

  @Test
  void theSameSeedGivesTheSameAndIsKept() throws IOException {
    var recipe = recipe(Network.CONV, 8, 2);
    ClassifierResult first = run(recipe, 3);
    ClassifierResult kept = run(recipe, 3);
    assertFalse(first.run().cached());
    assertTrue(kept.run().cached());
    assertEquals(first.run().history(), kept.run().history());
    assertEquals(first.latents(), kept.latents());
    damageEverything();
    ClassifierResult again = run(recipe, 3);
    assertEquals(1, warnings.size(), warnings::toString);
    assertFalse(again.run().cached());
    assertEquals(first.latents(), again.latents());
    assertNotEquals(first.latents(), run(recipe, 4).latents());
    assertNotEquals(first.latents(), run(recipe.withRefresh(2), 3).latents());
  }

  private void damageEverything() throws IOException {
    try (var files = Files.walk(cache)) {
      for (Path file : files.filter(f -> f.toString().endsWith("network.safetensors")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 9] ^= 4;
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void anInterruptedTrainingGoesOn() {
    var recipe = recipe(Network.CONV, 8, 3).withRefresh(2);
    Thread.currentThread().interrupt();
    assertThrows(StitchException.class, () -> run(recipe, 3));
    assertTrue(Thread.interrupted());
    ClassifierResult resumed = run(recipe, 3);
    assertEquals(3, resumed.run().history().size());
    Path other = cache.resolve("other");
    var whole =
        ImageClassifiers.in(TrainedStore.in(other, warnings::add), Progress.NONE)
            .classify("test", recipe, images(96, 1, false), images(40, 5000, false), 4, 3);
    assertEquals(whole.latents(), resumed.latents());
    assertEquals(List.of(), warnings);
  }

  @Test
  void refusesWhatDoesNotFit() {
    var classifiers = ImageClassifiers.in(TrainedStore.in(cache, warnings::add), Progress.NONE);
    var recipe = recipe(Network.CONV, 0, 1);
    PixelImages colour = images(8, 1, false);
    assertThrows(
        StitchException.class,
        () -> classifiers.classify("t", recipe, colour, images(8, 1, true), 4, 1));
    assertThrows(
        StitchException.class, () -> classifiers.classify("t", recipe, colour, colour, 3, 1));
    assertThrows(
        StitchException.class,
        () -> classifiers.classify("t", recipe.withAnchors(9), colour, colour, 4, 1));
    assertThrows(StitchException.class, () -> recipe.withRefresh(0));
  }

  @Test
  void pixelsAreKeptAsTheyAre() {
    PixelImages colour = images(5, 1, false);
    byte[] expected = new Halves(2, 3).decode().pixels();
    assertArrayEquals(expected, colour.image(2).pixels());
    try (NDManager manager = TensorBridge.newManager()) {
      float[] batch = colour.batch(manager, new int[] {4, 2}).toFloatArray();
      // The green of the second image's pixel 7.
      assertEquals((expected[22] & 0xFF) / 255f, batch[3 * SIDE * SIDE + SIDE * SIDE + 7], 1e-7);
    }
    assertEquals(List.of("i4", "i2"), colour.select(new int[] {4, 2}).ids());
    assertArrayEquals(new int[] {0, 2}, colour.select(new int[] {4, 2}).labels());
    assertNotEquals(colour.sha256(), images(5, 2, false).sha256());
    PixelImages grey = images(5, 1, true);
    int luma =
        (19595 * (expected[0] & 0xFF)
                + 38470 * (expected[1] & 0xFF)
                + 7471 * (expected[2] & 0xFF)
                + 32768)
            >> 16;
    assertEquals(luma, grey.image(2).pixels()[0] & 0xFF);
    assertThrows(
        StitchException.class, () -> PixelImages.decode("x", List.of(), 0, false, Progress.NONE));
  }
}
