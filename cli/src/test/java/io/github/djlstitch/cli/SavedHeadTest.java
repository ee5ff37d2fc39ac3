// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads saved by {@code train}, and what they may be used for. */
final class SavedHeadTest {
  @TempDir Path folder;

  private Path head;

  @BeforeEach
  void train() {
    head = folder.resolve("saved head.safetensors");
    Run run = Run.of(Sample.training("bge-small", head)).ok();
    assertTrue(run.out().matches("(?s)train\\s.*test accuracy .*"), run.out());
    String told = run.err().lines().reduce("", (before, line) -> line); // progress may come first
    assertTrue(told.matches("wrote .*: relative head of bge-small on .*accuracy [01].*"), told);
  }

  @Test
  void givesTheAccuracyOfTheHeadThatTheNameMeans() {
    String named = Run.of(Sample.pair("--format=csv", "--method=relative")).ok().scores();
    assertEquals(named, saved("--format=csv").ok().scores());
  }

  @Test
  void anAbsoluteHeadServesTheOtherMethods() {
    Run.of(Sample.training("bge-small", head, "--reads=absolute", "-q")).ok();
    String named =
        Run.of(Sample.pair("--format=csv", "--method=absolute,coordinates")).ok().scores();
    assertEquals(named, saved("--format=csv").ok().scores());
    saved("--method=relative").refused(2, "reads absolute vectors");
  }

  @Test
  void aProductHeadServesTheProduct() {
    Run trained = Run.of(Sample.training("bge-small", head, "--reads=product")).ok();
    assertTrue(trained.err().contains("product head of bge-small"), trained.err());
    String named = Run.of(Sample.pair("--format=csv", "--method=product")).ok().scores();
    assertEquals(named, saved("--format=csv").ok().scores());
    assertEquals(named, saved("--format=csv", "--method=all").ok().scores());
    saved("--method=relative").refused(2, "reads product vectors");
  }

  @Test
  void otherHeadsAndSimilaritiesCanBeTrained() {
    String[] how = {"--head=mlp", "--similarity=coordinates", "--balanced", "--lambda=0.5"};
    Run.of(Sample.training("minilm", head, how)).ok();
    String out = saved().ok().out();
    assertTrue(out.contains("relative (coordinates)"), out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coordinates --lambda=auto",
        "minkowski --order=1.5 --positive-distances",
        "rbf --gamma=2",
        "basis-change"
      })
  void headsOnEverySimilarityAreTheSameAfterLoading(String how) {
    String[] options = ("--similarity=" + how).split(" ");
    Run.of(Sample.training("bge-small", head, options)).ok();
    String[] named =
        Stream.of(options, new String[] {"--format=csv", "--method=relative"})
            .flatMap(Stream::of)
            .toArray(String[]::new);
    assertEquals(Run.of(Sample.pair(named)).ok().scores(), saved("--format=csv").ok().scores());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--similarity=mahalanobis", "--similarity=geodesic", "--center=data"})
  void statisticsOfTheTrainingDataAreKeptAndOthersEstimated(String how) {
    Run.of(Sample.training("bge-small", head, how)).ok();
    String[] same = {"--format=csv", "--method=relative", how};
    Run saved = saved("--format=csv").ok();
    assertEquals(ownLine(Run.of(Sample.pair(same)).ok()), ownLine(saved));
    assertTrue(saved.err().contains("those of 'minilm' are estimated from the"), saved.err());
  }

  private static String ownLine(Run run) {
    return run.scores().lines().filter(line -> line.startsWith("bge-small,")).toList().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--anchors=7",
        "--similarity=inner",
        "--order=2",
        "--seeds=3",
        "--center=none",
        "--curve=5,9"
      })
  void whatItBringsCannotBeGiven(String option) {
    saved(option).refused(2, "brings its own anchors", option.replaceFirst("=.*", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--split-size=60,30", "--test-fraction=0.5", "--dtype=bfloat16"})
  void otherSamplesOfTheSameClassesAreServed(String option) {
    saved(option).ok();
  }

  @Test
  void theDataMayMoveAndTheColumnsAreRemembered() throws IOException {
    String rows = Files.readString(Path.of(Sample.dataset().substring("csv:".length())));
    Path data =
        Files.writeString(
            folder.resolve("own.csv"),
            rows.replaceFirst("text", "body").replaceFirst("label", "kind"));
    Run.of(
            "train",
            "--encoder=bge-small",
            "--dataset=csv:" + data,
            "--columns=text=body,label=kind",
            "--anchors=30",
            "--out=" + head)
        .ok();
    String before = own("csv:" + data).ok().scores();
    Path moved = Files.move(data, folder.resolve("moved.csv"));
    String after = own("csv:" + moved).ok().scores();
    assertEquals(before.replace("own.csv", "moved.csv"), after);
    Run.of("--encoder=minilm", "--decoder=" + head).refused(3, "own.csv", "does not exist");
  }

  private Run own(String dataset) {
    return Run.of("--encoder=minilm", "--decoder=" + head, "--dataset=" + dataset, "--format=csv");
  }

  @Test
  void classesThatTheHeadDoesNotKnowAreNamed() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("others.csv"),
            "text,label,split\na,x,train\nb,y,train\nc,x,test\nd,y,test\n");
    own("csv:" + data).refused(3, "has the class 'x'", "which 'bge-small-head' does not know");
  }

  @Test
  void damagedFilesFailVerification() throws IOException {
    byte[] bytes = Files.readAllBytes(head);
    bytes[bytes.length - 1] ^= 1;
    Files.write(head, bytes);
    saved().refused(5, "is damaged", "copy or train it again");
    Files.write(head, Arrays.copyOf(bytes, 100));
    saved().refused(3, "not a valid safetensors file");
  }

  @Test
  void missingAndEarlierFilesAreNamed() throws IOException {
    Run.of("--encoder=minilm", "--decoder", folder.resolve("none.safetensors").toString())
        .refused(3, "none.safetensors");
    Path old = Files.writeString(folder.resolve("old.json"), "{}");
    Run.of("--encoder=minilm", "--decoder", old.toString())
        .refused(3, "heads are single .safetensors files now");
  }

  private Run saved(String... more) {
    String[] arguments = new String[more.length + 6];
    String[] start = {
      "--encoder", "minilm", "--decoder", head.toString(), "--dataset", Sample.dataset()
    };
    System.arraycopy(start, 0, arguments, 0, 6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Run.of(arguments);
  }
}
