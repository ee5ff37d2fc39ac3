// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of every reader of a data set: ids, order and classes are those of the files and
 * stay the same; what is empty, cut short, noise or hostile is refused in one line that names the
 * file, by no other exception; nothing stays open.
 */
final class DataReaderContractTest {
  private static final int CUTS = 6;
  private static final int CHANGES = 3;
  private static final Set<String> WITHOUT_ENDS = Set.of("20news");

  @TempDir Path folder;
  private int folders;

  static List<ReaderSample> samples() throws IOException, SQLException {
    return ReaderSamples.all();
  }

  static Stream<ReaderSample> ofFiles() throws IOException, SQLException {
    return samples().stream().filter(sample -> !sample.files().isEmpty());
  }

  private Path fresh() throws IOException {
    return Files.createDirectories(folder.resolve("f" + folders++));
  }

  @Test
  void everyFormatHasASample() throws Exception {
    Set<String> formats = new HashSet<>();
    samples().forEach(sample -> formats.add(sample.format()));
    formats.remove("nodes"); // a graph, which experiments read; no data set of the command line
    assertEquals(Set.copyOf(Datasets.names()), formats);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void idsOrderAndClassesAreThoseOfTheFilesEveryTime(ReaderSample sample) throws IOException {
    var found = sample.read(fresh());
    assertEquals(found, sample.read(fresh()));
    assertEquals(64, found.sha256().length());
    assertEquals(found.ids().size(), Set.copyOf(found.ids()).size());
    assertEquals(found.classes().size(), Set.copyOf(found.classes()).size());
    if (!sample.ids().isEmpty()) {
      assertEquals(sample.ids(), found.ids());
    }
    if (sample.classes().isEmpty()) {
      assertEquals(found.classes().stream().sorted().toList(), found.classes());
    } else {
      assertEquals(sample.classes(), found.classes());
    }
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void anEmptyFileIsRefusedByName(ReaderSample sample) throws IOException {
    for (String file : sample.files().keySet()) {
      // The other names of classes are not read.
      if (!file.startsWith("fine_label")) {
        Path place = fresh();
        Failures.badInput(() -> sample.with(file, new byte[0]).read(place), named(sample, file));
      }
    }
  }

  // A text of 20 Newsgroups is a whole file; its name is an id.
  private static String named(ReaderSample sample, String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return WITHOUT_ENDS.contains(sample.format()) && sample.spec().contains("DIR")
        ? file.substring(file.indexOf('/') + 1)
        : name.substring(name.lastIndexOf(' ') + 1);
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void aFileThatIsCutShortIsReadOrRefused(ReaderSample sample) throws IOException {
    for (var file : sample.files().entrySet()) {
      int length = file.getValue().length;
      for (int i = 1; i < CUTS; i++) {
        byte[] cut = Arrays.copyOf(file.getValue(), length * i / CUTS);
        readOrRefused(sample.with(file.getKey(), cut));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void noiseIsReadOrRefused(ReaderSample sample) throws IOException {
    var random = new Random(3);
    for (var file : sample.files().entrySet()) {
      byte[] noise = new byte[700];
      random.nextBytes(noise);
      readOrRefused(sample.with(file.getKey(), noise));
      byte[] changed = file.getValue().clone();
      for (int i = 0; i < CHANGES; i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        readOrRefused(sample.with(file.getKey(), changed.clone()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void aMissingFileIsRefusedOrNotNeeded(ReaderSample sample) throws IOException {
    for (String file : sample.files().keySet()) {
      readOrRefused(sample.without(file));
    }
  }

  private void readOrRefused(ReaderSample sample) throws IOException {
    Path place = fresh();
    try {
      sample.read(place);
    } catch (StitchException e) {
      assertTrue(
          e.kind() == StitchException.Kind.BAD_INPUT
              || (sample.isPublished() && e.kind() == StitchException.Kind.UNAVAILABLE),
          e.toString());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void aLineWithoutAnEndIsRefusedByName(ReaderSample sample) throws IOException {
    List<String> texts =
        sample.files().keySet().stream()
            .filter(file -> file.matches(".*\\.(csv|tsv|jsonl|label)|classes\\.txt"))
            .toList();
    assumeTrue(!texts.isEmpty());
    for (String file : texts) {
      byte[] bytes = sample.bytes(file);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + InputLines.MOST_LINE_BYTES + 2);
      Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
      longer[bytes.length] = bytes[bytes.length - 1] == '\n' ? (byte) 'x' : (byte) '\n';
      Path place = fresh();
      Failures.badInput(
          () -> sample.with(file, longer).read(place), named(sample, file), "8388608");
    }
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  @EnabledOnOs(OS.LINUX)
  void nothingStaysOpen(ReaderSample sample) throws Exception {
    sample.read(fresh());
    for (String file : sample.files().keySet()) {
      byte[] bytes = sample.bytes(file);
      readOrRefused(sample.with(file, Arrays.copyOf(bytes, bytes.length / 2)));
    }
    // An archive is closed when nothing refers to its images any more.
    List<String> open = open();
    for (int i = 0; i < 100 && !open.isEmpty(); i++) {
      System.gc();
      Thread.sleep(20);
      open = open();
    }
    assertEquals(List.of(), open);
  }

  private List<String> open() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(DataReaderContractTest::target)
          .filter(name -> name.startsWith(folder.toString()))
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed since it was listed
    }
  }

  /** A file of a sample that leads out of its folder, or has other columns than it should. */
  private record Hostile(String spec, String file, String content, String told) {}

  private static List<Hostile> hostile() {
    return List.of(
        new Hostile("csv:DIR/data.csv", "data.csv", "txt,label\na,b\n", "column 'text'"),
        new Hostile("csv:DIR/data.csv", "data.csv", "text,label\na,b,c\n", "expected 2 fields"),
        new Hostile(
            "csv:DIR/data.csv",
            "data.csv",
            "text;label\na;b\n",
            "give csv:FILE with --separator ';'"),
        new Hostile(
            "tsv:DIR/data.tsv", "data.tsv", "text,label\na,b\n", "apart by ',': give csv:FILE"),
        new Hostile("tsv:DIR/data.tsv", "data.tsv", "text\tlable\na\tb\n", "column 'label'"),
        new Hostile("jsonl:DIR/data.jsonl", "data.jsonl", "{\"text\":\"a\"}\n", "column 'label'"),
        new Hostile("jsonl:DIR/data.jsonl", "data.jsonl", "[1]\n", "expected an object"),
        new Hostile("trec:DIR", "TREC_10.label", "no label\n", "COARSE:fine"),
        new Hostile("ag-news:DIR", "train.csv", "1,a\n", "3 fields"),
        new Hostile("ag-news:DIR", "test.csv", "9,a,b\n", "from 1 to 2"),
        new Hostile("sib200:DIR:eng_Latn", "eng_Latn/test.tsv", "id\ttext\n1\ta\n", "'category'"),
        new Hostile(
            "n24news:DIR",
            "news/nytimes_test.json",
            "[{\"image_id\":\"../../etc/passwd\",\"section\":\"Art\",\"abstract\":\"x\"}]",
            "not a plain file name"));
  }

  @Test
  void wrongColumnsAndWaysOutAreRefusedByName() throws Exception {
    Map<String, ReaderSample> bySpec = new HashMap<>();
    samples().forEach(sample -> bySpec.put(sample.spec(), sample));
    for (Hostile hostile : hostile()) {
      ReaderSample sample = Objects.requireNonNull(bySpec.get(hostile.spec()));
      Path place = fresh();
      Failures.badInput(
          () -> sample.with(hostile.file(), hostile.content().getBytes(UTF_8)).read(place),
          named(sample, hostile.file()),
          hostile.told());
    }
    ReaderSample photos = Objects.requireNonNull(bySpec.get("imagefolder:DIR/photos.zip"));
    for (String out : List.of("../x/1.png", "/etc/1.png", "a/../../1.png", "C:/x/1.png")) {
      byte[] archive = ReaderSamples.zip(Map.of(out, Pictures.png(1), "a/2.png", Pictures.png(2)));
      Path place = fresh();
      Failures.badInput(
          () -> photos.with("photos.zip", archive).read(place), "photos.zip", "leaves the archive");
    }
    assertFalse(Files.exists(folder.resolve("x")));
  }
}
