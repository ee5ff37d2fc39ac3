// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Latent-space files to measures and a verdict. */
final class CompareCommandTest {
  private static final int ROWS = 60;

  @TempDir Path folder;

  // Spaces of different seeds are noisy linear images of the same samples.
  private static FloatMatrix vectors(int seed, int width) {
    var samples = new Random(1);
    var map = new Random(seed).doubles(3L * width, -1, 1).toArray();
    var noise = new Random(seed + 100);
    float[] values = new float[ROWS * width];
    for (int i = 0; i < ROWS; i++) {
      double[] sample = {samples.nextGaussian(), samples.nextGaussian(), samples.nextGaussian()};
      for (int j = 0; j < width; j++) {
        double value = .3 * noise.nextGaussian();
        for (int d = 0; d < 3; d++) {
          value += sample[d] * map[3 * j + d];
        }
        values[i * width + j] = (float) value;
      }
    }
    return FloatMatrix.wrap(ROWS, width, values);
  }

  private static List<String> ids(String prefix) {
    return IntStream.range(0, ROWS).mapToObj(i -> prefix + i).toList();
  }

  private String save(String name, String encoder, List<String> ids, FloatMatrix vectors) {
    Path file = folder.resolve(name + ".safetensors");
    var from = new Provenance(encoder, "e", "trec", "d", "test", "test");
    LatentSpace.of(ids, new int[0], List.of(), vectors, from).save(file);
    return file.toString();
  }

  private String space(String encoder, int seed, int width) {
    return save(encoder, encoder, ids("s"), vectors(seed, width));
  }

  private String shuffled(String encoder, int seed, int width) {
    return shuffled(encoder, seed, width, 7);
  }

  private String shuffled(String encoder, int seed, int width, int shuffle) {
    List<String> ids = new ArrayList<>(ids("s"));
    Collections.shuffle(ids, new Random(shuffle));
    return save(encoder, encoder, ids, vectors(seed, width));
  }

