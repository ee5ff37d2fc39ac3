// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinaryImagesTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final int PLANE = 1024;

  @TempDir Path folder;

  private Dataset<ImageSource> open(String spec) {
    return Datasets.open(spec, DEFAULTS).requireImages();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** Records of two images: red, green and blue are 1, 2, 3, the corner is the label. */
  private static byte[] records(int labels, int... values) {
    var bytes = ByteBuffer.allocate(values.length / labels * (labels + 3 * PLANE));
    for (int i = 0; i < values.length; i += labels) {
      for (int j = 0; j < labels; j++) {
        bytes.put((byte) values[i + j]);
      }
      byte[] pixels = new byte[3 * PLANE];
      for (int c = 0; c < 3; c++) {
        Arrays.fill(pixels, c * PLANE, (c + 1) * PLANE, (byte) (c + 1));
      }
      pixels[0] = (byte) values[i];
      bytes.put(pixels);
    }
    return bytes.array();
  }

  private void writeCifar10(String prefix) throws IOException {
    for (int i = 1; i <= 5; i++) {
      write(prefix + "data_batch_" + i + ".bin", records(1, 1, 0));
    }
    write(prefix + "test_batch.bin", records(1, 0, 1));
    write(prefix + "batches.meta.txt", "airplane\nautomobile\n\n".getBytes(UTF_8));
  }

  private void writeCifar100() throws IOException {
    write("train.bin", records(2, 0, 2, 1, 0, 0, 1));
    write("test.bin", records(2, 1, 0));
    write("coarse_label_names.txt", "fish\nfruit\n".getBytes(UTF_8));
    write("fine_label_names.txt", "apple\nshark\nray\n".getBytes(UTF_8));
  }

  private static byte[] idx(int magic, int[] shape, int... values) {
    var bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length).putInt(magic);
    Arrays.stream(shape).forEach(bytes::putInt);
    Arrays.stream(values).forEach(v -> bytes.put((byte) v));
    return bytes.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void writeMnist() throws IOException {
    write("train-images-idx3-ubyte", idx(2051, new int[] {2, 1, 2}, 1, 2, 3, 250));
    write("train-labels-idx1-ubyte.gz", gzip(idx(2049, new int[] {2}, 7, 3)));
    write("t10k-images.idx3-ubyte.gz", gzip(idx(2051, new int[] {1, 1, 2}, 5, 6)));
    write("t10k-labels-idx1-ubyte", idx(2049, new int[] {1}, 3));
  }

  @Test
  void readsCifar10() throws IOException {
    writeCifar10("cifar-10-batches-bin/");
    Dataset<ImageSource> data = open("cifar10:" + folder);
    assertEquals(List.of("airplane", "automobile"), data.classes());
    assertEquals(10, data.train().size());
    assertEquals("train-3", data.train().get(2).id());
    assertEquals(1, data.train().get(2).label());
    var pixels = data.test().get(1).input().decode().pixels();
    assertArrayEquals(new byte[] {1, 2, 3, 1, 2, 3}, Arrays.copyOf(pixels, 6));
    pixels = data.test().get(0).input().decode().pixels();
    assertArrayEquals(new byte[] {0, 2, 3, 1, 2, 3}, Arrays.copyOf(pixels, 6));
    assertEquals(data.sha256(), open("cifar10:" + folder + "/cifar-10-batches-bin").sha256());
  }

  @Test
  void readsCifar10FromItsArchive() throws IOException {
    writeCifar10("");
    String digest = open("cifar10:" + folder).sha256();
    Path archive = folder.resolve("cifar-10-binary.tar.gz");
    try (var tar =
            new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)));
        var files = Files.list(folder)) {
      for (Path file : files.filter(f -> !f.equals(archive)).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        var entry = new TarArchiveEntry("cifar-10-batches-bin/" + file.getFileName());
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    assertEquals(digest, open("cifar10:" + archive).sha256());
    byte[] whole = Files.readAllBytes(archive);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(archive, Arrays.copyOf(whole, length));
      Failures.badInputOrNothing(() -> open("cifar10:" + archive), "cifar-10-binary.tar.gz");
    }
    Failures.badInput(() -> open("cifar10:" + folder + "/none.tar.gz"), "does not exist");
    write("none.tar.gz", records(1, 1));
    Failures.badInput(() -> open("cifar10:" + folder + "/none.tar.gz"), "none.tar.gz");
  }

  @Test
  void readsBothLabelsOfCifar100() throws IOException {
    writeCifar100();
    Dataset<ImageSource> fine = open("cifar100:" + folder);
    assertEquals(List.of("apple", "shark", "ray"), fine.classes());
    assertEquals(List.of(2, 0, 1), fine.train().stream().map(s -> s.label()).toList());
    assertEquals(fine.sha256(), open("cifar100:" + folder + ":fine").sha256());
    Dataset<ImageSource> coarse = open("cifar100:" + folder + ":coarse");
    assertEquals(List.of("fish", "fruit"), coarse.classes());
    assertEquals(List.of(0, 1, 0), coarse.train().stream().map(s -> s.label()).toList());
  }

  @Test
  void refusesBadCifar() throws IOException {
    Failures.badInput(() -> open("cifar10:" + folder), "data_batch_1.bin", "binary version");
    writeCifar10("");
    write("data_batch_2.bin", Arrays.copyOf(records(1, 1), 3000));
    Failures.badInput(() -> open("cifar10:" + folder), "data_batch_2.bin", "3073", "3000 bytes");
    write("data_batch_2.bin", records(1, 1, 2));
    Failures.badInput(
        () -> open("cifar10:" + folder), "data_batch_2.bin' row 2", "label 2", "2 classes");
    write("batches.meta.txt", new byte[0]);
    Failures.badInput(() -> open("cifar10:" + folder), "batches.meta.txt", "found 0");
  }

  @Test
  void readsMnist() throws IOException {
    writeMnist();
    Dataset<ImageSource> data = open("mnist:" + folder);
    assertEquals(List.of("3", "7"), data.classes());
    assertEquals(1, data.train().get(0).label());
    var image = data.train().get(1).input().decode();
    assertEquals(2, image.width());
    assertEquals(1, image.height());
    assertArrayEquals(new byte[] {3, 3, 3, -6, -6, -6}, image.pixels());
    assertEquals(List.of("Dress", "Sneaker"), open("fashion-mnist:" + folder).classes());
  }

  @Test
  void refusesBadIdx() throws IOException {
    String spec = "mnist:" + folder;
    Failures.badInput(() -> open(spec), "no file train-images-idx3-ubyte");
    writeMnist();
    byte[] images = idx(2051, new int[] {2, 1, 2}, 1, 2, 3, 250);
    String name = "train-images-idx3-ubyte";
    write(name, Arrays.copyOf(images, images.length - 1));
    Failures.badInput(() -> open(spec), name, "[2, 1, 2]", "3 that follow");
    write(name, Arrays.copyOf(images, images.length + 1));
    Failures.badInput(() -> open(spec), name, "5 that follow");
    write(name, Arrays.copyOf(images, 9));
    Failures.badInput(() -> open(spec), name, "ends inside its header");
    write(name, idx(2049, new int[] {4}, 1, 2, 3, 4));
    Failures.badInput(() -> open(spec), name, "number 2049", "expected 2051");
    for (int[] shape : new int[][] {{1 << 30, 1 << 30, 4}, {-1, 1, -4}, {4, 0, 0}, {1, 1, 4}}) {
      write(name, idx(2051, shape, 1, 2, 3, 4));
      Failures.badInput(() -> open(spec), "train-");
    }
    write(name, gzip(gzip(images)));
    Failures.badInput(() -> open(spec), name, "packed with gzip twice");
    write(name, gzip(new byte[3 << 20]));
    Failures.badInput(() -> open(spec), name, "grows more than 200 times");
    write(name, Arrays.copyOf(gzip(images), 20));
    Failures.badInput(() -> open(spec), name, "damaged or cut short");
    write(name, images);
    write("train-labels-idx1-ubyte.gz", idx(2049, new int[] {2}, 7, 10));
    Failures.badInput(() -> open(spec), "train-labels-idx1-ubyte.gz' row 2", "label 10", "0 to 9");
  }
}
