// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.space.Anchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anchors chosen, measured, saved and used. */
final class AnchorsCommandTest {
  private static final String OTHER =
      "text,label\ngood film,a\nbad film,b\nfine day,a\nrainy day,b\nnew car,a\nold shoe,b\n";

  @TempDir Path folder;

  private static Run anchors(String... more) {
    return Run.of(
        Stream.concat(
                Stream.of("anchors", "--dataset", Sample.dataset(), "--encoder=minilm,bge-small"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Run stitch(String encoder, String decoder, String... more) {
    return Run.of(
        Stream.concat(
                Stream.of("--encoder", encoder, "--decoder", decoder, "--method=relative"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Run pair(String... more) {
    return stitch(
        "minilm",
        "bge-small-head",
        Stream.concat(Stream.of("--dataset", Sample.dataset()), Stream.of(more))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uniform",
        "stratified",
        "fps",
        "fps-euclidean",
        "kmeans",
        "kmeans-mean",
        "top:9",
        "leverage"
      })
  void everyStrategyIsMeasuredInEverySpaceAndItsFileServes(String strategy) {
    Path out = folder.resolve("new/a.json");
    Run run = anchors("--anchors=12", "--anchor-strategy", strategy, "--out", out.toString()).ok();
    run.narrow();
    assertTrue(run.out().contains("12 " + strategy + " anchors, chosen with minilm"), run.out());
    assertEquals(6, run.out().lines().count(), run.out());
    assertTrue(run.out().contains("\nbge-small     0     0."), run.out());
    assertTrue(run.err().endsWith("wrote 12 anchors to " + out + "\n"), run.err());
    Run used = pair("--anchors", out.toString()).ok();
    assertTrue(used.out().contains("12 " + strategy + " anchors"), used.out());
    Run direct = pair("--anchors=12", "--anchor-strategy", strategy).ok();
    assertTrue(direct.out().contains("12 " + strategy + " anchors"), direct.out());
  }

  @Test
  void jsonHasADigestAndNumbersForEachSeedAndEncoder() {
    JsonObject json =
        JsonParser.parseString(
                anchors("--anchors=9", "--seed=3", "--seeds=2", "--format=json", "--delta=0.5")
                    .ok()
                    .out())
            .getAsJsonObject();
    assertEquals("anchors", json.get("command").getAsString());
    assertEquals(120, json.getAsJsonObject("dataset").get("train").getAsInt());
    assertEquals(4, json.getAsJsonArray("results").size());
    JsonObject last = json.getAsJsonArray("results").get(3).getAsJsonObject();
    assertEquals("bge-small", last.get("encoder").getAsString());
    assertEquals(4, last.get("seed").getAsInt());
    assertEquals(9, last.get("count").getAsInt());
    assertEquals(.5, last.get("delta").getAsDouble());
    assertEquals(64, last.get("sha256").getAsString().length());
    assertTrue(last.get("coverage").getAsDouble() <= 1);
    assertTrue(last.get("condition_number").getAsDouble() >= 1);
    assertTrue(last.get("effective_rank").getAsDouble() <= 9);
  }

  @Test
  void csvAndMarkdownHaveALineForEachSpace() {
    String csv = anchors("--anchors=9", "--format=csv").ok().out();
    assertEquals(3, csv.lines().count());
    assertTrue(csv.startsWith("encoder,strategy,seed,count,coverage,covering_radius,delta,kept,"));
    String markdown = anchors("--anchors=9", "--format=markdown").ok().out();
    assertTrue(markdown.contains("| encoder | seed | coverage |"), markdown);
  }

  @Test
  void anchorsOfAnotherDataSetServeEverywhere() throws IOException {
    String other = "csv:" + Sample.file("other.csv", OTHER);
    Path out = folder.resolve("ood.json");
    Run run = anchors("--anchors=3", "--anchors-from", other, "--out", out.toString()).ok();
    assertTrue(run.out().contains("3 uniform anchors from " + other), run.out());
    Anchors saved = Anchors.load(out);
    assertEquals(64, saved.source().length());
    String[] from = {"--anchors", out.toString(), "--anchors-from", other};
    assertTrue(pair(from).ok().out().contains("3 uniform anchors"));
    pair("--anchors", out.toString()).refused(3, "another data set", "--anchors-from");
    Path head = folder.resolve("head.safetensors");
    Run.of(
            "train",
            "--encoder=bge-small",
            "--dataset=" + Sample.dataset(),
            "--out=" + head,
            "--anchors=" + out,
            "--anchors-from=" + other)
        .ok();
    stitch("minilm", head.toString()).ok(); // the head brings them along
  }

  @Test
  void prototypesAreSavedWithAHead() throws IOException {
    Path head = folder.resolve("head.safetensors");
    Run.of(Sample.training("minilm", head, "--anchor-strategy=kmeans-mean:4")).ok();
    assertTrue(Files.readString(head, StandardCharsets.ISO_8859_1).contains("prototypes"));
    stitch("bge-small", head.toString()).ok();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--anchors=121 | 3 | 121 anchors cannot be chosen among 120 training samples",
        "--anchors=100 --anchor-strategy=top:30 | 3 | after skipping 30; choose from 1 to 90",
        "--anchor-strategy=kmean | 2 | did you mean 'kmeans'?",
        "--anchor-strategy=fps:2 | 2 | expected top:N (skip N samples)",
        "--anchors=none.txt | 3 | neither a number nor a file that can be read",
        "--anchors=none.json | 3 | no file 'none.json'",
        "--seeds=0 | 2 | --seeds 0; expected at least 1",
        "--delta=1.5 | 2 | --delta 1.5; expected 0 to 1",
        "--delta=NaN | 2 | --delta NaN; expected 0 to 1",
        "--out=a.txt | 2 | --out 'a.txt' must end in .json",
        "--anchors-from=nowhere | 2 | nowhere",
      })
  void whatIsWrongIsOneLine(String options, int code, String message) {
    anchors(("-q " + options).split(" ")).refused(code, message);
    assertFalse(Files.exists(Path.of("a.txt")));
  }
}