  private static Run compare(String... arguments) {
    return Run.of(Stream.concat(Stream.of("compare"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void onePairIsATableOfMeasures() {
    Run run = compare(space("alpha", 2, 8), space("beta", 3, 6), "-q").ok().narrow();
    assertEquals("", run.err());
    assertTrue(run.out().matches("(?s)space +samples +width +effective rank.*"), run.out());
    assertTrue(run.out().matches("(?s).*\nalpha +60 +8 +.*\nbeta +60 +6 .*"), run.out());
    String row = "0\\.\\d{3}  0\\.\\d{3} to 0\\.\\d{3}  -?0\\.\\d{3} \\+- 0\\.\\d{3}  0\\.005\n";
    assertTrue(run.out().matches("(?s).*\nmeasure .*\ncka +" + row + ".*"), run.out());
    assertTrue(run.out().contains("60 shared samples."), run.out());
  }

  @Test
  void allMeasuresFitEightyColumnsAndLeaveOutWhatNeedsEqualWidths() {
    Run run =
        compare(space("alpha", 2, 8), space("beta", 3, 6), "--measure=all", few()).ok().narrow();
    assertTrue(
        run.err().endsWith("widths differ, so measures of coordinates were left out\n"), run.err());
    assertTrue(run.out().contains("procrustes-angular"), run.out());
    Run equal =
        compare(space("alpha", 2, 8), space("beta", 3, 8), "--measure=all", few()).ok().narrow();
    for (String id : SpaceMeasure.ids()) {
      assertTrue(equal.out().matches("(?s).*\n" + id + "(@10)? .*"), id);
    }
  }

  @Test
  void theHelpNamesEveryMeasure() {
    String help = Run.of("compare", "--help").ok().out();
    for (String id : SpaceMeasure.ids()) {
      assertTrue(help.matches("(?s).*[ ,]" + id + "[,;. \n].*"), id);
    }
  }

  @Test
  void chanceOfMeasuresWithoutAPairingIsExplainedAndDecidesNothing() {
    Run run =
        compare(space("alpha", 2, 8), shuffled("beta", 3, 6), "--measure=imd", few(), "-q")
            .ok()
            .narrow();
    assertTrue(
        run.out().contains("By chance of imd: with each axis of the second space shuffled.\n"),
        run.out());
    String without = compare(space("alpha", 2, 8), space("beta", 3, 6), few(), "-q").ok().out();
    assertFalse(without.contains("shuffled"), without);
  }

  private static String few() {
    return "--permutations=39";
  }

  @Test
  void moreFilesAreAMatrixOfEachMeasure() {
    Run run =
        compare(
                space("alpha", 2, 8),
                space("beta", 3, 8),
                shuffled("gamma", 4, 8),
                "--measure=cka,mrr@5",
                few(),
                "-q",
                "--bootstrap=0")
            .narrow();
    assertEquals(ExitCode.NEGATIVE, run.code());
    assertTrue(
        run.out()
            .matches(
                "(?s).*\ncka\n\n +alpha +beta +gamma\nalpha +- +0\\.\\d{3} +0\\.\\d{3}\\?\nbeta +- +0\\.\\d{3}\\?\n.*"),
        run.out());
    assertTrue(run.out().contains("mrr@5: from the row's space to the column's"), run.out());
    assertTrue(
        run.err()
            .matches(
                "warning: no alignment: alpha and gamma \\(p = 0\\.\\d{3}\\); beta and gamma .*\n"),
        run.err());
  }

  @Test
  void aTransformOfTheSecondSpaceIsToldInItsLabel() {
    String alpha = space("alpha", 2, 8);
    String beta = space("beta", 3, 8);
    String measures = "--measure=cka,procrustes-size,cosine";
    Run plain = compare(alpha, beta, measures, "--format=csv", few(), "--bootstrap=0").ok();
    String transform = "--transform=isometry,translation";
    Run turned =
        compare(alpha, beta, measures, transform, "--format=csv", few(), "--bootstrap=0").ok();
    for (String measure : List.of("cka", "procrustes-size")) {
      assertEquals(value(plain, measure), value(turned, measure), 1e-4);
    }
    assertTrue(Math.abs(value(plain, "cosine") - value(turned, "cosine")) > 1e-3);
    assertTrue(turned.out().contains("alpha,\"beta (isometry, translation)\",cka,"), turned.out());
    compare(alpha, beta, "--transform=isometri").refused(2, "did you mean 'isometry'?");
  }

  private static double value(Run run, String measure) {
    return run.out()
        .lines()
        .filter(line -> line.contains("," + measure + ","))
        .mapToDouble(
            line -> Double.parseDouble(line.split("," + measure + ",", -1)[1].split(",", -1)[0]))
        .findFirst()
        .orElseThrow();
  }

  // 60 samples of 40 and 30 dimensions: there are 11 correlations of 1 at least.
  @Test
  void pwccaSaysWhereItHasNoUniqueValue() {
    String a = space("alpha", 2, 40);
    String b = space("beta", 3, 30);
    String note = "pwcca of alpha and beta has no unique value, as directions of correlation 1 can";
    Run run = compare(a, b, "--measure=pwcca", few(), "--bootstrap=0", "--format=json").ok();
    assertTrue(run.err().contains(note), run.err());
    assertTrue(run.out().contains(note), run.out());
    Run full = compare(a, space("gamma", 4, 59), "--measure=pwcca", few(), "--bootstrap=0");
    assertTrue(
        full.err()
            .contains(
                "pwcca of alpha and gamma is 1 whatever the spaces: 60 samples are fewer than 40 + 59 dimensions"),
        full.err());
    Run few = compare(a, space("delta", 5, 20), "--measure=pwcca", few(), "--bootstrap=0").ok();
    assertEquals(-1, few.err().indexOf("pwcca of"), few.err());
  }

  @Test
  void aShuffledPairingIsNoAlignment() {
    Run run = compare(space("alpha", 2, 8), shuffled("beta", 3, 6), "-q");
    assertEquals(6, run.code());
    assertTrue(run.err().startsWith("warning: no alignment: alpha and beta (p = "), run.err());
    assertEquals(1, run.err().lines().count());
    assertTrue(run.out().contains("cka"));
    compare(space("alpha", 2, 8), shuffled("beta", 3, 6), "--permutations=0").ok();
  }

  // One in twenty shuffled pairings looks real to a single measure, that is what .05 means.
  @Test
  void hardlyAnyShuffledPairingPasses() {
    String a = space("alpha", 2, 8);
    int passed = 0;
    for (int shuffle = 0; shuffle < 20; shuffle++) {
      String b = shuffled("beta", 3, 6, shuffle);
      passed += compare(a, b, "--measure=cka", few(), "--bootstrap=0").code() == 0 ? 1 : 0;
    }
    assertTrue(passed <= 4, "passed " + passed);
  }

  @Test
  void jsonHasTheEnvelope() {
    Run run =
        compare(
                space("alpha", 2, 8),
                space("beta", 3, 8),
                "--measure=cka,l2",
                "--format=json",
                "--seed=3")
            .ok();
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals(
        List.of(
            "schema", "command", "version", "spaces", "seed", "results", "summary", "timings_s"),
        List.copyOf(json.keySet()));
    JsonObject space = json.getAsJsonArray("spaces").get(1).getAsJsonObject();
    assertEquals("beta", space.get("encoder").getAsString());
    assertTrue(space.get("sha256").getAsString().matches("[0-9a-f]{64}"));
    JsonObject cka = json.getAsJsonArray("results").get(0).getAsJsonObject();
    assertEquals("subsampling", cka.getAsJsonObject("interval").get("way").getAsString());
    assertEquals(.005, cka.getAsJsonObject("chance").get("p").getAsDouble());
    JsonObject l2 = json.getAsJsonArray("results").get(1).getAsJsonObject();
    assertTrue(l2.get("distance").getAsBoolean());
    assertEquals("bootstrap", l2.getAsJsonObject("interval").get("way").getAsString());
    JsonObject summary = json.getAsJsonArray("summary").get(0).getAsJsonObject();
    assertTrue(summary.get("aligned").getAsBoolean());
    assertEquals(60, summary.get("shared").getAsInt());
  }

  @Test
  void csvAndMarkdownHoldTheSame() {
    String a = space("alpha", 2, 8);
    String b = space("beta", 3, 8);
    Run csv = compare(a, b, "--measure=cka", "--format=csv", "--bootstrap=0", few()).ok();
    List<String> lines = csv.out().lines().toList();
    assertEquals(2, lines.size());
    assertEquals(lines.get(0).split(",", -1).length, lines.get(1).split(",", -1).length);
    assertTrue(lines.get(1).matches("alpha,beta,cka,0\\.\\d{6},60,,,,0\\.\\d{6},.*,60"), csv.out());
    Run markdown = compare(a, b, "--measure=cka", "--format=markdown", few()).ok();
    assertTrue(markdown.out().contains("| measure | value | 95 % interval | by chance | p |"));
  }

  @Test
  void samplesThatOnlyOneFileHasAreLeftOutAndTold() {
    String few = save("few", "beta", ids("s").subList(0, 40), vectors(3, 8).rowRange(0, 40));
    Run run = compare(space("alpha", 2, 8), few, "--measure=cka", few()).ok();
    assertTrue(
        run.err().endsWith("alpha and beta share 40 samples; left out: 20 of alpha, 0 of beta\n"),
        run.err());
    compare(space("alpha", 2, 8), few, "--measure=cka", "-q", few()).ok();
  }

  @Test
  void filesOfOneEncoderAreToldApartByName() {
    String a = save("first", "minilm", ids("s"), vectors(2, 8));
    String b = save("second", "minilm", ids("s"), vectors(3, 8));
    assertTrue(compare(a, b, "--measure=cka", few()).ok().out().contains("\nsecond  "));
    assertTrue(compare(a, a, "--measure=cka", few()).ok().out().contains("\n2:first  "));
  }

  @Test
  void filesThatCannotBeComparedAreBadInput() throws IOException {
    String a = space("alpha", 2, 8);
    String other = save("other", "beta", ids("t"), vectors(3, 8));
    compare(a, other).refused(3, "share 0 sample ids", "'s0'", "'t0'");
    compare(a, space("gamma", 3, 6), "--measure=cosine").refused(3, "equal widths but got 8 and 6");
    compare(a, space("gamma", 3, 6), "--k=60")
        .refused(3, "mutual-knn@60 needs at least 61 samples");
    compare(a, folder.resolve("none.safetensors").toString()).refused(3, "no latent-space file");
    Path broken = Path.of(other);
    byte[] bytes = Files.readAllBytes(broken);
    bytes[bytes.length - 1]++;
    Files.write(broken, bytes);
    compare(a, other).refused(5, "its card says");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | needs at least 2 latent-space files but got 0",
        "a.safetensors | needs at least 2 latent-space files but got 1",
        "a b --measure=ckaa | no measure 'ckaa'; did you mean 'cka'?",
        "a b --measure=cka, | no measure ''",
        "a b --measure=cka@3 | as in jaccard@5",
        "a b --k=0 | --k 0; expected at least 1",
        "a b --permutations=20 | expected 0, for no test, or at least 39",
        "a b --permutations=-1 | at least 39",
        "a b --bootstrap=-1 | expected 0 or more",
        "a b --format=xml | no format 'xml'",
      })
  void wrongOptionsAreUsageErrors(String line, String part) {
    compare(Stream.of(line.split(" ")).filter(a -> !a.isEmpty()).toArray(String[]::new))
        .refused(2, part);
  }
}
