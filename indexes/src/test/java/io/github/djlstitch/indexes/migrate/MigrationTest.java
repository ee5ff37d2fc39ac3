// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.IndexFormat;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.VectorSink;
import io.github.djlstitch.indexes.VectorSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that go well, and those that end anywhere: nothing is lost, nothing mixed. */
final class MigrationTest {
  private static final int WIDTH = 8;
  private static final int ROWS = 3 * Migration.BLOCK + 100;
  private static final int PART = Migration.BLOCK;
  private static final IndexColumns COLUMNS = IndexColumns.usual();

  @TempDir Path folder;
  private Path old;
  private VectorBridge bridge;
  private VectorPopulation population;

  private static FloatMatrix vectors(int rows, long seed) {
    var random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + (i % WIDTH == 0 ? 3 : 0));
    }
    return FloatMatrix.wrap(rows, WIDTH, values);
  }

  @BeforeEach
  void makeIndexAndPlan() {
    old = folder.resolve("old.fbin");
    write(IndexFormat.FBIN, old, vectors(ROWS, 1));
    FloatMatrix sample = vectors(200, 2);
    bridge = BridgeMethod.PROCRUSTES.fit(sample, vectors(200, 3));
    population = VectorPopulation.of(vectors(1000, 4));
  }

  private static void write(IndexFormat format, Path file, FloatMatrix rows) {
    Path parts = file.resolveSibling(file.getFileName() + ".parts");
    try {
      Files.createDirectories(parts);
      try (VectorSink sink =
          format.create(parts, "x", rows.columns(), format.keepsIds(), COLUMNS)) {
        List<String> ids = IntStream.range(0, rows.rows()).mapToObj(i -> "id-" + i).toList();
        sink.append(
            new RowBlock(0, rows, format.keepsIds() ? ids : List.of(), List.of(), List.of()));
        sink.endPart();
        Files.move(sink.finish(), file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Migration migration(VectorSource source) {
    return new Migration(
        source,
        COLUMNS,
        bridge,
        Optional.of(population),
        SpaceId.named("old"),
        SpaceId.named("new"),
        "0123456789abcdef",
        PART);
  }

  private MigrationManifest migrate(IndexAddress target, boolean resume, Progress progress) {
    try (VectorSource source = IndexFormat.FBIN.open(old, COLUMNS)) {
      Migration migration = migration(source);
      return resume ? migration.resume(target, progress) : migration.create(target, progress);
    }
  }

  private IndexAddress target(String name) {
    return new IndexAddress(IndexFormat.FBIN, folder.resolve(name));
  }

  private static FloatMatrix read(IndexAddress address) {
    try (VectorSource source = address.format().open(address.path(), COLUMNS)) {
      return IndexRows.of(source).first(Integer.MAX_VALUE);
    }
  }

  @Test
  void everyRowIsCarriedOver() {
    MigrationManifest done = migrate(target("new.fbin"), false, Progress.NONE);

    FloatMatrix found = read(target("new.fbin"));
    assertEquals(ROWS, found.rows());
    assertEquals(ROWS, done.rows());
    assertEquals(4, done.parts().size());
    assertArrayEquals(bridge.apply(vectors(ROWS, 1)).toArray(), found.toArray(), 1e-6f);
    assertEquals(done, MigrationManifest.read(folder.resolve("new.fbin.migration.json")));
    assertFalse(Files.exists(folder.resolve("new.fbin.stitch-migration")));
  }

  @ParameterizedTest
  @EnumSource(
      value = IndexFormat.class,
      names = {"NPY", "FBIN", "FVECS", "SAFETENSORS"})
  void theSameBytesTwiceAndAfterAnyInterruption(IndexFormat format) throws IOException {
    IndexAddress whole = new IndexAddress(format, folder.resolve("whole"));
    migrate(whole, false, Progress.NONE);
    byte[] expected = Files.readAllBytes(whole.path());

    for (int stop = 1; stop <= 4; stop++) {
      IndexAddress target = new IndexAddress(format, folder.resolve("stopped-" + stop));
      interruptAt(target, stop);
      assertFalse(Files.exists(target.path()), "not there before it is whole");
      scribble(folder.resolve("stopped-" + stop + ".stitch-migration").resolve("data"), stop);
      migrate(target, true, Progress.NONE);
      assertArrayEquals(expected, Files.readAllBytes(target.path()), format + " at " + stop);
    }
  }

  private void interruptAt(IndexAddress target, int stop) {
    var blocks = new AtomicInteger();
    Progress fails =
        (task, done, total) -> {
          if (blocks.incrementAndGet() == stop) {
            throw new IllegalStateException("killed");
          }
        };
    assertThrows(IllegalStateException.class, () -> migrate(target, false, fails));
  }

  /** Leaves more bytes at the ends of files than finished parts have, as a torn write does. */
  private static void scribble(Path data, int seed) throws IOException {
    if (!Files.isDirectory(data)) {
      return;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] torn = new byte[17 * seed];
        Arrays.fill(torn, (byte) 0x5a);
        Files.write(file, torn, StandardOpenOption.APPEND);
      }
    }
  }

  @Test
  void interruptedAnywhereAtTheEndItIsWholeOnce() throws IOException {
    IndexAddress whole = target("whole");
    MigrationManifest done = migrate(whole, false, Progress.NONE);
    // Killed after the index was moved to its place, before its manifest was.
    Path under = folder.resolve("whole.stitch-migration");
    Files.createDirectories(under.resolve("data"));
    var json = done.json();
    json.addProperty("finished", "data/whole");
    Files.writeString(under.resolve("manifest.json"), json.toString());
    Files.delete(MigrationManifest.beside(whole.path()));

    assertEquals(done, migrate(whole, true, Progress.NONE));

    assertTrue(Files.exists(MigrationManifest.beside(whole.path())));
    assertFalse(Files.exists(under));
    // Not for another migration, whose index it is not.
    Files.createDirectories(under);
    Files.writeString(
        under.resolve("manifest.json"), json.toString().replace("0123456789abcdef", "fedc"));
    StitchException other =
        assertThrows(StitchException.class, () -> migrate(whole, true, Progress.NONE));
    assertTrue(other.getMessage().contains("holds another migration"), other.getMessage());
    Files.delete(under.resolve("manifest.json"));
    Files.delete(under.resolve("lock"));
    Files.delete(under.resolve("data"));
    Files.delete(under);
    // And once more: nothing is left to do.
    assertEquals(done, migrate(whole, true, Progress.NONE));
  }

  @Test
  void anotherIndexIsNeverWrittenInto() throws IOException {
    IndexAddress target = target("new.fbin");
    Files.writeString(target.path(), "mine");

    StitchException refused =
        assertThrows(StitchException.class, () -> migrate(target, false, Progress.NONE));
    assertTrue(refused.getMessage().contains("is there already"), refused.getMessage());
    assertThrows(StitchException.class, () -> migrate(target, true, Progress.NONE));
    assertEquals("mine", Files.readString(target.path()));
    StitchException itself =
        assertThrows(
            StitchException.class,
            () -> migrate(new IndexAddress(IndexFormat.FBIN, old), false, Progress.NONE));
    assertTrue(itself.getMessage().contains("the old index itself"), itself.getMessage());
  }

  @Test
  void aSourceThatChangesIsRefused() throws IOException {
    IndexAddress target = target("new.fbin");
    interruptAt(target, 3);
    try (var file = new RandomAccessFile(old.toFile(), "rw")) {
      file.seek(8 + 4L * WIDTH * 5);
      file.writeInt(0x0000803f); // 1.0 in the sixth row, which was carried over
    }

    StitchException refused =
        assertThrows(StitchException.class, () -> migrate(target, true, Progress.NONE));
    assertTrue(refused.getMessage().contains("not what it was"), refused.getMessage());
    assertFalse(Files.exists(target.path()));
  }

  @Test
  void rowsOfAChangedSourceAreFoundOutEvenIfItsFileLooksTheSame() throws IOException {
    IndexAddress target = target("new.fbin");
    // Beyond what is looked at of both ends.
    write(IndexFormat.FBIN, old, vectors(ROWS, 1));
    interruptAt(target, 4);
    var time = Files.getLastModifiedTime(old);
    try (var file = new RandomAccessFile(old.toFile(), "rw")) {
      file.seek(8 + 4L * WIDTH * (ROWS / 2));
      file.writeInt(0x0000803f);
    }
    Files.setLastModifiedTime(old, time);

    StitchException refused =
        assertThrows(StitchException.class, () -> migrate(target, true, Progress.NONE));
    assertTrue(refused.getMessage().contains("not what it was"), refused.getMessage());
  }

  @Test
  void aSourceThatChangesMeanwhileIsRefused() {
    IndexAddress target = target("new.fbin");
    Progress touches =
        (task, done, total) -> {
          try {
            Files.setLastModifiedTime(
                old, java.nio.file.attribute.FileTime.fromMillis(1_000_000L + done));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };

    assertThrows(StitchException.class, () -> migrate(target, false, touches));
    assertFalse(Files.exists(target.path()));
  }

  @Test
  void damagedPartsAreFoundOut() throws IOException {
    IndexAddress target = target("new.fbin");
    interruptAt(target, 4);
    Path data = folder.resolve("new.fbin.stitch-migration").resolve("data");
    try (Stream<Path> files = Files.list(data)) {
      Path file = files.findFirst().orElseThrow();
      try (var part = new RandomAccessFile(file.toFile(), "rw")) {
        part.seek(100);
        part.writeByte(0x11);
      }
    }

    StitchException refused =
        assertThrows(StitchException.class, () -> migrate(target, true, Progress.NONE));
    assertEquals(StitchException.Kind.VERIFICATION, refused.kind(), refused.getMessage());
  }

  @Test
  void twoProcessesDoNotWriteOneIndex() {
    IndexAddress target = target("new.fbin");
    Progress second =
        (task, done, total) -> {
          StitchException refused =
              assertThrows(StitchException.class, () -> migrate(target, true, Progress.NONE));
          assertTrue(refused.getMessage().contains("another process"), refused.getMessage());
        };

    assertEquals(ROWS, migrate(target, false, second).rows());
  }

  @Test
  void foreignRowsAreRefusedBeforeAnythingIsWritten() {
    float[] other = vectors(ROWS, 1).toArray();
    for (int i = 0; i < other.length; i++) {
      other[i] -= i % WIDTH == 0 ? 6 : 0;
    }
    write(IndexFormat.FBIN, old, FloatMatrix.wrap(ROWS, WIDTH, other));

    StitchException refused =
        assertThrows(
            StitchException.class, () -> migrate(target("new.fbin"), false, Progress.NONE));
    assertTrue(refused.getMessage().contains("are not of the space"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("new.fbin.stitch-migration")));
  }

  @Test
  void rowsThatAreNotFiniteAreNamed() {
    float[] broken = vectors(ROWS, 1).toArray();
    broken[(Migration.BLOCK + 7) * WIDTH] = Float.NaN;
    write(IndexFormat.FBIN, old, FloatMatrix.wrap(ROWS, WIDTH, broken));

    StitchException refused =
        assertThrows(
            StitchException.class, () -> migrate(target("new.fbin"), false, Progress.NONE));
    assertTrue(refused.getMessage().contains("row " + (Migration.BLOCK + 7)), refused.getMessage());
  }

  @Test
  void anotherWidthIsRefused() {
    write(IndexFormat.FBIN, old, FloatMatrix.wrap(10, 4, new float[40]));

    StitchException refused =
        assertThrows(
            StitchException.class, () -> migrate(target("new.fbin"), false, Progress.NONE));
    assertTrue(
        refused.getMessage().contains("4 wide but the bridge reads 8"), refused.getMessage());
  }

  @Test
  void anotherPlanDoesNotGoOn() {
    IndexAddress target = target("new.fbin");
    interruptAt(target, 3);
    try (VectorSource source = IndexFormat.FBIN.open(old, COLUMNS)) {
      Migration plan = migration(source);
      var other =
          new Migration(
              source,
              COLUMNS,
              bridge,
              Optional.of(population),
              plan.from(),
              plan.to(),
              "fedcba9876543210",
              PART);
      StitchException refused =
          assertThrows(StitchException.class, () -> other.resume(target, Progress.NONE));
      assertTrue(refused.getMessage().contains("holds another migration"), refused.getMessage());
    }
  }

  @Test
  void withoutResumeABegunMigrationIsLeftAlone() {
    IndexAddress target = target("new.fbin");
    interruptAt(target, 3);

    StitchException refused =
        assertThrows(StitchException.class, () -> migrate(target, false, Progress.NONE));
    assertTrue(refused.getMessage().contains("--resume"), refused.getMessage());
  }
}
