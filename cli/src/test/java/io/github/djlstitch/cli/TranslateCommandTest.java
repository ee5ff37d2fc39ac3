// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Space cards and translation between two noisy views, 12 and 9 wide, of the same samples. */
final class TranslateCommandTest {
  private static final int TRAIN = TwoViews.TRAIN;
  private static final int TEST = TwoViews.TEST;

  @TempDir Path folder;

  @BeforeEach
  void spaces() {
    for (String split : List.of("train", "test")) {
      save("x-" + split, TwoViews.space("x", split, TwoViews.ids(split)));
      save("y-" + split, TwoViews.space("y", split, TwoViews.ids(split)));
    }
  }

  private void save(String name, LatentSpace space) {
    space.save(path(name));
  }

  private Path path(String name) {
    return folder.resolve(name + ".safetensors");
  }

  private Run card(String space, String card, String... more) {
    return Run.of(
        Stream.concat(
                Stream.of("card", path(space).toString(), "--out", path(card).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Run translate(String from, String to, String... more) {
    return carry("x-test", from, to, more);
  }

  private Run carry(String vectors, String from, String to, String... more) {
    Stream<String> arguments =
        Stream.of("translate", path(vectors), "--from", path(from), "--to", path(to), "--out")
            .map(Object::toString);
    return Run.of(
        Stream.of(arguments, Stream.of(path("out").toString()), Stream.of(more))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private String reference(String name) {
    return "--reference=" + path(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--codec=auto",
        "--codec=balanced --anchor-strategy=fps",
        "--codec=coordinates --lambda=.1",
        "--codec=irp",
        "--codec=irp --delta=0",
        "--codec=irp --delta=.5 --omega=4 --completion=basis --center=data",
        "--codec=irp --delta=.5 --completion=lifted --inverse=truncated --floor=.2",
        "--codec=irp --delta=.3 --inverse=ridge --lambda=3 --anchor-strategy=leverage",
        "--codec=irp --inverse=parseval --center=none",
        "--codec=parseval --rank=6 --power=.25 --lambda=.1",
      })
  void twoCardsTranslateWithoutEitherEncoder(String options) throws IOException {
    String[] codec = (options + " --anchors=40 --seed=3").split(" ");
    Run run = card("x-train", "cx", codec).ok().narrow();
    assertTrue(run.out().contains("condition number"), run.out());
    assertTrue(run.err().startsWith("wrote "), run.err());
    card("y-train", "cy", "--like=" + path("cx")).ok();
    Files.delete(path("x-train"));
    Files.delete(path("y-train"));
    JsonObject result = result(translate("cx", "cy", reference("y-test"), "--format=json").ok());
    // The views are no rotations of each other, which plain inversion would need.
    boolean irp = options.contains("irp");
    assertTrue(number(result, "reconstruction_cosine") > (irp ? .5 : .85), result::toString);
    assertTrue(number(result, "retrieval_at_1") > .3, result::toString);
    assertEquals(.005, number(result, "p"));
    assertEquals(TEST, number(result, "compared"));
    assertTrue(number(result, "relative_mismatch") > 0, result::toString);
    LatentSpace out = LatentSpace.open(path("out"));
    assertEquals(TwoViews.ids("test"), out.ids());
    assertEquals(9, out.vectors().columns());
    assertTrue(out.provenance().encoder().startsWith("y translated from x by "));
    assertFalse(out.provenance().encoderSha256().equals("e-y"));
  }

  @Test
  void sameCommandForBothSpacesGivesTheSameAnchorsAndCards() throws IOException {
    card("x-train", "cx", "--anchors=40", "--codec=parseval").ok();
    card("y-train", "cy", "--anchors=40", "--codec=parseval").ok();
    card("y-train", "cy2", "--like=" + path("cx")).ok();
    assertEquals(Sha256.ofFile(path("cy")), Sha256.ofFile(path("cy2")));
    translate("cx", "cy").ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--codec=auto",
        "--codec=coordinates",
        "--method=procrustes",
        "--method=ridge",
        "--method=linear",
        "--method=l-ortho",
        "--method=affine",
        "--method=asif"
      })
  void twoSpacesMakeATranslator(String how) {
    Run run = translate("x-train", "y-train", how, "--anchors=60", reference("y-test")).ok();
    assertTrue(run.narrow().out().contains("reconstruction cosine "), run.out());
    // Anchors do not count when the training samples themselves are measured.
    Run train =
        carry(
            "x-train",
            "x-train",
            "y-train",
            how,
            "--anchors=60",
            "--format=json",
            reference("y-train"));
    assertEquals(TRAIN - 60, number(result(train.ok()), "compared"));
  }

  @Test
  void lengthsAreThoseOfTheTargetSpace() {
    translate("x-train", "y-train", "--anchors=100").ok();
    double expected = meanNorm(LatentSpace.open(path("y-train")).vectors());
    double found = meanNorm(LatentSpace.open(path("out")).vectors());
    assertEquals(expected, found, 1e-4);
  }

  private static double meanNorm(FloatMatrix x) {
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      double square = 0;
      for (float value : x.row(i)) {
        square += (double) value * value;
      }
      sum += Math.sqrt(square);
    }
    return sum / x.rows();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--codec=parseval", "--codec=irp", "--method=ridge"})
  void aShuffledPairingIsNoAlignment(String how) {
    List<String> shuffled = new ArrayList<>(TwoViews.ids("train"));
    Collections.shuffle(shuffled, new Random(1));
    LatentSpace y = LatentSpace.open(path("y-train"));
    save("shuffled", LatentSpace.of(shuffled, new int[0], List.of(), y.vectors(), y.provenance()));
    Run run = carry("x-train", "x-train", "shuffled", how, "--anchors=60", reference("shuffled"));
    assertEquals(6, run.code(), run.err());
    assertTrue(run.err().contains("warning: no alignment: the mean cosine, "), run.err());
    assertTrue(run.out().contains("reconstruction cosine"), run.out());
    Run test = carry("x-test", "x-train", "shuffled", how, "--anchors=60", reference("y-test"));
    assertEquals(6, test.code(), test.err());
  }

  @Test
  void aTamperedCardFailsVerification() throws IOException {
    card("x-train", "cx", "--anchors=40").ok();
    card("y-train", "cy", "--anchors=40").ok();
    byte[] bytes = Files.readAllBytes(path("cy"));
    bytes[bytes.length / 2] ^= 4;
    Files.write(path("cy"), bytes);
    translate("cx", "cy").refused(5, "but its card says");
    assertFalse(Files.exists(path("out")));
  }

  @Test
  void cardsThatDoNotGoTogetherAreBadInput() {
    card("x-train", "cx", "--anchors=40").ok();
    card("y-train", "other", "--anchors=41").ok();
    translate("cx", "other").refused(3, "make both with the same anchors");
    card("y-train", "irp", "--anchors=40", "--codec=irp").ok();
    translate("cx", "irp").refused(3, "codes of the codec 'auto'");
    translate("cx", "y-train").refused(2, "two cards or two latent-space files");
    carry("y-test", "cx", "cx").refused(3, "vectors are of the encoder 'y'");
    translate("cx", "cx", reference("y-test")).refused(3, "reference's vectors are of the encoder");
    translate("cx", "cx", "--delta=.5").refused(2, "the cards bring codec and anchors");
    translate("cx", "cx", "--method=ridge").refused(2, "drop --method");
    translate("x-train", "y-train", "--method=ridge", "--codec=irp").refused(2, "not both");
  }

  @Test
  void fittedMethodsReadTheirOptionsOnly() {
    String[] ridge = {"--method=ridge", "--lambda=.1", "--center=none", "--anchors=60"};
    translate("x-train", "y-train", ridge).ok();
    fit("--method=linear --lambda=2").refused(2, "--lambda does not go with --method linear");
    fit("--method=asif --delta=.5").refused(2, "--delta does not go with --method asif");
    fit("--method=procustes").refused(2, "did you mean 'procrustes'?");
    fit("--method=irp").refused(2, "method 'irp' is not fitted on a pair of spaces; choose proc");
  }

  private Run fit(String options) {
    return translate("x-train", "y-train", (options + " --anchors=60").split(" "));
  }

  @Test
  void otherSamplesAreBadInput() {
    save("far", TwoViews.space("y", "train", List.of("a", "b", "c")));
    translate("x-train", "far").refused(3, "no sample is in both spaces");
    translate("x-train", "y-train", "--anchors=40", reference("far"))
        .refused(3, "no sample to measure");
    translate("x-train", "y-train", "--anchors=151").refused(3, "choose from 1 to 150");
    carry("x-train", "x-train", "y-train", "--anchors=148", reference("y-train"))
        .refused(3, "2 samples are too few");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--codec=coordinate | did you mean 'coordinates'?",
        "--codec=irp --inverse=pseudoo | did you mean 'pseudo'?",
        "--codec=irp --completion=lift | known: none, basis, lifted",
        "--delta=.5 | --delta does not go with --codec auto",
        "--lambda=.5 | --lambda does not go with --codec auto",
        "--codec=balanced --center=data | --center does not go with --codec balanced",
        "--codec=auto --rank=3 | --rank does not go with --codec auto",
        "--codec=balanced --power=0 | --power does not go with --codec balanced",
        "--anchors-from=trec:there | anchors are samples of the space itself; drop --anchors-from",
        "--codec=parseval --center=none | --center does not go with --codec parseval",
        "--codec=irp --lambda=3 | --lambda needs --inverse ridge",
        "--codec=irp --floor=.1 | --floor needs --inverse truncated",
        "--codec=irp --omega=4 | --omega needs a --delta",
        "--codec=irp --delta=much | expected a number from 0 to 1, or auto",
        "--codec=irp --delta=2 | expected a delta from 0 to 1",
        "--codec=parseval --power=1 | a power from 0 to 0.5",
        "--codec=coordinates --lambda=0 | expected a number above 0",
        "--like=x.safetensors --seed=1 | --like brings codec and anchors; drop --seed",
      })
  void aWrongCodecIsAUsageError(String options, String part) {
    String[] given = options.contains("--like") ? options.split(" ") : codec(options);
    card("x-train", "cx", given).refused(2, part);
  }

  private static String[] codec(String options) {
    return (options + " --anchors=40").split(" ");
  }

  @Test
  void filesOfAnotherKindAreRefused() {
    Run.of("card", path("x-train").toString(), "--out=c.npy").refused(2, "must end in .safeten");
    card("none", "cx").refused(3, "no latent-space file");
    card("x-train", "x-train").refused(2, "is a file that is read; choose another name");
    carry("out", "x-train", "y-train").refused(2, "is a file that is read");
    card("x-train", "cx", "--like=" + path("none")).refused(3, "no space card");
    card("x-train", "cx", "--like=" + path("y-train")).refused(3, "expected 'space-card'");
    card("x-train", "cx", "--anchors=" + path("none")).refused(3, "neither a number nor a file");
    translate("none", "none").refused(3, "no latent-space file");
  }

  @Test
  void figuresComeInEveryFormat() {
    String[] how = {"--anchors=40", reference("y-test"), "--format=csv"};
    String csv = translate("x-train", "y-train", how).ok().out();
    assertTrue(csv.startsWith("figure,value\r\nfrom,x\r\nto,y\r\nmethod,auto\r\n"), csv);
    how[2] = "--format=markdown";
    String markdown = translate("x-train", "y-train", how).ok().out();
    assertTrue(markdown.startsWith("| translate |  |\n| --- | ---: |\n| from | x |"), markdown);
    how[2] = "--format=json";
    JsonObject json = json(translate("x-train", "y-train", how).ok());
    assertEquals(
        List.of("schema", "command", "version", "inputs", "results", "timings_s"),
        List.copyOf(json.keySet()));
    assertEquals(
        List.of("vectors", "from", "to", "reference"),
        List.copyOf(json.getAsJsonObject("inputs").keySet()));
    JsonObject card =
        result(card("x-train", "cx", "--codec=irp", "--format=json", "--anchors=40").ok());
    assertEquals(
        List.of("encoder", "codec", "center", "anchors_sha256", "anchors", "delta", "omega"),
        List.copyOf(card.keySet()).subList(0, 7));
  }

  private static JsonObject json(Run run) {
    return new Gson().fromJson(run.out(), JsonObject.class);
  }

  private static JsonObject result(Run run) {
    return json(run).getAsJsonArray("results").get(0).getAsJsonObject();
  }

  private static double number(JsonObject result, String name) {
    return result.get(name).getAsDouble();
  }
}
