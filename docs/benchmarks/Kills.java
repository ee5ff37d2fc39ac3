// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.IndexFormat;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.VectorSink;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a migration (SIGKILL) at random moments, again and again, and compares what it becomes in the
 * end with one that was left alone.
 *
 * <pre>java -cp CLASSES Kills.java FOLDER KILLS [ROWS]</pre>
 */
public final class Kills {
  private static final int WIDTH = 384;
  private static final int PART = 4096;

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    if (arguments[1].equals("child")) {
      migrate(folder, folder.resolve(arguments[2]));
      return;
    }
    int kills = Integer.parseInt(arguments[1]);
    int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200_000;
    write(folder.resolve("old.fbin"), rows);
    long start = System.nanoTime();
    run(folder, "whole.fbin", Long.MAX_VALUE);
    long whole = (System.nanoTime() - start) / 1_000_000;
    System.out.println("left alone: " + whole + " ms");
    var random = new Random(1);
    int killed = 0;
    int finished = 0;
    while (killed < kills) {
      String name = "killed-" + finished + ".fbin";
      Path target = folder.resolve(name);
      while (killed < kills && run(folder, name, 200 + random.nextLong(whole))) {
        killed++;
        Path manifest = folder.resolve(name + ".migration.json");
        if (Files.exists(manifest) && !Files.exists(target)) {
          throw new AssertionError("a manifest without an index");
        }
      }
      run(folder, name, Long.MAX_VALUE);
      if (Files.mismatch(folder.resolve("whole.fbin"), target) >= 0) {
        throw new AssertionError(name + " differs");
      }
      if (Files.exists(folder.resolve(name + ".stitch-migration"))) {
        throw new AssertionError(name + " left something behind");
      }
      Files.delete(target);
      Files.delete(folder.resolve(name + ".migration.json"));
      finished++;
    }
    System.out.println(killed + " kills, " + finished + " migrations, all of the same bytes");
  }

  /** Runs until it ends or is killed; true if it was killed. */
  private static boolean run(Path folder, String name, long millis) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                System.getProperty("kills.source", "docs/benchmarks/Kills.java"),
                folder.toString(),
                "child",
                name)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.log").toFile())
            .start();
    if (millis < Long.MAX_VALUE && !child.waitFor(millis, TimeUnit.MILLISECONDS)) {
      child.destroyForcibly().waitFor();
      return true;
    }
    if (child.waitFor() != 0) {
      throw new AssertionError(Files.readString(folder.resolve("child.log")));
    }
    return false;
  }

  private static void migrate(Path folder, Path target) {
    FloatMatrix sample = block(500, 1);
    try (VectorSource source =
        IndexFormat.FBIN.open(folder.resolve("old.fbin"), IndexColumns.usual())) {
      new Migration(
              source,
              IndexColumns.usual(),
              BridgeMethod.PROCRUSTES.fit(sample, block(500, 2)),
              Optional.empty(),
              SpaceId.named("old"),
              SpaceId.named("new"),
              "0123456789abcdef",
              PART)
          .resume(new IndexAddress(IndexFormat.FBIN, target), Progress.NONE);
    }
  }

  private static FloatMatrix block(int rows, long seed) {
    var random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - .4f;
    }
    return FloatMatrix.wrap(rows, WIDTH, values);
  }

  private static void write(Path file, int rows) throws Exception {
    if (Files.exists(file)) {
      return;
    }
    Path parts = Files.createTempDirectory(file.getParent(), "old");
    try (VectorSink sink =
        IndexFormat.FBIN.create(parts, "x", WIDTH, false, IndexColumns.usual())) {
      for (int from = 0; from < rows; from += PART) {
        sink.append(RowBlock.numbered(from, block(Math.min(PART, rows - from), from)));
      }
      sink.endPart();
      Files.move(sink.finish(), file);
    }
    Files.delete(parts);
  }
}
