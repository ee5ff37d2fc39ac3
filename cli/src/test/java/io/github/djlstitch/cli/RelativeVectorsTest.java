// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.cli.option.RelativeOptions;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.SpaceMeasure.Retrieval;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relative vectors as files, and the paper's measures of two of them. */
final class RelativeVectorsTest {
  /** The company in which an option means something, and the option. */
  private static final List<String> WALK =
      List.of(
          "--relative=20 | --anchor-strategy=fps",
          " | --anchor-strategy=fps",
          "--relative=20 | --seed=5",
          "--relative=20 | --similarity=euclidean",
          "--relative=20 | --similarity=cosine,euclidean",
          "--relative=20 --product=sum | --similarity=cosine,euclidean",
          "--relative=20 | --center=none",
          "--relative=20 | --order=4",
          "--relative=20 --similarity=minkowski | --order=4",
          "--relative=20 | --gamma=4",
          "--relative=20 --similarity=rbf | --gamma=4",
          "--relative=20 --similarity=geodesic | --neighbors=4",
          "--relative=20 | --positive-distances",
          "--relative=20 --similarity=manhattan | --positive-distances",
          "--relative=20 | --lambda=4",
          "--relative=20 --similarity=coordinates | --lambda=4",
          "--relative=20 | --product=concat",
          "--relative=20 | --quantize=round:0.1",
          "--relative=20 | --quantize=clusters:0.5:average",
          "--relative=20 | --quantize=round",
          "--relative=20 --product=sum | --quantize=round:0.1",
          "--relative=20 | --quantize-vectors=round:0.1",
          "--relative=20 | --norm=layer",
          "--relative=20 | --norm=batch",
          "--relative=20 | --norm=instance",
          "--relative=20 --product=sum | --norm=l2",
          "--relative=20 | --relative=21",
          "--relative=0 | --seed=5",
          " | --anchors-from=wordnet",
          " | --norm=l2");

  @TempDir Path folder;

  @Test
  void anchorsThatTheDataLackAreToldBeforeAnythingIsEncoded() throws IOException {
    Path anchors = Files.writeString(folder.resolve("anchors.txt"), "row-999\n");
    Path cache = folder.resolve("cache");
    encode("minilm", "r.safetensors", data(), "--relative=" + anchors, "--cache-dir=" + cache)
        .refused(3, "anchor 'row-999' is not among the 120 train samples");
    assertFalse(Files.exists(cache.resolve("encodings")));
  }

  private static String data() {
    return "--dataset=" + Sample.dataset();
  }

  private Run encode(String encoder, String name, String... options) {
    Stream<String> start = Stream.of("encode", "--encoder", encoder, "-q", "--out", file(name));
    Stream<String> given =
        Stream.of(options).flatMap(part -> Stream.of(part)).filter(o -> !o.isEmpty());
    return Run.of(Stream.concat(start, given).toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name + ".safetensors").toString();
  }

  private LatentSpace open(String name) {
    return LatentSpace.open(Path.of(file(name)));
  }

  @Test
  void twoEncodersAreComparedAsTable1DoesIt() {
    String anchors = folder.resolve("anchors.json").toString();
    Run.of("anchors", "--encoder=minilm", data(), "--anchors=30", "--out", anchors, "-q").ok();
    for (String encoder : List.of("minilm", "bge-small")) {
      encode(encoder, encoder, data(), "--relative", anchors, "--center=none").ok();
      encode(encoder, encoder + "-own", data()).ok();
    }
    Run run =
        Run.of("compare", file("minilm"), file("bge-small"), "--format=json", "-q", "--bootstrap=0")
            .ok();
    Anchors chosen = Anchors.load(Path.of(anchors));
    Retrieval published =
        Retrieval.of(relative("minilm", chosen), relative("bge-small", chosen), List.of(10)).get(0);
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals(published.jaccard(), value(json, "jaccard@10"), 1e-6);
    assertEquals(published.mrr(), value(json, "mrr@10"), 1e-6);
    assertEquals(published.cosine(), value(json, "cosine"), 1e-6);
    JsonObject space = json.getAsJsonArray("spaces").get(0).getAsJsonObject();
    assertEquals(chosen.sha256(), space.getAsJsonObject("relative").get("sha256").getAsString());
    Provenance.Relative card = open("minilm").provenance().relative().orElseThrow();
    assertEquals(chosen, card.anchors());
    assertEquals("none", card.settings().get("center"));
  }

