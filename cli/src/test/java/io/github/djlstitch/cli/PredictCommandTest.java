// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions of any encoder with a saved head, whose data set is not there any more. */
final class PredictCommandTest {
  private static final String ROWS =
      """
      n,text,label
      1,the dog sleeps,animal
      2,a fast car,vehicle
      3,"bread, with butter",food
      """;

  @TempDir Path folder;

  private Path head;

  @BeforeEach
  void train() throws IOException {
    head = folder.resolve("head.safetensors");
    Path data = Files.writeString(folder.resolve("gone.csv"), trainingRows());
    trained("csv:" + data, head);
    Files.delete(data);
  }

  private static String trainingRows() throws IOException {
    return Files.readString(Path.of(Sample.dataset().substring("csv:".length())));
  }

  private static void trained(String dataset, Path out, String... more) {
    String[] start = {
      "train", "-q", "--encoder=bge-small", "--dataset=" + dataset, "--anchors=30", "--out=" + out
    };
    Run.of(Stream.of(start, more).flatMap(Stream::of).toArray(String[]::new)).ok();
  }

  private Run predict(String encoder, Path from, String... more) {
    String[] start = {"predict", "--encoder=" + encoder, "--decoder=" + from, "-q"};
    return Run.of(Stream.of(start, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void linesAreLabelledInTheirOrder() throws IOException {
    Path texts = file("in.txt", "the dog sleeps\na fast car\nbread with butter\n");
    List<String> lines =
        predict("minilm", head, texts.toString()).ok().narrow().out().lines().toList();
    assertEquals(4, lines.size());
    assertTrue(lines.get(0).startsWith("predicted"), lines.get(0));
    assertTrue(lines.get(1).matches("animal +0\\.[0-9]{3}  the dog sleeps"), lines.get(1));
    assertTrue(lines.get(2).startsWith("vehicle "), lines.get(2));
    assertTrue(lines.get(3).startsWith("food "), lines.get(3));
  }

  @Test
  void columnsAreKeptAndLabelsScored() throws IOException {
    Path rows = file("in.csv", ROWS);
    Run csv = predict("minilm", head, rows.toString(), "--format=csv", "--top=2").ok();
    List<String> lines = csv.out().lines().toList();
    assertEquals("n,text,label,predicted,probability,predicted_2,probability_2", lines.get(0));
    assertTrue(lines.get(3).matches("3,\"bread, with butter\",food,food,0\\.[0-9]{6},[a-z]+,.*"));
    Run table = predict("bge-small", head, rows.toString()).ok().narrow();
    assertTrue(table.out().contains("3 labels: accuracy 1.000, macro F1 1.000"), table.out());
    assertTrue(table.out().contains("true \\ said"), table.out());
  }

  @Test
  void jsonLinesKeepTheirValues() throws IOException {
    Path rows =
        file(
            "in.jsonl",
            """
            {"a":{"b":"the dog sleeps"},"n":[1,null],"kind":"animal"}
            {"a":{"b":"a fast car"},"n":{"x":"="},"kind":"ship"}
            """);
    Run run =
        predict("minilm", head, rows.toString(), "--columns=text=a.b,label=kind", "--format=jsonl")
            .ok();
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches(
                "\\{\"a\":\\{\"b\":\"the dog sleeps\"},\"n\":\\[1,null],\"kind\":\"animal\","
                    + "\"predicted\":\"animal\",\"probability\":0\\.[0-9]+}"),
        lines.get(0));
    assertEquals(2, lines.size());
    Run table = predict("minilm", head, rows.toString(), "--columns=text=a.b,label=kind").ok();
    assertTrue(table.out().contains("1 labels are no class of the head"), table.out());
  }

  @Test
  void blankRowsAreRefusedOrPassedOver() throws IOException {
    Path rows = file("in.tsv", "text\tlabel\nthe dog\tanimal\n \tfood\na car\tvehicle\n");
    predict("minilm", head, rows.toString())
        .refused(3, "line 3", "the text is empty", "--skip-bad");
    Run run = predict("minilm", head, rows.toString(), "--skip-bad", "--format=csv").ok();
    assertEquals(4, run.out().lines().count());
    assertTrue(run.out().contains(" ,food,,"), run.out());
    assertTrue(run.err().contains("1 rows have no text"), run.err());
  }

  @Test
  void privateAnchorsAreGivenAtUse() throws IOException {
    Path data = file("train.csv", trainingRows());
    Path kept = folder.resolve("private.safetensors");
    trained("csv:" + data, kept, "--without-anchor-inputs");
    Path texts = file("in.txt", "the dog sleeps\n");
    predict("minilm", kept, texts.toString()).refused(3, "--anchor-texts", "'bge-small'");
    String own = predict("bge-small", kept, texts.toString()).ok().out();
    assertEquals(predict("bge-small", head, texts.toString()).ok().out(), own);
    assertEquals(
        predict("minilm", head, texts.toString()).ok().out(),
        predict("minilm", kept, texts.toString(), "--anchor-texts=" + data).ok().out());
    Path other = file("other.csv", trainingRows().replace("today", "tomorrow"));
    predict("minilm", kept, texts.toString(), "--anchor-texts=" + other)
        .refused(5, "are others than the head was trained with");
    predict("minilm", kept, texts.toString(), "--anchor-texts=" + texts)
        .refused(3, "has 1 texts but the head has 30 anchor samples");
    Path out = folder.resolve("exported");
    String[] export = {"export", "-q", "--encoder=minilm", "--decoder=" + kept, "--out=" + out};
    Run.of(export).refused(3, "--anchor-texts");
    String[] fed = Arrays.copyOf(export, export.length + 1);
    fed[export.length] = "--anchor-texts=" + data;
    Run.of(fed).ok();
    assertTrue(Files.isRegularFile(out.resolve("model.pt")));
  }

  @Test
  void methodsFollowWhatTheHeadReads() throws IOException {
    Path absolute = folder.resolve("absolute.safetensors");
    trained(Sample.dataset(), absolute, "--reads=absolute");
    Path texts = file("in.txt", "the dog sleeps\n");
    assertTrue(predict("minilm", absolute, texts.toString()).ok().out().contains("animal"));
    for (String method : List.of("auto", "procrustes", "coordinates")) {
      Run run = predict("minilm", absolute, texts.toString(), "--method=" + method).ok();
      assertTrue(run.out().contains("animal"), method + ": " + run.out());
    }
    predict("minilm", absolute, texts.toString(), "--method=relative")
        .refused(3, "needs a head on relative vectors");
  }

  @Test
  void imagesComeFromFilesFoldersAndArchives() throws IOException {
    Path digits = folder.resolve("digits.safetensors");
    Run.of(
            "train",
            "-q",
            "--encoder=rexnet-digits",
            "--split-size=200,50",
            "--anchors=20",
            "--out=" + digits)
        .ok();
    Path images = digitImages(60);
    Run run = predict("vit-digits", digits, images.toString()).ok().narrow();
    assertTrue(run.out().contains("60 labels: accuracy 0."), run.out());
    assertTrue(run.out().contains("most confused\n"), run.out());
    Path archive = folder.resolve("digits.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
      out.putNextEntry(new ZipEntry("0.png"));
      out.write(Files.readAllBytes(images.resolve("0/0.png")));
    }
    String one =
        predict("vit-digits", digits, images.resolve("0/0.png").toString(), "--format=csv")
            .ok()
            .out();
    String packed = predict("vit-digits", digits, archive.toString(), "--format=csv").ok().out();
    assertEquals(one.replaceAll(".*png,", ""), packed.replaceAll(".*png,", ""));
    predict("vit-digits", digits).refused(2, "reads images; give image files");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    predict("vit-digits", digits, empty.toString()).refused(3, "holds no images");
    predict("minilm", digits, empty.toString()).refused(2, "is not a file of texts");
  }

  // The first test samples, in a folder for each class; number 0 in that of zeros, so that there is
  // something to confuse.
  private Path digitImages(int count) throws IOException {
    var zoo = ModelZoo.open(ZooOptions.in(folder.resolve("cache")));
    Dataset<ImageSource> data = zoo.dataset("digits").requireImages();
    Path images = folder.resolve("images");
    for (int i = 0; i < count; i++) {
      var sample = data.test().get(i);
      Path named = images.resolve(data.classes().get(i == 0 ? 0 : sample.label()));
      Files.write(Files.createDirectories(named).resolve(i + ".png"), sample.input().file());
    }
    return images;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--top=0 | 2 | --top 0; expected 1 to 3",
        "--top=4 | 2 | --top 4; expected 1 to 3",
        "--columns=text=body | 3 | has no column 'body'; it has n, text, label",
        "--columns=label=kind | 3 | has no column 'kind'",
        "--format=xml | 2 | xml",
        "--method=relativ | 2 | did you mean 'relative'?",
        "--input-format=jsonl | 3 | line 1 is not one strict JSON object",
      })
  void mistakesAreToldInOneLine(String option, int code, String message) throws IOException {
    Path rows = file("in.csv", ROWS);
    predict("minilm", head, rows.toString(), option).refused(code, message);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    predict("minilm", head, folder.resolve("no.txt").toString())
        .refused(3, "no.txt' does not exist");
    predict("minilm", folder.resolve("no.safetensors")).refused(3, "no.safetensors");
    predict("minilm", file("old.json", "{}")).refused(3, "heads are single .safetensors files");
    predict("minilm", head, file("ragged.csv", "text,n\na\n").toString())
        .refused(3, "line 2: expected 2 fields as in the header but found 1");
    predict("vit-digits", head, file("in.txt", "a\n").toString())
        .refused(3, "in.txt' is neither an image nor a .zip archive");
  }
}
