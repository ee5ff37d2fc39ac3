// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.ImageSource;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * MNIST and data sets that share its files: {@code train-images-idx3-ubyte}, {@code
 * train-labels-idx1-ubyte} and the same with {@code t10k}, packed with gzip or not. The pixels stay
 * on the heap, 52 MiB for MNIST.
 *
 * <p>Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, 1998, Gradient-Based Learning Applied to Document
 * Recognition; H. Xiao, K. Rasul, R. Vollgraf, 2017, Fashion-MNIST, arXiv:1708.07747.
 */
final class IdxFiles {
  static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  static final List<String> FASHION =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;
  private static final int LONGEST_SIDE = 1 << 14;

  private IdxFiles() {}

  /** The rows of a folder with the four files. */
  static LabelledRows<ImageSource> read(Path folder, List<String> classes) {
    var rows = new LabelledRows<ImageSource>(classes);
    add(rows, folder, "train", classes, Split.TRAIN);
    add(rows, folder, "t10k", classes, Split.TEST);
    return rows;
  }

  private static void add(
      LabelledRows<ImageSource> rows,
      Path folder,
      String prefix,
      List<String> classes,
      Split split) {
    Path imageFile = find(folder, prefix + "-images", "idx3-ubyte");
    Path labelFile = find(folder, prefix + "-labels", "idx1-ubyte");
    byte[] images = BinaryFile.read(imageFile);
    byte[] labels = BinaryFile.read(labelFile);
    int[] shape = header(imageFile, images, IMAGES, 3);
    int count = header(labelFile, labels, LABELS, 1)[0];
    if (shape[0] != count) {
      throw StitchException.badInput(
          "'%s' has %d images but '%s' has %d labels; they must belong together",
          imageFile, shape[0], labelFile, count);
    }
    for (int i = 0; i < count; i++) {
      int label = labels[labels.length - count + i] & 0xff;
      if (label >= classes.size()) {
        throw StitchException.badInput(
            "%s: label %d must be 0 to %d",
            Place.row(labelFile, i + 1L), label, classes.size() - 1);
      }
      var at = Place.row(imageFile, i + 1L);
      int size = shape[1] * shape[2];
      var image = RawImage.grey(at, images, images.length - (count - i) * size, shape[2], shape[1]);
      String id = split.folder() + "-" + (i + 1);
      rows.add(new Row<>(at, id, image, classes.get(label), split));
    }
  }

  private static Path find(Path folder, String name, String kind) {
    String usual = name + "-" + kind;
    String dotted = name + "." + kind;
    return BinaryFile.find(folder, List.of(usual, usual + ".gz", dotted, dotted + ".gz"))
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "'%s' has no file %s or %s.gz; download it into that folder",
                    folder, usual, usual));
  }

  /** The dimensions, after checking that they say exactly how many bytes follow. */
  private static int[] header(Path file, byte[] bytes, int magic, int dimensions) {
    var header = ByteBuffer.wrap(bytes);
    int[] shape = new int[dimensions];
    long size = 1;
    try {
      int found = header.getInt();
      if (found != magic) {
        throw StitchException.badInput(
            "'%s' starts with the number %d; expected %d, an idx file of unsigned bytes with %d "
                + "dimensions",
            file, found, magic, dimensions);
      }
      for (int i = 0; i < dimensions; i++) {
        shape[i] = header.getInt();
        boolean fits = shape[i] > 0 && (i == 0 || shape[i] <= LONGEST_SIDE);
        size = fits && size >= 0 ? size * shape[i] : -1;
      }
    } catch (BufferUnderflowException e) {
      throw StitchException.badInput("'%s' ends inside its header", file).because(e);
    }
    if (size != header.remaining()) {
      throw StitchException.badInput(
          "'%s': dimensions %s need another number of bytes than the %d that follow",
          file, Arrays.toString(shape), header.remaining());
    }
    return shape;
  }
}
