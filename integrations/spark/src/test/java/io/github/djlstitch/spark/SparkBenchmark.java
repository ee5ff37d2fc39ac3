// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.migrate.Migration;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/**
 * Spark on the two cores of this machine beside a single process on the same: texts encoded, and
 * vectors of 384 numbers carried over a bridge from Parquet to Parquet, which Spark also copies as
 * they are. Each run is a process of its own, in turns; the seconds leave out the start of the
 * process and of Spark. Not part of {@code mvn verify}; docs/benchmarks says how to run it.
 */
final class SparkBenchmark {
  private static final int WIDTH = 384;
  private static final int TEXTS = Integer.getInteger("spark.texts", 10_000);
  private static final int ROUNDS = Integer.getInteger("spark.rounds", 3);
  private static final List<Integer> ROWS =
      Stream.of(System.getProperty("spark.rows", "100000,1000000").split(",", -1))
          .map(Integer::valueOf)
          .toList();

  @TempDir Path folder;

  private record Run(double seconds, double megabytes) {}

  @Test
  void encoding() throws Exception {
    run("prepare-texts", TEXTS);
    contest("encode " + TEXTS + " glosses", "encode-one", "encode-spark", TEXTS);
  }

  @Test
  void translating() throws Exception {
    for (int rows : ROWS) {
      run("prepare-vectors", rows);
      contest("translate " + rows, "translate-one", "translate-spark", rows);
      List<Run> copies = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        copies.add(run("copy-spark", rows));
      }
      show("Spark copies " + rows + " as they are", copies, rows);
    }
  }

  private void contest(String what, String one, String spark, int rows) throws Exception {
    List<Run> ones = new ArrayList<>();
    List<Run> sparks = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ones.add(run(one, rows));
      sparks.add(run(spark, rows));
      ratios.add(ones.get(round).seconds() / sparks.get(round).seconds());
    }
    show(what + ", one process", ones, rows);
    show(what + ", Spark local[2]", sparks, rows);
    Collections.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "%s: Spark has %.2f (%.2f to %.2f) of the speed%n",
        what,
        ratios.get(ROUNDS / 2),
        ratios.get(0),
        ratios.get(ROUNDS - 1));
  }

  private static void show(String what, List<Run> runs, int rows) {
    double[] seconds = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
    double most = runs.stream().mapToDouble(Run::megabytes).max().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "%-42s %7.2f s (%.2f to %.2f), %,9.0f rows/s, %.1f us a row, at most %.0f MB resident%n",
        what,
        seconds[ROUNDS / 2],
        seconds[0],
        seconds[ROUNDS - 1],
        rows / seconds[ROUNDS / 2],
        seconds[ROUNDS / 2] * 1e6 / rows,
        most);
  }

  private Run run(String mode, int rows) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-opens") || a.startsWith("-Dai.djl.offline"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx2g",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SparkBenchmark.class.getName(),
            mode,
            folder.toString(),
            Integer.toString(rows)));
    File out = folder.resolve("out").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(out.toPath()));
    }
    List<String> lines = Files.readAllLines(out.toPath());
    String[] last = lines.get(lines.size() - 1).split(" ", -1);
    return new Run(Double.parseDouble(last[0]), Double.parseDouble(last[1]));
  }

  /** One run: its mode, the folder, the number of rows. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    int rows = Integer.parseInt(args[2]);
    Path target = folder.resolve("target");
    delete(target);
    delete(folder.resolve("target.migration.json"));
    long start = System.nanoTime();
    switch (args[0]) {
      case "prepare-texts" -> prepareTexts(folder, rows);
      case "prepare-vectors" -> prepareVectors(folder, rows);
      case "encode-one" -> start = encodeAlone(folder, rows);
      case "translate-one" -> translateAlone(folder);
      default -> start = withSpark(args[0], folder, target);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("0")
            .replaceAll("[^0-9]", "");
    System.out.println();
    System.out.println(seconds + " " + Double.parseDouble(peak) / 1024);
  }

  private static EncoderSource minilm(Path folder) {
    return EncoderSource.of("minilm").withCache(folder.resolve("cache").toString());
  }

  private static List<String> glosses(Path folder, int count) {
    var some = DatasetOptions.defaults().withSplitSize(new SplitSize(count, 25));
    var texts = minilm(folder).zoo().dataset("wordnet", some).requireTexts();
    return texts.train().stream().map(sample -> sample.input()).toList();
  }

  private static void prepareTexts(Path folder, int rows) throws IOException {
    try (SparkSession spark = LocalSpark.start(folder)) {
      LocalSpark.texts(spark, glosses(folder, rows))
          .repartition(4)
          .write()
          .parquet(folder.resolve("texts").toString());
    }
  }

  // Reading WordNet is not what is measured.
  private static long encodeAlone(Path folder, int rows) {
    List<String> texts = glosses(folder, rows);
    long start = System.nanoTime();
    try (var encoder = minilm(folder).zoo().encoder("minilm")) {
      encoder.encode(texts);
    }
    return start;
  }

  private static void prepareVectors(Path folder, int rows) throws IOException {
    FloatMatrix some = gaussian(3, 500);
    BridgeMethod.PROCRUSTES.fit(some, gaussian(4, 500)).save(folder.resolve("bridge.safetensors"));
    delete(folder.resolve("vectors"));
    StructType id = new StructType().add("id", "long");
    MapPartitionsFunction<Row, Tuple2<Row, VectorCell>> filled =
        ids -> new Blocks<>(ids, 1, row -> List.of(new Tuple2<>(row.get(0), cell(row.get(0)))));
    try (SparkSession spark = LocalSpark.start(folder)) {
      Dataset<Row> ids = spark.range(0, rows, 1, 1).toDF("id");
      VectorTable.write(ids.mapPartitions(filled, VectorTable.encoder(id)), id, "vector")
          .drop("vector_error")
          .write()
          .parquet(folder.resolve("vectors").toString());
    }
  }

  private static VectorCell cell(Row row) {
    Random random = new Random(row.getLong(0));
    float[] values = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      values[i] = random.nextFloat() - .5f;
    }
    return VectorCell.of(values);
  }

  private static FloatMatrix gaussian(long seed, int rows) {
    Random random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatMatrix.wrap(rows, WIDTH, values);
  }

  private static void translateAlone(Path folder) {
    VectorBridge bridge = VectorBridge.load(folder.resolve("bridge.safetensors"));
    IndexAddress from = IndexAddress.parse("parquet:" + folder.resolve("vectors"));
    try (var source = from.format().open(from.path(), IndexColumns.usual())) {
      new Migration(
              source,
              IndexColumns.usual(),
              bridge,
              Optional.empty(),
              SpaceId.named("old"),
              SpaceId.named("new"),
              "",
              Migration.PART_ROWS)
          .create(IndexAddress.parse("parquet:" + folder.resolve("target")), Progress.NONE);
    }
  }

  private static long withSpark(String mode, Path folder, Path target) throws IOException {
    try (SparkSession spark = LocalSpark.start(folder)) {
      long start = System.nanoTime();
      Dataset<Row> result;
      if ("encode-spark".equals(mode)) {
        Dataset<Row> rows = spark.read().parquet(folder.resolve("texts").toString());
        result = SparkStitch.encode(rows, minilm(folder), "a.text", "vector");
      } else if ("copy-spark".equals(mode)) {
        result = spark.read().parquet(folder.resolve("vectors").toString());
      } else {
        Dataset<Row> rows = spark.read().parquet(folder.resolve("vectors").toString());
        VectorBridge bridge = VectorBridge.load(folder.resolve("bridge.safetensors"));
        result = SparkStitch.translate(rows, bridge, "vector", "fresh");
      }
      result.write().option("parquet.enable.dictionary", false).parquet(target.toString());
      return start;
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
