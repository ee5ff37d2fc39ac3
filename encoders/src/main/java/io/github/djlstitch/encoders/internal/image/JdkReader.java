// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's own image readers, whatever else is installed, and raw pixels: no color management, no
 * metadata, no files on disk.
 */
final class JdkReader {
  static final JdkReader PNG = new JdkReader("PNG");
  static final JdkReader JPEG = new JdkReader("JPEG");
  static final JdkReader GIF = new JdkReader("GIF");
  static final JdkReader BMP = new JdkReader("BMP");

  private final ImageReaderSpi provider;

  private JdkReader(String format) {
    this.provider = provider(format);
  }

  /** Uses an open reader, which is closed afterwards. */
  @FunctionalInterface
  interface Use<T> {
    T with(ImageReader reader) throws IOException;
  }

  private static ImageReaderSpi provider(String format) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                spi ->
                    spi.getClass().getModule() == ImageIO.class.getModule()
                        && Arrays.asList(((ImageReaderSpi) spi).getFormatNames()).contains(format),
                false);
    return all.next();
  }

  /** The first image; its raster is as the file holds it. */
  BufferedImage image(byte[] bytes) throws IOException {
    return use(bytes, reader -> reader.read(0));
  }

  /** Opens a reader on the bytes, ignoring metadata, and closes it afterwards. */
  <T> T use(byte[] bytes, Use<T> use) throws IOException {
    ImageReader reader = provider.createReaderInstance();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return use.with(reader);
    } finally {
      reader.dispose();
    }
  }
}
