// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How time and memory of whole processes of {@code ./stitch} grow with samples, values, anchors and encoders: a line each, fitted
 * as {@code time = a + b n}. Largest resident memory is what the system tells (Linux).
 *
 * <pre>
 * ./stitch --version
 * java -cp 'cli/target/stitch-cli.jar:cli/target/lib/*' docs/benchmarks/Growth.java [encode] [compare] [translate] [anchors] [encoders]
 * </pre>
 *
 * In the root of a checkout, on two cores about half an hour. Texts are made of words at random, ten each; vectors are random, too,
 * the spaces of a pair turned against each other with noise.
 */
public final class Growth {
  private static final int WIDTH = 384;
  private static final List<String> WORDS =
      List.of("a large small cat dog house river that runs sleeps under over of the old new bridge tree light".split(" "));
  private static final List<String> ENCODERS = List.of("minilm", "bge-small", "e5-small", "bge-small-zh");

  private final Path work = Files.createTempDirectory("stitch-growth");

  private record Run(double seconds, double megabytes) {}

  private interface Step {
    Run run(int n) throws Exception;
  }

  private Growth() throws IOException {}

  public static void main(String[] wanted) throws Exception {
    var growth = new Growth();
    try {
      growth.lines(List.of(wanted));
    } finally {
      try (Stream<Path> files = Files.walk(growth.work)) {
        files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
      }
    }
  }

  private void lines(List<String> wanted) throws Exception {
    stitch("encode", "--encoder", "minilm", texts(10), "--out", file("warm.safetensors")); // unpacks, makes the archive
    if (asked(wanted, "encode")) {
      line("encode, N texts of ten words", List.of(1_000, 4_000, 16_000, 64_000), this::encode);
    }
    if (asked(wanted, "compare")) {
      line("compare, N x 384", List.of(1_000, 4_000, 16_000, 64_000), n -> compare(n, WIDTH));
      line("compare, 8,000 x D", List.of(192, 384, 768, 1_536), d -> compare(8_000, d));
    }
    if (asked(wanted, "translate")) {
      line("translate, N x 384, 300 anchors", List.of(10_000, 100_000, 1_000_000), n -> translate(n, WIDTH, 300));
      line("translate, 100,000 x D, 300 anchors", List.of(192, 384, 768, 1_536), d -> translate(100_000, d, 300));
      line("translate, 100,000 x 384, A anchors", List.of(100, 400, 1_600), a -> translate(100_000, WIDTH, a));
    }
    if (asked(wanted, "anchors")) {
      line("grid, 2 encoders, WordNet, A anchors", List.of(100, 400, 1_600), a -> grid(2, a));
    }
    if (asked(wanted, "encoders")) {
      line("grid, E encoders, WordNet, 300 anchors", List.of(1, 2, 3, 4), e -> grid(e, 300));
    }
  }

  private static boolean asked(List<String> wanted, String line) {
    return wanted.isEmpty() || wanted.contains(line);
  }

  private static void line(String title, List<Integer> sizes, Step step) throws Exception {
    System.out.printf("%n%-40s %9s %9s%n", title, "seconds", "MB");
    List<Run> runs = new ArrayList<>();
    for (int n : sizes) {
      Run run = step.run(n);
      runs.add(run);
      System.out.printf(Locale.ROOT, "%,40d %9.2f %9.0f%n", n, run.seconds(), run.megabytes());
    }
    fit(sizes, runs);
  }

