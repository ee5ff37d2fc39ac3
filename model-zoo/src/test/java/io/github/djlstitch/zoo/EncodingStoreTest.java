// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodingStoreTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 60;
  private static final List<Sample<String>> SAMPLES =
      List.of(new Sample<>("a", "hello", 0), new Sample<>("b", "you", 0));

  @TempDir Path folder;

  // As with another batch size: the same vectors up to the last bits.
  @Test
  void writersWhoseBitsDifferAllGetAWholeEncoding()
      throws InterruptedException, ExecutionException {
    var store = new EncodingStore(folder, warning -> {}, new CacheCounts());
    var pool = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<LatentSpace>> writers = new ArrayList<>();
        var origin = new Provenance("fake", "e", "data", "round " + round, "train", "test");
        for (int i = 0; i < WRITERS; i++) {
          var encoder = new Fake(1 + i * 1e-7f);
          writers.add(() -> store.get(origin, List.of(), SAMPLES, () -> encoder, Progress.NONE));
        }
        for (Future<LatentSpace> done : pool.invokeAll(writers)) {
          assertEquals(1, done.get().vectors().get(1, 0), 1e-5f);
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Encodes numbers as themselves, and dies before one of them. */
  private static final class Mortal implements Encoder<Integer> {
    private final int death;
    private final List<Integer> encoded = new ArrayList<>();

    Mortal(int death) {
      this.death = death;
    }

    @Override
    public String id() {
      return "mortal";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public String sha256() {
      return "m";
    }

    @Override
    public FloatMatrix encode(List<Integer> inputs) {
      if (inputs.contains(death)) {
        throw new IllegalStateException("killed");
      }
      encoded.addAll(inputs);
      float[] values = new float[2 * inputs.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = inputs.get(i / 2) + i % 2 / 2f;
      }
      return FloatMatrix.wrap(inputs.size(), 2, values);
    }

    @Override
    public void close() {}
  }

  private static LatentSpace encode(Path cache, int samples, String data, Mortal encoder) {
    List<Sample<Integer>> numbers =
        IntStream.range(0, samples).mapToObj(i -> new Sample<>("s" + i, i, 0)).toList();
    var store = new EncodingStore(cache, warning -> {}, new CacheCounts());
    var origin = new Provenance("mortal", "m", "numbers", data, "train", "test");
    return store.get(origin, List.of(), numbers, () -> encoder, Progress.NONE);
  }

  // Blocks of 512: the third is at work when it dies.
  @Test
  void anInterruptedEncodingGoesOnWhereItWas() throws IOException {
    var first = new Mortal(1100);
    assertThrows(IllegalStateException.class, () -> encode(folder, 1300, "d", first));
    assertEquals(1024, first.encoded.size());
    var second = new Mortal(-1);
    encode(folder, 1300, "d", second);
    assertEquals(IntStream.range(1024, 1300).boxed().toList(), second.encoded);
    assertSameFilesAsUninterrupted();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 40, 4128, 5000, 8255})
  void aBlockThatIsNotWholeIsEncodedAgain(int length) throws IOException {
    interrupt();
    try (FileChannel part = FileChannel.open(files(".part").get(0), StandardOpenOption.WRITE)) {
      part.truncate(length);
    }
    var second = new Mortal(-1);
    encode(folder, 1300, "d", second);
    assertEquals(length < 4128 ? 1300 : 788, second.encoded.size());
    assertSameFilesAsUninterrupted();
  }

  @Test
  void aDamagedBlockIsEncodedAgain() throws IOException {
    interrupt();
    Path part = files(".part").get(0);
    byte[] bytes = Files.readAllBytes(part);
    bytes[5000] ^= 1;
    Files.write(part, bytes);
    var second = new Mortal(-1);
    encode(folder, 1300, "d", second);
    assertEquals(788, second.encoded.size());
    assertSameFilesAsUninterrupted();
  }

  @Test
  void otherDataBeginAnew() {
    interrupt();
    var second = new Mortal(-1);
    encode(folder, 1300, "other", second);
    assertEquals(1300, second.encoded.size());
  }

  @Test
  void whoeverComesSecondEncodesAloneAndDisturbsNobody() throws IOException {
    interrupt();
    Path entry = Path.of(files(".part").get(0).toString().replace(".part", ""));
    try (EncodingPart held = EncodingPart.of(entry, 2).orElseThrow()) {
      assertTrue(CacheFolder.isInUse(files(".part").get(0)));
      var second = new Mortal(-1);
      encode(folder, 1300, "d", second);
      assertEquals(1300, second.encoded.size());
      assertEquals(512, held.next(512).orElseThrow().rows());
    }
    assertFalse(CacheFolder.isInUse(files(".part").get(0)));
  }

  private void interrupt() {
    assertThrows(IllegalStateException.class, () -> encode(folder, 1300, "d", new Mortal(1100)));
  }

  private void assertSameFilesAsUninterrupted() throws IOException {
    assertEquals(List.of(), files(".part"));
    Path other = folder.resolve("other");
    encode(other, 1300, "d", new Mortal(-1));
    for (Path file : files("")) {
      assertEquals(-1, Files.mismatch(file, other.resolve(file.getFileName())));
    }
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f) && f.toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  /** Encodes texts as their lengths, and notes these. */
  private record Lengths(List<Integer> seen) implements Encoder<String> {
    @Override
    public String id() {
      return "lengths";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public String sha256() {
      return "l";
    }

    @Override
    public FloatMatrix encode(List<String> inputs) {
      float[] values = new float[inputs.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = inputs.get(i).length();
        seen.add(inputs.get(i).length());
      }
      return FloatMatrix.wrap(values.length, 1, values);
    }

    @Override
    public void close() {}
  }

  @Test
  void textsAreEncodedLongestFirstAndKeptInTheirOwnOrder() {
    List<Sample<String>> texts =
        IntStream.range(0, 700)
            .mapToObj(i -> new Sample<>("s" + i, "x".repeat(1 + i * 37 % 700), 0))
            .toList();
    var encoder = new Lengths(new ArrayList<>());
    var store = new EncodingStore(folder, warning -> {}, new CacheCounts());
    var origin = new Provenance("lengths", "l", "texts", "d", "train", "test");
    LatentSpace space = store.get(origin, List.of(), texts, () -> encoder, Progress.NONE);
    assertEquals(IntStream.range(0, 700).map(i -> 700 - i).boxed().toList(), encoder.seen);
    for (int i = 0; i < 700; i++) {
      assertEquals(texts.get(i).input().length(), space.vectors().row(i)[0]);
    }
  }

  @Test
  void anEncoderThatGivesAnotherNumberOfVectorsIsRefused() {
    List<Sample<String>> three =
        Stream.of("a", "b", "c").map(text -> new Sample<>(text, text, 0)).toList();
    var store = new EncodingStore(folder, warning -> {}, new CacheCounts());
    var origin = new Provenance("fake", "e", "texts", "d", "train", "test");
    var refused =
        assertThrows(
            StitchException.class,
            () -> store.get(origin, List.of(), three, () -> new Fake(1), Progress.NONE));
    assertTrue(
        refused.getMessage().contains("gave 2 vectors of width 1 for 3 samples"),
        refused.getMessage());
  }

  private record Fake(float value) implements Encoder<String> {
    @Override
    public String id() {
      return "fake";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public String sha256() {
      return "e";
    }

    @Override
    public FloatMatrix encode(List<String> inputs) {
      return FloatMatrix.wrap(2, 1, new float[] {value, value});
    }

    @Override
    public void close() {}
  }
}
