// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.IndexFormat;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.VectorSink;
import io.github.djlstitch.indexes.VectorSource;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows a second that each format of indexes reads and writes at 384 wide, beside plain copying of the vectors' bytes; median of
 * three, and in brackets by the seconds that the processors worked, which other programs disturb less. The graph of Lucene is slow to build: it gets a hundredth of the rows to write, and as many again and again to read.
 *
 * <pre>
 * java -Xmx1g -cp 'cli/target/stitch-cli.jar:cli/target/lib/*' docs/benchmarks/Indexes.java FOLDER 200000 [FORMAT...]
 * </pre>
 */
public final class Indexes {
  private static final int WIDTH = 384;
  private static final int BLOCK = 4096;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static double kept;

  private record Rate(double wall, double processor) {
    @Override
    public String toString() {
      return "%,11.0f (%,11.0f)".formatted(wall, processor);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int rows = Integer.parseInt(args[1]);
    List<String> formats = List.of(args).subList(2, args.length);
    RowBlock block = block();
    Path copy = folder.resolve("copy");
    Rate write = median(rows, () -> copyOut(copy, block.vectors(), rows));
    Rate read = median(rows, () -> copyIn(copy));
    show("plain copying", write, read);
    for (IndexFormat format : IndexFormat.values()) {
      if (formats.isEmpty() || formats.contains(format.id())) {
        int count = format == IndexFormat.LUCENE ? rows / 100 : rows;
        Path index = folder.resolve(format.id());
        Rate written = median(count, () -> write(format, index, block, count));
        Path whole = write(format, index, block, count);
        show(format.id(), written, median(count, () -> read(format, whole)));
      }
    }
    delete(folder);
  }

  private static void show(String name, Rate write, Rate read) {
    System.out.printf("%-14s write %s rows/s   read %s rows/s%n", name, write, read);
  }

  // Of length 1, in the range of values that encoders give.
  private static RowBlock block() {
    var random = new Random(5);
    float[][] vectors = new float[BLOCK][WIDTH];
    for (float[] vector : vectors) {
      double sum = 0;
      for (int j = 0; j < WIDTH; j++) {
        vector[j] = (float) random.nextGaussian();
        sum += vector[j] * vector[j];
      }
      for (int j = 0; j < WIDTH; j++) {
        vector[j] /= (float) Math.sqrt(sum);
      }
    }
    List<String> ids = IntStream.range(0, BLOCK).mapToObj(i -> "document-" + i).toList();
    return new RowBlock(0, FloatMatrix.of(vectors), ids, List.of(), List.of());
  }

  private static Rate median(int rows, Action action) throws IOException {
    double[] wall = new double[3];
    double[] processor = new double[3];
    for (int i = 0; i < wall.length; i++) {
      long start = System.nanoTime();
      long worked = SYSTEM.getProcessCpuTime();
      action.run();
      wall[i] = rows / ((System.nanoTime() - start) / 1e9);
      processor[i] = rows / ((SYSTEM.getProcessCpuTime() - worked) / 1e9);
    }
    Arrays.sort(wall);
    Arrays.sort(processor);
    return new Rate(wall[1], processor[1]);
  }

  private static Path write(IndexFormat format, Path folder, RowBlock block, int rows) throws IOException {
    delete(folder);
    try (VectorSink sink = format.create(folder, "index", WIDTH, true, IndexColumns.usual())) {
      for (int from = 0; from < rows; from += BLOCK) {
        int count = Math.min(BLOCK, rows - from);
        FloatMatrix vectors = block.vectors().rowRange(0, count);
        sink.append(new RowBlock(from, vectors, block.ids().subList(0, count), List.of(), List.of()));
      }
      sink.endPart();
      return sink.finish();
    }
  }

  // Copies every row out, as whoever uses it has to.
  private static void read(IndexFormat format, Path index) {
    float[] row = new float[WIDTH];
    try (VectorSource source = format.open(index, IndexColumns.usual()); var reader = source.read()) {
      for (RowBlock block = reader.next(BLOCK); block.rows() > 0; block = reader.next(BLOCK)) {
        for (int i = 0; i < block.rows(); i++) {
          block.vectors().copyRow(i, row, 0);
          kept += row[i % WIDTH];
        }
      }
    }
  }

  private static void copyOut(Path file, FloatMatrix block, int rows) throws IOException {
    ByteBuffer bytes = block.directBytes(0, BLOCK);
    Files.deleteIfExists(file);
    try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int from = 0; from < rows; from += BLOCK) {
        out.write(bytes.position(0).limit(Math.min(BLOCK, rows - from) * WIDTH * Float.BYTES));
      }
      out.force(true);
    }
  }

  private static void copyIn(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * WIDTH * Float.BYTES);
    try (var in = FileChannel.open(file)) {
      while (in.read(bytes.clear()) > 0) {
        kept += bytes.get(0);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
