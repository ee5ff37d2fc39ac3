// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageFolderTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final String[] SPLITS = {
    "train/cat/1.png", "train/dog/1.png", "train/dog/2.png", "test/cat/1.png", "test/dog/x/9.png"
  };

  @TempDir Path folder;

  private LabelledData open(Path path) {
    return Datasets.open("imagefolder:" + path, DEFAULTS);
  }

  private Dataset<ImageSource> images(Path path) {
    return open(path).requireImages();
  }

  private static List<String> ids(List<Sample<ImageSource>> samples) {
    return samples.stream().map(Sample::id).toList();
  }

  @Test
  void readsSplitsAndClasses() throws IOException {
    Pictures.files(folder, SPLITS);
    Dataset<ImageSource> data = images(folder);
    assertEquals(List.of("cat", "dog"), data.classes());
    assertEquals(
        List.of("train/cat/1.png", "train/dog/1.png", "train/dog/2.png"), ids(data.train()));
    assertEquals(List.of("test/cat/1.png", "test/dog/x/9.png"), ids(data.test()));
    assertEquals(1, data.test().get(1).label());
    var image = data.train().get(0).input().decode();
    int rgb = SPLITS[0].hashCode() & 0xffffff;
    byte[] expected = {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb, 0, 0, 0};
    assertArrayEquals(expected, image.pixels());
  }

  @Test
  void anArchiveIsAsItsFolder() throws IOException {
    Pictures.files(folder.resolve("data"), SPLITS);
    Dataset<ImageSource> unpacked = images(folder.resolve("data"));
    Path plain = Pictures.zip(folder.resolve("a.zip"), SPLITS);
    String[] wrapped = Stream.of(SPLITS).map(p -> "pets/all/" + p).toArray(String[]::new);
    Path inFolder = Pictures.zip(folder.resolve("b.zip"), wrapped);
    for (Path archive : List.of(plain, inFolder)) {
      // The wrapped one has other colours, so only ids and labels agree.
      assertEquals(ids(unpacked.train()), ids(images(archive).train()));
      assertEquals(ids(unpacked.test()), ids(images(archive).test()));
    }
    assertEquals(unpacked.sha256(), images(plain).sha256());
    assertNotEquals(unpacked.sha256(), images(inFolder).sha256());
    Files.write(folder.resolve("data/train/cat/1.png"), Pictures.png(1));
    assertNotEquals(unpacked.sha256(), images(folder.resolve("data")).sha256());
  }

  @Test
  void threadsShareAnArchive() throws IOException {
    String[] paths =
        IntStream.range(0, 200)
            .mapToObj(i -> (i % 2 == 0 ? "cat/" : "dog/") + i + ".png")
            .toArray(String[]::new);
    Dataset<ImageSource> data = images(Pictures.zip(folder.resolve("x.zip"), paths));
    long right =
        IntStream.range(0, 2000)
            .parallel()
            .mapToObj(i -> data.train().get(i % data.train().size()))
            .filter(s -> s.input().decode().pixels()[2] == (byte) s.id().hashCode())
            .count();
    assertEquals(2000, right);
  }

  @Test
  void withoutOrWithOneSplitItIsDividedByClass() throws IOException {
    for (String prefix : List.of("", "test/")) {
      Path archive =
          Pictures.zip(
              folder.resolve("one.zip"),
              IntStream.range(0, 20)
                  .mapToObj(i -> prefix + (i % 2 == 0 ? "cat/" : "dog/") + i + ".png")
                  .toArray(String[]::new));
      Dataset<ImageSource> data = images(archive);
      assertEquals(16, data.train().size());
      assertEquals(List.of(2L, 2L), counts(data.test()));
      assertEquals(data.sha256(), images(archive).sha256());
      var other = Datasets.open("imagefolder:" + archive, DEFAULTS.withSeed(1)).requireImages();
      assertNotEquals(ids(data.test()), ids(other.test()));
    }
  }

  private static List<Long> counts(List<Sample<ImageSource>> samples) {
    return Stream.of(0, 1).map(c -> samples.stream().filter(s -> s.label() == c).count()).toList();
  }

  @Test
  void splitSizeKeepsEachClass() throws IOException {
    Pictures.files(folder, SPLITS);
    var options = DEFAULTS.withSplitSize(new SplitSize(2, 1));
    var data = Datasets.open("imagefolder:" + folder, options).requireImages();
    assertEquals(List.of(1L, 1L), counts(data.train()));
    assertEquals(1, data.test().size());
  }

  @Test
  void validationServesForWhatIsMissing() throws IOException {
    Pictures.files(folder, "val/a/1.png", "val/b/1.png", "train/a/1.png", "train/b/1.png");
    assertEquals(List.of("val/a/1.png", "val/b/1.png"), ids(images(folder).test()));
    Pictures.files(folder, "test/a/1.png", "test/b/1.png");
    assertEquals(List.of("test/a/1.png", "test/b/1.png"), ids(images(folder).test()));
    assertEquals(2, images(folder).train().size());
    assertEquals(1, open(folder).notes().size());
  }

  @Test
  void twoArchivesAreTwoSplits() throws IOException {
    Pictures.zip(folder.resolve("train.zip"), "train/a/1.png", "train/b/1.png");
    Pictures.zip(folder.resolve("test.zip"), "a/1.png", "b/1.png");
    Dataset<ImageSource> data = images(folder);
    assertEquals(List.of("train/a/1.png", "train/b/1.png"), ids(data.train()));
    assertEquals(List.of("test/a/1.png", "test/b/1.png"), ids(data.test()));
  }

  @Test
  void hiddenFilesAreSkippedAndOthersCounted() throws IOException {
    String[] paths = {
      "cats/a/1.png",
      "cats/a/2.png",
      "cats/b/1.png",
      "cats/b/2.png",
      "cats/b/notes.txt",
      "__MACOSX/cats/a/._1.png",
      "cats/.DS_Store",
      "cats/a/.hidden.png",
      "cats/README.md"
    };
    LabelledData data = open(Pictures.zip(folder.resolve("c.zip"), paths));
    assertEquals(List.of("a", "b"), data.classes());
    assertEquals(1, data.notes().size());
    assertEquals(true, data.notes().get(0).contains("left out 2 files"), data.notes().get(0));
  }

  @Test
  void aClassMayBeCalledTrain() throws IOException {
    Pictures.files(folder, "train/1.png", "train/2.png", "bus/1.png", "bus/2.png");
    assertEquals(List.of("bus", "train"), images(folder).classes());
    Pictures.files(folder, "train/x/3.png");
    Failures.badInput(() -> images(folder), "'train' beside others");
  }

  @Test
  void refusesWhatIsNoClassFolder() throws IOException {
    Failures.badInput(() -> images(folder.resolve("no")), "no' does not exist");
    Failures.badInput(() -> images(folder), "holds no images", "jpg");
    Pictures.files(folder, "a/1.png", "2.png");
    Failures.badInput(() -> images(folder), "'2.png' lies outside of the class folders");
    Files.delete(folder.resolve("2.png"));
    Failures.badInput(() -> images(folder), "test samples");
    Pictures.files(folder, "a/2.png");
    Failures.badInput(() -> images(folder), "single class 'a'");
    Pictures.files(folder, "b/x\ny.png");
    Failures.badInput(() -> images(folder), "control characters", "\\u000A");
  }

  @Test
  void aClassOfTheTestSplitOnlyIsRefused() throws IOException {
    Pictures.files(folder, "train/a/1.png", "train/b/1.png", "test/c/1.png");
    Failures.badInput(() -> images(folder), "'test/c/1.png'", "label 'c'", "test split only");
  }

  @Test
  void aLoopOfLinksEnds() throws IOException {
    Pictures.files(folder, "a/1.png", "b/1.png");
    Files.createSymbolicLink(folder.resolve("b/again"), folder);
    Failures.badInput(() -> images(folder), "cannot be read", "FileSystemLoop");
  }

  @Test
  void imageNetNeedsWordNetIds() throws IOException {
    Pictures.files(
        folder,
        "train/n00000001/a.png",
        "train/n00000002/b.png",
        "val/n00000002/c.png",
        "test/d.png");
    var data = Datasets.open("imagenet-1k:" + folder, DEFAULTS).requireImages();
    assertEquals(List.of("n00000001", "n00000002"), data.classes());
    assertEquals(List.of("val/n00000002/c.png"), ids(data.test()));
    Pictures.files(folder, "val/e.png");
    Failures.badInput(
        () -> Datasets.open("imagenet-1k:" + folder, DEFAULTS), "'val/e.png'", "nXXXXXXXX");
  }

  @Test
  void theErrorOfABrokenImageNamesTheEntry() throws IOException {
    Pictures.files(folder, "a/1.png", "a/2.png", "b/1.png", "b/2.png");
    Files.writeString(folder.resolve("b/2.png"), "no image");
    Dataset<ImageSource> data = images(folder);
    var broken =
        Stream.concat(data.train().stream(), data.test().stream())
            .filter(s -> s.id().equals("b/2.png"))
            .findFirst()
            .orElseThrow();
    Failures.badInput(() -> broken.input().decode(), "b/2.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a/1.png",
        "a/../../1.png",
        "/a/1.png",
        "a\\1.png",
        "C:/a/1.png",
        "a//1.png",
        "./a/1.png",
        "a/..",
        ".."
      })
  void pathsThatLeaveAnArchiveAreRefused(String path) throws IOException {
    Path archive = Pictures.zip(folder.resolve("x.zip"), "a/1.png", "b/1.png", path);
    Failures.badInput(() -> images(archive), "x.zip", "leaves the archive");
  }

  @Test
  void pathsThatDifferInCaseOnlyAreRefused() throws IOException {
    Path archive = Pictures.zip(folder.resolve("x.zip"), "a/1.png", "b/1.png", "a/1.PNG");
    Failures.badInput(() -> images(archive), "x.zip", "upper and lower case");
  }

  @Test
  void linksAreRefused() throws IOException {
    Path archive = folder.resolve("x.zip");
    try (var zip = new ZipArchiveOutputStream(archive)) {
      var link = new ZipArchiveEntry("a/1.png");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write("/etc/passwd".getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
    Failures.badInput(() -> images(archive), "'a/1.png' is a link");
  }

  @Test
  void aBombIsRefused() throws IOException {
    Path archive = folder.resolve("x.zip");
    try (var zip = new ZipArchiveOutputStream(archive)) {
      zip.putArchiveEntry(new ZipArchiveEntry("a/1.png"));
      zip.write(new byte[8 << 20]);
      zip.closeArchiveEntry();
    }
    Failures.badInput(() -> images(archive), "'a/1.png' grows more than 200 times");
  }

  @Test
  void encryptedEntriesAreRefused() throws IOException {
    Path archive = Pictures.zip(folder.resolve("x.zip"), "a/1.png", "b/1.png");
    byte[] bytes = Files.readAllBytes(archive);
    int directory = indexOf(bytes, "PK\1\2");
    bytes[directory + 8] |= 1;
    Files.write(archive, bytes);
    Failures.badInput(() -> images(archive), "'a/1.png' is encrypted");
  }

  @Test
  void overlappingEntriesAreRefused() throws IOException {
    Path archive = Pictures.zip(folder.resolve("x.zip"), "a/1.png", "b/1.png");
    byte[] bytes = Files.readAllBytes(archive);
    int directory = indexOf(bytes, "PK\1\2");
    bytes[directory + 22] = 1; // 65,536 more packed bytes than there are
    bytes[directory + 26] = 1;
    Files.write(archive, bytes);
    Failures.badInput(() -> images(archive), "x.zip");
  }

  @Test
  void aDamagedEntryIsNamed() throws IOException {
    Path archive = folder.resolve("x.zip");
    try (var zip = new ZipArchiveOutputStream(archive)) {
      for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
        byte[] content = Pictures.png(name.hashCode());
        var entry = new ZipArchiveEntry(name);
        entry.setMethod(ZipArchiveEntry.STORED);
        entry.setSize(content.length);
        var checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
      }
    }
    images(archive);
    byte[] bytes = Files.readAllBytes(archive);
    bytes[indexOf(bytes, "IDAT") + 6] ^= 1;
    Files.write(archive, bytes);
    Failures.badInput(() -> images(archive), "'a/1.png'", "checksum");
  }

  /** Every cut and every change ends in a data set or in one line, never in anything else. */
  @Test
  void noBytesOfAnArchiveCrashTheReader() throws IOException {
    Path archive = Pictures.zip(folder.resolve("x.zip"), SPLITS);
    byte[] whole = Files.readAllBytes(archive);
    Path hostile = folder.resolve("y.zip");
    for (int i = 0; i < whole.length; i += 3) {
      Files.write(hostile, Arrays.copyOf(whole, i));
      Failures.badInput(() -> images(hostile), "y.zip");
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(hostile, changed);
      Failures.badInputOrNothing(() -> images(hostile), "y.zip");
    }
    Files.write(hostile, "not a zip".getBytes(ISO_8859_1));
    Failures.badInput(() -> images(hostile), "y.zip", "not a whole zip archive");
  }

  private static int indexOf(byte[] bytes, String mark) {
    return new String(bytes, ISO_8859_1).indexOf(mark);
  }
}
