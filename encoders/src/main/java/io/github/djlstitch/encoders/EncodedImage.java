// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.encoders.internal.image.ImageDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image in a PNG, JPEG, GIF or BMP file, read anew at each use. Thread-safe if its opener is.
 */
public final class EncodedImage implements ImageSource {
  /** Most bytes that a file may have. */
  public static final int LARGEST_FILE = 64 << 20;

  private final String name;
  private final Opener opener;

  /** Opens the file's bytes from their start. */
  @FunctionalInterface
  public interface Opener {
    /** A fresh stream, which the caller closes. */
    InputStream open() throws IOException;
  }

  private EncodedImage(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  /** An image that is opened at each use, for example an entry of an archive. */
  public static EncodedImage of(String name, Opener opener) {
    return new EncodedImage(name, opener);
  }

  /** An image in a file of its own. */
  public static EncodedImage of(Path file) {
    return new EncodedImage(file.toString(), () -> Files.newInputStream(file));
  }

  /** An image in memory; the bytes are not copied. */
  public static EncodedImage of(String name, byte[] bytes) {
    return new EncodedImage(name, () -> new ByteArrayInputStream(bytes));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RgbImage decode() {
    return ImageDecoder.decode(name, file());
  }

  @Override
  public void addTo(Sha256 digest) {
    digest.add(ByteBuffer.wrap(file()));
  }

  @Override
  public byte[] file() {
    try (InputStream in = opener.open()) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw StitchException.badInput(
            "image '%s' is a file of more than %d bytes; make it smaller", name, LARGEST_FILE);
      }
      return bytes;
    } catch (IOException e) {
      throw StitchException.badInput(
              "image '%s' cannot be read (%s)", name, e.getClass().getSimpleName())
          .because(e);
    }
  }
}
