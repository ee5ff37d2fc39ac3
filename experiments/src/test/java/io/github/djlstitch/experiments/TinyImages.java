// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
