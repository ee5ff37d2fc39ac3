// SPDX-License-Identifier: Apache-2.0
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.internal.engine.TensorBridge;
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
import io.github.djlstitch.indexes.migrate.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The time of one query over a bridge, and rows a second of a migration beside the bare matrix
 * product of as many rows, alternating.
 *
 * <pre>java -Xmx512m -cp CLASSES Migrate.java FOLDER ROWS [ROUNDS] [FORMAT]</pre>
 */
public final class Migrate {
  private static final int WIDTH = 384;
  private static final int BLOCK = 4096;

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int rows = Integer.parseInt(arguments[1]);
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    IndexFormat format =
        IndexFormat.valueOf(arguments.length > 3 ? arguments[3].toUpperCase() : "FBIN");
    Path old = folder.resolve("bench.fbin");
    if (!Files.exists(old)) {
      write(old, rows);
    }
    FloatMatrix sample = block(1000, 1);
    VectorBridge bridge = BridgeMethod.RIDGE_PROCRUSTES.fit(sample, block(1000, 2));
    var population = VectorPopulation.of(sample);
    query(BridgeMethod.PROCRUSTES.fit(sample, block(1000, 2)));
    double[] ratios = new double[rounds];
    double[] speeds = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      double bare = product(rows);
      double carried = migrate(old, folder, format, bridge, population, rows);
      ratios[i] = carried / bare;
      speeds[i] = carried;
      System.out.printf("bare product %,.0f rows/s, migration %,.0f, ratio %.2f%n", bare, carried, ratios[i]);
    }
    Arrays.sort(ratios);
    Arrays.sort(speeds);
    System.out.printf(
        "median of %d: %,.0f rows/s, ratio %.2f (%.2f to %.2f)%n",
        rounds, speeds[rounds / 2], ratios[rounds / 2], ratios[0], ratios[rounds - 1]);
  }

  private static void query(VectorBridge bridge) {
    FloatMatrix one = block(1, 5);
    double[] micros = new double[9];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      for (int j = 0; j < 2000; j++) {
        bridge.apply(one);
      }
      micros[i] = (System.nanoTime() - start) / 2e6;
    }
    Arrays.sort(micros);
    System.out.printf("a query: median %.1f us%n", micros[micros.length / 2]);
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
    Path parts = Files.createTempDirectory(file.getParent(), "bench");
    try (VectorSink sink =
        IndexFormat.FBIN.create(parts, "x", WIDTH, false, IndexColumns.usual())) {
      for (long from = 0; from < rows; from += BLOCK) {
        int count = (int) Math.min(BLOCK, rows - from);
        sink.append(RowBlock.numbered(from, block(count, from)));
      }
      sink.endPart();
      Files.move(sink.finish(), file);
    }
    delete(parts);
  }

  private static double product(int rows) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray w = TensorBridge.toTensor(manager, block(WIDTH, 3)); // (D, D)
      NDArray x = TensorBridge.toTensor(manager, block(BLOCK, 4)); // (B, D)
      x.matMul(w).close();
      long start = System.nanoTime();
      for (long done = 0; done < rows; done += BLOCK) {
        x.matMul(w).close();
      }
      return rows / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static double migrate(
      Path old,
      Path folder,
      IndexFormat format,
      VectorBridge bridge,
      VectorPopulation population,
      int rows)
      throws Exception {
    Path target = folder.resolve("bench-new");
    delete(target);
    Files.deleteIfExists(folder.resolve("bench-new.migration.json"));
    long start = System.nanoTime();
    try (VectorSource source = IndexFormat.FBIN.open(old, IndexColumns.usual())) {
      new Migration(
              source,
              IndexColumns.usual(),
              bridge,
              Optional.of(population),
              SpaceId.named("old"),
              SpaceId.named("new"),
              "0123456789abcdef",
              Migration.PART_ROWS)
          .create(new IndexAddress(format, target), Progress.NONE);
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }

  private static void delete(Path tree) throws Exception {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
