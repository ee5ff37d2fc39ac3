// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.option.OptionReaders;
import io.github.djlstitch.cli.option.PruningOptions;
import io.github.djlstitch.cli.option.SpaceOptions;
import io.github.djlstitch.core.stitch.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option of the main command with every method: it changes the result, or it is told. */
final class OptionReadersTest {
  /** The company in which an option means something, and the option. */
  static final List<String> WALK =
      List.of(
          " | --anchors=20",
          "--anchors=30 | --anchor-strategy=fps",
          "--anchors=30 | --anchors-from=" + Sample.dataset().replace(' ', '\t'),
          "--anchors=30 | --similarity=euclidean",
          "--anchors=30 --similarity=minkowski | --order=1",
          "--anchors=30 --similarity=rbf | --gamma=30",
          "--anchors=30 --similarity=geodesic | --neighbors=3",
          "--anchors=30 --similarity=euclidean --head=mlp | --positive-distances",
          "--anchors=30 | --lambda=30",
          "--anchors=30 --similarity=coordinates | --lambda=30",
          "--anchors=30 | --delta=.5",
          "--anchors=30 --delta=.7 | --omega=2",
          "--anchors=30 | --center=none",
          "--anchors=6 | --head=mlp",
          "--anchors=30 | --seed=1",
          "--anchors=30 | --l2=1",
          "--anchors=8 --l2=.1 | --balanced");

  private static final Map<String, Map<String, String>> SEEN = new TreeMap<>();

  @ParameterizedTest
  @FieldSource("WALK")
  void anOptionChangesWhatItIsToldToChange(String line) throws IOException {
    String company = line.substring(0, line.indexOf('|')).strip();
    String option = line.substring(line.indexOf('|') + 1).strip();
    Run run = stitch("all", company, option).ok();
    Map<String, String> without = without(company.isEmpty() ? "--anchors=30" : company);
    Set<String> unchanged =
        results(run).entrySet().stream()
            .filter(entry -> entry.getValue().equals(without.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    String name = option.replaceFirst("=.*", "");
    assertEquals(unchanged, told(run.err(), name), run.err());
    for (String method : unchanged) {
      Run alone = stitch(method, company, option);
      alone.refused(2, "does not go with --method " + method + "; drop it, or choose of ");
    }
  }

  private static Map<String, String> without(String company) throws IOException {
    Map<String, String> seen = SEEN.get(company);
    if (seen == null) {
      seen = results(stitch("all", company, "").ok());
      SEEN.put(company, seen);
    }
    return seen;
  }

  // The methods that a line says do without the option.
  private static Set<String> told(String err, String option) {
    return err.lines()
        .filter(line -> line.startsWith(option + " is read by "))
        .flatMap(line -> Stream.of(line.replaceFirst(".*, not by ", "").split(", ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Run stitch(String method, String company, String option) throws IOException {
    Stream<String> fixed =
        Stream.of(
            "--encoder=minilm",
            "--decoder=bge-small-head",
            "--dataset=" + unequalClasses(),
            "--format=json",
            "--method=" + method);
    Stream<String> given =
        Stream.of((company + " " + option).strip().split(" ")).map(o -> o.replace('\t', ' '));
    return Run.of(Stream.concat(fixed, given).toArray(String[]::new));
  }

  // With equal ones, --balanced has nothing to do.
  private static String unequalClasses() throws IOException {
    Path all = Path.of(Sample.dataset().replaceFirst("csv:", ""));
    List<String> lines = Files.readAllLines(all);
    String some =
        IntStream.range(0, lines.size())
            .filter(i -> i % 4 != 1 || i > 110)
            .mapToObj(lines::get)
            .filter(line -> !line.endsWith("food") || line.length() % 2 == 0)
            .collect(Collectors.joining("\n", "", "\n"));
    return "csv:" + Sample.file("unequal.csv", some);
  }

  // What was measured of each method, without times.
  private static Map<String, String> results(Run run) {
    Map<String, String> results = new TreeMap<>();
    JsonObject json = new Gson().fromJson(run.out(), JsonObject.class);
    for (JsonElement element : json.getAsJsonArray("results")) {
      JsonObject row = element.getAsJsonObject();
      String measured =
          row.get("metric") + " " + row.get("own") + " " + row.get("diagnostics") + "\n";
      results.merge(row.get("method").getAsString(), measured, String::concat);
    }
    return results;
  }

  @Test
  void theWalkHasEveryOption() {
    Set<String> known = OptionNames.of(new SpaceOptions(), new PruningOptions());
    assertEquals(known, OptionNames.in(WALK));
    assertTrue(known.containsAll(OptionReaders.OPTIONS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method=irp --lambda=10 | does not go with --method irp; drop it, or choose of coordina",
        "--method=absolute,relative --delta=.5 | with --method absolute, relative; drop it, or",
        "--method=relative --order=2 | --order needs --similarity minkowski",
        "--gamma=2 --similarity=minkowski | --gamma needs --similarity rbf",
        "--neighbors=2 --similarity=rbf | --neighbors needs --similarity geodesic",
        "--positive-distances | --positive-distances needs a --similarity that is a distance",
        "--lambda=auto | --lambda needs a number, or --similarity coordinates",
        "--head=mlp --l2=1e-3 | --l2 needs --head linear",
        "--method=irp-pruned --omega=3 | --omega needs a --delta above 0",
        "--method=irp-pruned --omega=3 --delta=0 | --omega needs a --delta above 0",
        "--anchor-strategy=fps --anchors=x.json | --anchor-strategy needs a number of --anchors",
      })
  void whatNoneReadsIsRefused(String options, String part) {
    String[] start = {"--encoder=minilm", "--decoder=minilm-head"};
    Run.of(Stream.of(start, options.split(" ")).flatMap(Stream::of).toArray(String[]::new))
        .refused(2, part);
  }

  @Test
  void whoNamesMethodsIsWarned() {
    Run run = Run.of(Sample.pair("--method=irp,irp-ridge", "--lambda=10", "-q")).ok();
    assertEquals("warning: --lambda is read by irp-ridge, not by irp\n", run.err());
    assertTrue(run.out().contains("irp-ridge (lambda 10)"), run.out());
    Run usual = Run.of(Sample.pair("--lambda=10", "-q")).ok();
    assertEquals("", usual.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"absolute", "product"})
  void aHeadRefusesWhatItDoesNotRead(String reads) {
    Path out = Sample.folder().resolve("never.safetensors");
    for (String option : List.of("--similarity=inner", "--lambda=2", "--order=2", "--gamma=1")) {
      Run run = Run.of(Sample.training("minilm", out, "--reads=" + reads, option));
      run.refused(2, option.replaceFirst("=.*", ""));
    }
    Run.of(Sample.training("minilm", out, "--lambda=2"))
        .refused(2, "--lambda needs --similarity coordinates");
    assertFalse(Files.exists(out));
  }

  @Test
  void everyMethodWithAWeightHasADefault() {
    assertEquals(
        "coordinates 1.0, parseval 0.1, irp-ridge 3.0, ridge 1.0",
        Arrays.stream(Method.values())
            .filter(method -> method.defaultLambda().isPresent())
            .map(method -> method.id() + " " + method.defaultLambda().getAsDouble())
            .collect(Collectors.joining(", ")));
  }
}
