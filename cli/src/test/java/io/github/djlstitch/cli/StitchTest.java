// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JShell, and what its one import prints there. */
final class StitchTest {
  @TempDir Path folder;

  @Test
  void aSnippetFileRunsAndPrintsTables() throws IOException {
    Path snippets = folder.resolve("snippets.jsh");
    Files.writeString(
        snippets,
        """
        System.out.println(Stitch.encoders().subList(0, 4));
        System.out.println(Stitch.encoder("minilm"));
        var vectors = Stitch.encoder("minilm").encode("hello", "a text longer than the column");
        System.out.println(vectors);
        System.out.println(Stitch.encoder("minilm").encode("a","b","c","d","e","f","g","h"));
        var other = Stitch.encoder("bge-small").encode("a", "b", "c", "d");
        var four = Stitch.encoder("minilm").encode("a", "b", "c", "d");
        System.out.println(vectors.relative(vectors));
        System.out.println(four.relative(four).retrieval(other.relative(other), 2));
        System.out.println(Stitch.grid("minilm", "%s"));
        /exit
        """
            .formatted(manyRows()));
    String out = jshell(snippets);
    assertTrue(out.contains("[minilm, bge-small, e5-small, bge-small-zh]"), out);
    assertTrue(out.contains("minilm: texts to 384 values\n"), out);
    assertTrue(out.matches("(?s).*\nhello +(-?0\\.\\d{4} +){6}\\.\\.\\.\n.*"), out);
    assertTrue(out.contains("\na text longer than th...  "), out);
    assertTrue(out.contains("\nand 2 more\n"), out);
    assertTrue(out.matches("(?s).*\nhello +1\\.0000 +-1\\.0000 +\\.\\.\\.\n.*"), out);
    assertTrue(out.contains("Retrieval[k=2, jaccard="), out);
    assertTrue(out.contains("minilm into minilm-head\ncsv:"), out);
    assertTrue(out.contains("relative (cosine)"), out);
    out.replace(folder.toString(), "")
        .lines()
        .forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void theExamplePrintsWhatPlainLoopsCompute() throws IOException {
    Path example = Path.of("..", "docs", "examples", "two-encoders.jsh");
    String out = jshell(example);
    assertFalse(out.contains("rror"), out);
    List<String> quoted =
        Pattern.compile("\"([^\"]* [^\"]*)\"")
            .matcher(Files.readString(example))
            .results()
            .map(match -> match.group(1))
            .limit(32)
            .toList();
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(Sample.cache()));
    try (var minilm = zoo.encoder("minilm");
        var bge = zoo.encoder("bge-small")) {
      var one = new Naive(minilm.encode(quoted));
      var other = new Naive(bge.encode(quoted));
      assertRow(out, "absolute", one.absolute(), other.absolute());
      assertRow(out, "relative", one.relative(), other.relative());
    }
  }

  private static void assertRow(String out, String vectors, double[][] a, double[][] b) {
    Matcher row = Pattern.compile("(?m)^" + vectors + " +(\\S+) +(\\S+)$").matcher(out);
    assertTrue(row.find(), out);
    assertEquals(Naive.jaccard(a, b), Double.parseDouble(row.group(1)), 6e-4, out);
    assertEquals(Naive.cosine(a, b), Double.parseDouble(row.group(2)), 6e-4, out);
  }

  /** Vectors of the example's 24 anchors and then its texts, and the formulas in plain loops. */
  private record Naive(FloatMatrix vectors) {
    private static final int ANCHORS = 24;
    private static final int NEAREST = 3;

    double[][] absolute() {
      return rows(new double[vectors.columns()]).skip(ANCHORS).toArray(double[][]::new);
    }

    double[][] relative() {
      double[] mean = new double[vectors.columns()];
      for (int i = 0; i < ANCHORS; i++) {
        for (int j = 0; j < mean.length; j++) {
          mean[j] += vectors.get(i, j) / ANCHORS;
        }
      }
      double[][] anchors = rows(mean).limit(ANCHORS).toArray(double[][]::new);
      return rows(mean)
          .skip(ANCHORS)
          .map(row -> Stream.of(anchors).mapToDouble(anchor -> cosine(row, anchor)).toArray())
          .toArray(double[][]::new);
    }

    private Stream<double[]> rows(double[] center) {
      return IntStream.range(0, vectors.rows())
          .mapToObj(
              i ->
                  IntStream.range(0, center.length)
                      .mapToDouble(j -> vectors.get(i, j) - center[j])
                      .toArray());
    }

    static double cosine(double[][] a, double[][] b) {
      return IntStream.range(0, a.length).mapToDouble(i -> cosine(a[i], b[i])).average().orElse(-1);
    }

    static double jaccard(double[][] a, double[][] b) {
      return IntStream.range(0, a.length)
          .mapToDouble(
              i -> {
                Set<Integer> both = nearest(a[i], b);
                both.retainAll(nearest(b[i], b));
                return (double) both.size() / (2 * NEAREST - both.size());
              })
          .average()
          .orElse(-1);
    }

    private static Set<Integer> nearest(double[] query, double[][] rows) {
      return IntStream.range(0, rows.length)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -cosine(query, rows[i])))
          .limit(NEAREST)
          .collect(Collectors.toCollection(HashSet::new));
    }

    private static double cosine(double[] a, double[] b) {
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
      return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
  }

  private String manyRows() throws IOException {
    var csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 380; i++) {
      csv.append(i).append(i % 2 == 0 ? " cats,animal\n" : " ships,vehicle\n");
    }
    return "csv:" + Files.writeString(folder.resolve("many.csv"), csv);
  }

  // The shell prints to the process's own output, as its snippets do.
  private static String jshell(Path snippets) {
    PrintStream stdout = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      assertEquals(0, Run.of("jshell", snippets.toString()).code());
    } finally {
      System.setOut(stdout);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