  // As RetrievalStudy of the experiments does it, from the encoders' own vectors.
  private FloatMatrix relative(String encoder, Anchors anchors) {
    LatentSpace own = open(encoder + "-own");
    return RelativeProjection.onto(own.anchors(anchors), Similarity.cosine(), Centering.NONE)
        .apply(own.vectors());
  }

  private static double value(JsonObject json, String measure) {
    for (JsonElement result : json.getAsJsonArray("results")) {
      if (result.getAsJsonObject().get("measure").getAsString().equals(measure)) {
        return result.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new AssertionError("no " + measure + " in " + json);
  }

  @Test
  void linesOfTextAreRelativeToEachOtherOrToADataSet() {
    String lines =
        IntStream.range(0, 40).mapToObj(i -> "item " + i + "\n").collect(Collectors.joining());
    String texts = Sample.file("items.txt", lines).toString();
    encode("minilm", "own", texts, "--relative=12").ok();
    LatentSpace own = open("own");
    assertEquals(12, own.vectors().columns());
    assertTrue(own.ids().containsAll(relative(own).anchors().ids()));
    encode("minilm", "far", texts, "--relative=12", "--anchors-from=" + Sample.dataset()).ok();
    assertEquals(Sample.dataset(), relative(open("far")).dataset());
    encode("minilm", "test", data(), "--split=test", "--relative=12").ok();
    assertEquals(30, open("test").vectors().rows());
    Run.of("compare", file("own"), file("far"), "-q")
        .refused(3, "own and far are relative to different anchors (12 with sha256 ");
    Run.of("compare", file("own"), file("far"), "-q", "--measure=cka", "--bootstrap=0").ok();
    encode("minilm", "x", texts, "--relative=41").refused(3, "41", "40");
  }

  private static Provenance.Relative relative(LatentSpace space) {
    return space.provenance().relative().orElseThrow();
  }

  @Test
  void anOptionChangesTheVectorsOrIsRefused() {
    for (String line : WALK) {
      String[] company = line.substring(0, line.indexOf('|')).strip().split(" ", -1);
      String option = line.substring(line.indexOf('|') + 1).strip();
      Stream<String> all = Stream.concat(Stream.of(data()), Stream.of(company));
      Run run =
          encode("minilm", "with", Stream.concat(all, Stream.of(option)).toArray(String[]::new));
      if (run.code() == 0) {
        FloatMatrix with = open("with").vectors();
        encode(
                "minilm",
                "without",
                Stream.concat(Stream.of(data()), Stream.of(company)).toArray(String[]::new))
            .ok();
        assertNotEquals(open("without").vectors(), with, line);
      } else {
        run.refused(2);
      }
    }
  }

  @Test
  void theWalkHasEveryOption() {
    Set<String> walked = OptionNames.in(WALK);
    assertEquals(OptionNames.of(new RelativeOptions()), walked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--norm=l2 | --norm needs --relative",
        "--relative=9 --product=sum --norm=l2 | --norm does not go with --product",
        "--relative=9 --similarity=cosine,rbf | --similarity needs --product for a list",
        "--relative=9 --lambda=2 | --lambda needs --similarity coordinates",
        "--relative=9 --product=some | no product 'some'; did you mean 'sum'?",
        "--relative=9 --quantize=ruond:1 | no quantization 'ruond:1'; expected none, round:BIN",
        "--relative=-1 | --relative -1; expected a number from 1 to 999999999, or a file",
      })
  void aRefusalSaysWhatIsMissing(String options, String part) {
    String[] given =
        Stream.concat(Stream.of(data()), Stream.of(options.split(" ", -1))).toArray(String[]::new);
    encode("minilm", "x", given).refused(2, part);
  }
}
