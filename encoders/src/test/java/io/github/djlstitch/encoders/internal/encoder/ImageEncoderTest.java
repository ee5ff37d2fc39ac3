// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.translate.TranslateException;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
  private static final ImagePreprocessing PREPROCESSING = ImagePreprocessing.timmDefault(4, 5);

  private final List<ImageSource> images = random(41);

  private record Given(String name, Supplier<RgbImage> image) implements ImageSource {
    @Override
    public RgbImage decode() {
      return image.get();
    }

    @Override
    public void addTo(Sha256 digest) {
      digest.add(name);
    }
  }

  private static List<ImageSource> random(int count) {
    List<ImageSource> images = new ArrayList<>();
    var random = new Random(3);
    for (int i = 0; i < count; i++) {
      int width = 1 + random.nextInt(30);
      int height = 1 + random.nextInt(30);
      byte[] pixels = new byte[3 * width * height];
      random.nextBytes(pixels);
      images.add(new Given("image " + i, () -> RgbImage.wrap(width, height, pixels)));
    }
    return images;
  }

  private static ImageSource bad(String name, RuntimeException failure) {
    return new Given(
        name,
        () -> {
          throw failure;
        });
  }

  private static FrozenImageEncoder open(int batch, UnaryOperator<NDList> change) {
    return FrozenImageEncoder.open(
        new FrozenImageEncoder.Identity("fake", "abc"),
        PREPROCESSING,
        manager -> new FakeNetwork(change),
        Device.cpu(),
        batch);
  }

  private static FrozenImageEncoder open(int batch) {
    return open(batch, UnaryOperator.identity());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 41, 64})
  void everyImageGivesItsOwnRow(int batch) {
    try (FrozenImageEncoder encoder = open(batch)) {
      for (int round = 0; round < 3; round++) { // the second one reuses buffers
        assertMeans(encoder.encode(images));
      }
      assertEquals(0, encoder.encode(List.of()).rows());
      assertEquals("fake", encoder.id());
      assertEquals("abc", encoder.sha256());
      assertEquals(3, encoder.dimension());
      assertSame(PREPROCESSING, encoder.preprocessing());
    }
  }

  private void assertMeans(FloatMatrix vectors) {
    assertEquals(images.size(), vectors.rows());
    for (int i = 0; i < images.size(); i++) {
      float[] values = PREPROCESSING.apply(images.get(i).decode());
      float[] means = new float[3];
      for (int j = 0; j < values.length; j++) {
        means[j / 20] += values[j] / 20;
      }
      assertArrayEquals(means, vectors.row(i), 1e-6f);
    }
  }

  @Test
  void callersMayShareIt() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    try (FrozenImageEncoder encoder = open(5)) {
      Callable<FloatMatrix> call = () -> encoder.encode(images);
      for (Future<FloatMatrix> result : pool.invokeAll(Collections.nCopies(12, call))) {
        assertMeans(result.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theFirstBadImageIsNamed() {
    List<ImageSource> some = new ArrayList<>(images);
    StitchException failure = StitchException.badInput("image 'x' is damaged");
    some.set(17, bad("x", failure));
    some.set(30, bad("y", StitchException.badInput("image 'y' is damaged")));
    try (FrozenImageEncoder encoder = open(4)) {
      assertSame(failure, assertThrows(StitchException.class, () -> encoder.encode(some)));
      assertMeans(encoder.encode(images)); // it goes on with others
      some.set(17, bad("x", new IllegalStateException("a bug")));
      assertThrows(IllegalStateException.class, () -> encoder.encode(some));
    }
  }

  @Test
  void imagesThatCannotBeResizedAreNamed() {
    byte[] line = new byte[3 << 20];
    List<ImageSource> thin = List.of(new Given("thin", () -> RgbImage.wrap(1 << 20, 1, line)));
    var huge = PREPROCESSING.withSize(4096, 4096);
    assertThrows(StitchException.class, () -> huge.apply(thin.get(0).decode()));
    try (var pipeline = new ImagePipeline(huge, 1)) {
      var e =
          assertThrows(StitchException.class, () -> pipeline.run(thin, (from, size, pixels) -> {}));
      assertTrue(e.getMessage().startsWith("image 'thin': its sides"), e.getMessage());
    }
  }

  @Test
  void itLooksAheadButNotFar() {
    int cores = Runtime.getRuntime().availableProcessors();
    AtomicInteger decoded = new AtomicInteger();
    AtomicInteger consumed = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RgbImage dot = RgbImage.wrap(1, 1, new byte[3]);
    ImageSource counted =
        new Given(
            "counted",
            () -> {
              most.accumulateAndGet(decoded.incrementAndGet() - consumed.get(), Math::max);
              return dot;
            });
    try (var pipeline = new ImagePipeline(PREPROCESSING, 2)) {
      pipeline.run(
          Collections.nCopies(200, counted),
          (from, size, pixels) -> {
            assertEquals(consumed.get(), from);
            assertEquals(2 * 3 * 4 * 5 * Float.BYTES, pixels.remaining());
            consumed.addAndGet(size);
          });
    }
    assertEquals(200, consumed.get());
    assertTrue(most.get() <= 2 * (1 + (cores + 1) / 2) + 2, "ahead by " + most.get());
  }

  @Test
  void interruptingStopsIt() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RgbImage dot = RgbImage.wrap(1, 1, new byte[3]);
    ImageSource slow =
        new Given(
            "slow",
            () -> {
              started.countDown();
              try {
                assertTrue(release.await(20, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return dot;
            });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (FrozenImageEncoder encoder = open(2)) {
      Thread caller = new Thread(() -> encoder.encode(Collections.nCopies(100, slow)));
      caller.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
      caller.start();
      started.await();
      caller.interrupt();
      caller.join(TimeUnit.SECONDS.toMillis(20));
      assertFalse(caller.isAlive());
      release.countDown();
      assertMeans(encoder.encode(images));
    }
    assertTrue(thrown.get() instanceof StitchException e && e.getMessage().contains("interrupted"));
  }

  @Test
  void anInterruptBetweenBatchesIsSeen() {
    try (FrozenImageEncoder encoder = open(1)) {
      Thread.currentThread().interrupt();
      assertThrows(StitchException.class, () -> encoder.encode(images));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void noThreadOutlivesIt() {
    long before = workers();
    FrozenImageEncoder encoder = open(8);
    encoder.encode(images);
    assertTrue(workers() > before);
    encoder.close();
    encoder.close();
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> awaitWorkers(before));
    assertThrows(RuntimeException.class, () -> encoder.encode(images));
  }

  // A thread that has done its last work is still there for a moment.
  private static void awaitWorkers(long wanted) throws InterruptedException {
    while (workers() > wanted) {
      Thread.sleep(1);
    }
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("stitch-images"))
        .count();
  }

  @Test
  void vectorsThatAreNotFiniteNameTheImage() {
    List<ImageSource> some = new ArrayList<>(images);
    some.set(6, new Given("white", () -> RgbImage.wrap(1, 1, new byte[] {-1, -1, -1})));
    UnaryOperator<NDList> root = list -> new NDList(list.head().sub(2.2).sqrt()); // NaN below 2.2
    try (FrozenImageEncoder encoder = open(3, root)) {
      var e = assertThrows(StitchException.class, () -> encoder.encode(some.subList(6, 8)));
      assertTrue(e.getMessage().contains("NaN for image 'image 7' (batch 0)"), e.getMessage());
    }
  }

  @Test
  void sizesThatDoNotMatchAreRefused() {
    var identity = new FrozenImageEncoder.Identity("fake", "abc");
    var other = PREPROCESSING.withSize(5, 4);
    var e =
        assertThrows(
            StitchException.class,
            () ->
                FrozenImageEncoder.open(
                    identity,
                    other,
                    manager -> new FakeNetwork(UnaryOperator.identity()),
                    Device.cpu(),
                    1));
    assertTrue(e.getMessage().contains("reads images of 4 x 5"), e.getMessage());
    assertTrue(e.getMessage().contains("makes them 5 x 4"), e.getMessage());
    var none = assertThrows(StitchException.class, () -> open(0));
    assertTrue(none.getMessage().contains("at least 1 image"), none.getMessage());
    var most = assertThrows(StitchException.class, () -> open(Integer.MAX_VALUE));
    assertTrue(most.getMessage().contains("use a smaller one"), most.getMessage());
  }

  @Test
  void translatesForOtherModels() throws TranslateException {
    List<String> classes = List.of("red", "green", "blue");
    ImageSource blue = new Given("blue", () -> RgbImage.wrap(1, 1, new byte[] {0, 0, -1}));
    try (FrozenImageEncoder encoder = open(1);
        Model model = Model.newInstance("classifier", "PyTorch")) {
      model.setBlock(encoder.block());
      try (Predictor<ImageSource, Classifications> predictor =
          model.newPredictor(encoder.translator(classes))) {
        assertEquals("blue", predictor.predict(blue).best().getClassName());
      }
    }
  }
}
