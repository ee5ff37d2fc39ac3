// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.ImageSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * CIFAR-10 and CIFAR-100 in their binary version: records of one or two label bytes and 32 x 32
 * pixels, all red, all green, all blue. From a folder or straight from the published {@code
 * .tar.gz}. The pixels stay on the heap, 180 MiB for the whole of either.
 *
 * <p>A. Krizhevsky, 2009, Learning Multiple Layers of Features from Tiny Images.
 */
final class CifarFiles {
  private static final int SIDE = 32;
  private static final int PIXEL_BYTES = 3 * SIDE * SIDE;

  private final Layout layout;
  private final Path path;

  /**
   * The files of an archive and the layout of their records.
   *
   * @param folder folder of the files inside the archive
   * @param names file of class names, one a line
   * @param labels label bytes of a record
   * @param label index of the label byte that is the class
   */
  private record Layout(
      String folder, String names, List<String> train, String test, int labels, int label) {
    static final Layout CIFAR10 =
        new Layout(
            "cifar-10-batches-bin",
            "batches.meta.txt",
            List.of(
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin"),
            "test_batch.bin",
            1,
            0);

    static Layout cifar100(boolean fine) {
      return new Layout(
          "cifar-100-binary",
          fine ? "fine_label_names.txt" : "coarse_label_names.txt",
          List.of("train.bin"),
          "test.bin",
          2,
          fine ? 1 : 0);
    }

    List<String> files() {
      List<String> files = new ArrayList<>(train);
      files.add(test);
      files.add(names);
      return files;
    }
  }

  private CifarFiles(Layout layout, Path path) {
    this.layout = layout;
    this.path = path;
  }

  /** CIFAR-10 from a folder or an archive. */
  static LabelledRows<ImageSource> cifar10(Path path) {
    return new CifarFiles(Layout.CIFAR10, path).read();
  }

  /** CIFAR-100 from a folder or an archive, with its 100 fine or its 20 coarse classes. */
  static LabelledRows<ImageSource> cifar100(Path path, boolean fine) {
    return new CifarFiles(Layout.cifar100(fine), path).read();
  }

  private LabelledRows<ImageSource> read() {
    Map<String, byte[]> files = Files.isDirectory(path) ? fromFolder() : fromArchive();
    List<String> classes = classes(files);
    var rows = new LabelledRows<ImageSource>(classes);
    int records = 0;
    for (String file : layout.train()) {
      records = add(rows, classes, file, files, records, Split.TRAIN);
    }
    add(rows, classes, layout.test(), files, 0, Split.TEST);
    return rows;
  }

  private List<String> classes(Map<String, byte[]> files) {
    byte[] names = files.getOrDefault(layout.names(), new byte[0]);
    List<String> classes =
        new String(names, UTF_8).lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (classes.isEmpty() || classes.size() > 256) {
      throw StitchException.badInput(
          "'%s' %s: expected a class name on each line, 1 to 256 of them, but found %d",
          path, layout.names(), classes.size());
    }
    return classes;
  }

  private int add(
      LabelledRows<ImageSource> rows,
      List<String> classes,
      String name,
      Map<String, byte[]> files,
      int before,
      Split split) {
    byte[] block = files.getOrDefault(name, new byte[0]);
    int record = layout.labels() + PIXEL_BYTES;
    if (block.length == 0 || block.length % record != 0) {
      throw StitchException.badInput(
          "'%s' %s: expected records of %d bytes but it has %d bytes; download it again",
          path, name, record, block.length);
    }
    Path file = path.resolve(name);
    for (int i = 0; i < block.length / record; i++) {
      var at = Place.row(file, i + 1L);
      int label = block[i * record + layout.label()] & 0xff;
      if (label >= classes.size()) {
        throw StitchException.badInput(
            "%s: label %d is not one of the %d classes of %s",
            at, label, classes.size(), layout.names());
      }
      var image = RawImage.planarRgb(at, block, i * record + layout.labels(), SIDE);
      String id = split.folder() + "-" + (before + i + 1);
      rows.add(new Row<>(at, id, image, classes.get(label), split));
    }
    return before + block.length / record;
  }

  private Map<String, byte[]> fromFolder() {
    Path inner = path.resolve(layout.folder());
    Path folder = Files.isDirectory(inner) ? inner : path;
    Map<String, byte[]> files = new HashMap<>();
    for (String name : layout.files()) {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        throw missing(name);
      }
      files.put(name, BinaryFile.read(file));
    }
    return files;
  }

  private Map<String, byte[]> fromArchive() {
    if (!Files.exists(path)) {
      throw StitchException.badInput("'%s' does not exist; check the path", path);
    }
    Map<String, byte[]> files = new HashMap<>();
    try (var tar = new TarArchiveInputStream(BinaryFile.open(path))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && layout.files().contains(name)) {
          put(files, name, entry, tar);
        }
      }
    } catch (EOFException e) {
      throw BinaryFile.damaged(path, e);
    } catch (IOException e) {
      throw StitchException.badInput(
              "'%s' is not a whole tar archive, plain or packed with gzip (%s)",
              path, e.getMessage())
          .because(e);
    }
    for (String name : layout.files()) {
      if (!files.containsKey(name)) {
        throw missing(name);
      }
    }
    return files;
  }

  private void put(
      Map<String, byte[]> files, String name, TarArchiveEntry entry, TarArchiveInputStream tar)
      throws IOException {
    byte[] bytes = tar.readNBytes(BinaryFile.MOST);
    if (bytes.length != entry.getSize()) {
      throw new EOFException(name + " has fewer or more bytes than stated");
    }
    if (files.put(name, bytes) != null) {
      throw StitchException.badInput("'%s' holds %s twice", path, name);
    }
  }

  private StitchException missing(String name) {
    return StitchException.badInput(
        "'%s' has no file %s; expected the binary version (%s), not the Python or Matlab one",
        path, name, layout.folder());
  }
}
