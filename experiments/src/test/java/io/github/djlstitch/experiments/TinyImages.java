// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Images of 8 x 8 pixels in three classes, each of a color of its own. */
final class TinyImages {
  static final List<String> CLASSES = List.of("cat", "frog", "ship");

  private TinyImages() {}

  /** Writes a folder a class and gives the data set's name. */
  static String write(Path folder, int perClass) throws IOException {
    var random = new Random(3);
    for (int c = 0; c < CLASSES.size(); c++) {
      Path own = Files.createDirectories(folder.resolve(CLASSES.get(c)));
      for (int i = 0; i < perClass; i++) {
        ImageIO.write(image(c, random), "png", own.resolve(i + ".png").toFile());
      }
    }
    return "imagefolder:" + folder;
  }

  /** Writes CIFAR-100 in its binary version, with 3 of its classes in use. */
  static void cifar100(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    for (String kind : List.of("coarse", "fine")) {
      String names =
          IntStream.range(0, kind.equals("fine") ? 100 : 20)
              .mapToObj(i -> kind + i + "\n")
              .collect(Collectors.joining());
      Files.writeString(folder.resolve(kind + "_label_names.txt"), names);
    }
    var random = new Random(4);
    Files.write(folder.resolve("train.bin"), records(train, random));
    Files.write(folder.resolve("test.bin"), records(test, random));
  }

  // Two bytes of labels, then all red, all green, all blue values.
  private static byte[] records(int count, Random random) {
    int size = 2 + 3 * 32 * 32;
    byte[] bytes = new byte[count * size];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      int label = i % 3;
      bytes[i * size] = (byte) label;
      bytes[i * size + 1] = (byte) label;
      int channel = i * size + 2 + label * 32 * 32;
      Arrays.fill(bytes, channel, channel + 32 * 32, (byte) 200);
    }
    return bytes;
  }

  /** Writes folders as those of ImageNet, 3 classes. */
  static void imageNet(Path folder, int train, int val) throws IOException {
    var random = new Random(5);
    for (int c = 0; c < CLASSES.size(); c++) {
      for (String split : List.of("train", "val")) {
        Path own = Files.createDirectories(folder.resolve(split + "/n0000000" + c));
        for (int i = 0; i < (split.equals("val") ? val : train); i++) {
          ImageIO.write(image(c, random), "png", own.resolve(i + ".png").toFile());
        }
      }
    }
  }

  private static BufferedImage image(int label, Random random) {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int k = 0; k < 64; k++) {
      int[] rgb = {random.nextInt(128), random.nextInt(128), random.nextInt(128)};
      rgb[label] += 127;
      image.setRGB(k % 8, k / 8, rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
    }
    return image;
  }
}