  // Of least squares of the relative errors.
  private static void fit(List<Integer> sizes, List<Run> runs) {
    double w = 0;
    double wx = 0;
    double wy = 0;
    double wxx = 0;
    double wxy = 0;
    for (int i = 0; i < sizes.size(); i++) {
      double x = sizes.get(i);
      double y = runs.get(i).seconds();
      double weight = 1 / (y * y);
      w += weight;
      wx += weight * x;
      wy += weight * y;
      wxx += weight * x * x;
      wxy += weight * x * y;
    }
    double b = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    double a = (wy - b * wx) / w;
    double worst =
        IntStream.range(0, sizes.size())
            .mapToDouble(i -> Math.abs((a + b * sizes.get(i)) / runs.get(i).seconds() - 1))
            .max()
            .orElse(0);
    int last = sizes.size() - 1;
    double exponent =
        Math.log(runs.get(last).seconds() / runs.get(last - 1).seconds())
            / Math.log((double) sizes.get(last) / sizes.get(last - 1));
    System.out.printf(
        Locale.ROOT,
        "    %.2f s + %.3g s x n, off by at most %.0f %%; between the last two, n to the power of %.2f%n",
        a,
        b,
        100 * worst,
        exponent);
  }

  private Run encode(int n) throws Exception {
    return stitch("encode", "--encoder", "minilm", texts(n), "--out", file("out.safetensors"));
  }

  private Run compare(int n, int width) throws Exception {
    pair(n, width);
    return stitch("compare", file("a.safetensors"), file("b.safetensors"));
  }

  private Run translate(int n, int width, int anchors) throws Exception {
    pair(2_000, width);
    stitch("card", file("a.safetensors"), "--anchors", "" + anchors, "--out", file("card-a.safetensors"));
    stitch("card", file("b.safetensors"), "--like", file("card-a.safetensors"), "--out", file("card-b.safetensors"));
    space("a", n, width, new Random(2), 0);
    return stitch(
        "translate",
        file("a.safetensors"),
        "--from",
        file("card-a.safetensors"),
        "--to",
        file("card-b.safetensors"),
        "--out",
        file("out.safetensors"));
  }

  private Run grid(int encoders, int anchors) throws Exception {
    String names = String.join(",", ENCODERS.subList(0, encoders));
    String heads = names.replace(",", "-head,") + "-head";
    String[] command = {"--encoder", names, "--decoder", heads, "--anchors", "" + anchors};
    stitch(command); // keeps encodings and heads, so that what is timed is start, data and stitching
    return stitch(command);
  }

  private void pair(int n, int width) {
    space("a", n, width, new Random(1), 0);
    space("b", n, width, new Random(1), 3);
  }

  // The same samples for the same random numbers; the axes of the second are moved on, with a second vector's noise.
  private void space(String name, int n, int width, Random random, int moved) {
    List<String> ids = IntStream.range(0, n).mapToObj(i -> "sample-" + i).toList();
    var provenance = new Provenance("random-" + name, "0".repeat(64), "random", "1".repeat(64), "all", "Growth");
    LatentSpace.write(
        work.resolve(name + ".safetensors"),
        ids,
        new int[0],
        List.of(),
        provenance,
        width,
        rows -> {
          float[][] vectors = new float[rows.to() - rows.from()][width];
          for (float[] vector : vectors) {
            IntConsumer draw = j -> vector[(j + moved) % width] = (float) random.nextGaussian();
            IntStream.range(0, width).forEach(draw);
            vector[0] += moved * (float) random.nextGaussian();
          }
          return FloatMatrix.of(vectors);
        });
  }

  private String texts(int n) throws IOException {
    var random = new Random(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      lines.add(String.join(" ", Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size()))).limit(10).toList()));
    }
    return Files.write(work.resolve("texts-" + n + ".txt"), lines).toString();
  }

  private String file(String name) {
    return work.resolve(name).toString();
  }

  private Run stitch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./stitch"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(work.resolve("told").toFile());
    builder.environment().put("STITCH_CACHE_DIR", file("cache"));
    long start = System.nanoTime();
    Process process = builder.start();
    double most = 0;
    while (process.isAlive()) {
      most = Math.max(most, megabytes(process.pid()));
      Thread.sleep(5);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + ":\n" + Files.readString(work.resolve("told")));
    }
    return new Run(seconds, most);
  }

  // The launcher becomes Java, so the process is the one that computes.
  private static double megabytes(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException e) {
      return 0; // it has just ended
    }
  }
}
