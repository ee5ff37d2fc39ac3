// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Kinds of image files, by their first bytes. */
enum ImageFormat {
  PNG("\u0089PNG\r\n\u001a\n") {
    @Override
    RgbImage decode(byte[] bytes) throws IOException {
      return PngFile.read(bytes).decode();
    }
  },
  JPEG("\u00ff\u00d8\u00ff") {
    @Override
    RgbImage decode(byte[] bytes) throws IOException {
      return JpegFile.read(bytes).decode();
    }
  },
  GIF("GIF8") {
    @Override
    RgbImage decode(byte[] bytes) throws IOException {
      return GifFile.read(bytes).decode();
    }
  },
  BMP("BM") {
    @Override
    RgbImage decode(byte[] bytes) throws IOException {
      return BmpFile.read(bytes).decode();
    }
  };

  private static final int START = 512;

  private final String magic; // each character is a byte

  ImageFormat(String magic) {
    this.magic = magic;
  }

  /** The image in a file of this kind. */
  abstract RgbImage decode(byte[] bytes) throws IOException;

  /**
   * The kind of a file.
   *
   * @throws ImageFault naming the apparent kind of any other file
   */
  static ImageFormat of(byte[] bytes) throws ImageFault {
    var start = new String(bytes, 0, Math.min(START, bytes.length), StandardCharsets.ISO_8859_1);
    for (ImageFormat format : values()) {
      if (start.startsWith(format.magic)) {
        return format;
      }
    }
    throw new ImageFault(
        "is " + Stranger.describe(start) + ", not an image; expected a PNG, JPEG, GIF or BMP file");
  }

  /** Recognizes other kinds of files, to name them in messages. */
  private enum Stranger {
    EMPTY("an empty file", ""),
    WEBP("a WebP file, which is not read: save it as PNG", "RIFF....WEBP.*"),
    TIFF("a TIFF file, which is not read: save it as PNG", "(II\\*\0|MM\0\\*).*"),
    HEIF("an AVIF or HEIC file, which is not read: save it as PNG", "....ftyp.*"),
    JPEG_2000("a JPEG 2000 file, which is not read: save it as PNG", "....jP  .*"),
    SVG("an SVG drawing", "\\s*<.*<svg.*|\\s*<svg.*"),
    HTML("a web page", "(?i)\\s*<(!doctype html|html).*"),
    XML("an XML file", "(\u00ef\u00bb\u00bf)?\\s*<.*"),
    PICKLE("a Python pickle", "\u0080[\2-\5].*"),
    ZIP("a zip archive", "PK\3\4.*"),
    GZIP("a gzip file", "\u001f\u008b.*"),
    PDF("a PDF file", "%PDF.*"),
    PARQUET("a Parquet file", "PAR1.*"),
    GIT_LFS("a Git LFS pointer (fetch the file with 'git lfs pull')", "version https://git-lfs.*"),
    TEXT("a text file", "[\t\r\n\\x20-\\x7e\u0080-\u00ff]*"),
    UNKNOWN("of an unknown kind", ".*");

    private final String words;
    private final String pattern;

    Stranger(String words, String pattern) {
      this.words = words;
      this.pattern = "(?s)" + pattern;
    }

    static String describe(String start) {
      return Arrays.stream(values())
          .filter(stranger -> start.matches(stranger.pattern))
          .findFirst()
          .orElse(UNKNOWN)
          .words;
    }
  }
}
