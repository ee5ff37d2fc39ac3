// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small images and archives of them. */
final class Pictures {
  private Pictures() {}

  /** A PNG file of 2 x 1 pixels, the first of a colour, the second black. */
  static byte[] png(int rgb) throws IOException {
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, rgb);
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** Writes an image for each path, each of its own colour; other files get their own path. */
  static void files(Path folder, String... paths) throws IOException {
    for (String path : paths) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content(path));
    }
  }

  /** A zip archive of such files; a path that ends in a slash is a folder. */
  static Path zip(Path file, String... paths) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      for (String path : List.of(paths)) {
        zip.putNextEntry(new ZipEntry(path));
        if (!path.endsWith("/")) {
          zip.write(content(path));
        }
        zip.closeEntry();
      }
    }
    return file;
  }

  private static byte[] content(String path) throws IOException {
    return path.endsWith(".png")
        ? png(path.hashCode() & 0xffffff)
        : path.getBytes(StandardCharsets.UTF_8);
  }
}
