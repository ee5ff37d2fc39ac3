// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A PNG file, reduced to the chunks that hold pixels: texts and profiles may be compressed bombs,
 * and gamma and transparency are ignored. The checksums of those chunks are verified.
 */
final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int GRAY = 0;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;

  private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
  private byte[] palette = {};
  private int width;
  private int height;
  private int depth;
  private int type;

  private PngFile() {}

  /** Reads the chunks. */
  static PngFile read(byte[] bytes) throws ImageFault {
    var file = new PngFile();
    file.essence.write(bytes, 0, SIGNATURE);
    ByteBuffer in = ByteBuffer.wrap(bytes).position(SIGNATURE);
    String kind = "";
    while (!kind.equals("IEND")) {
      if (in.remaining() < 12) {
        throw ImageFault.truncated();
      }
      int length = in.getInt(in.position());
      if (length < 0 || length > in.remaining() - 12) {
        throw ImageFault.truncated();
      }
      kind = new String(bytes, in.position() + 4, 4, StandardCharsets.ISO_8859_1);
      file.chunk(kind, in.slice(in.position(), length + 12), bytes.length);
      in.position(in.position() + length + 12);
    }
    return file;
  }

  private void chunk(String kind, ByteBuffer chunk, int fileBytes) throws ImageFault {
    if (width == 0 && !kind.equals("IHDR")) {
      throw ImageFault.damaged("its first chunk is not IHDR");
    }
    switch (kind) {
      case "IHDR" -> header(chunk, fileBytes);
      case "PLTE" -> palette = body(chunk);
      case "IDAT", "IEND" -> {}
      default -> {
        return;
      }
    }
    keep(chunk);
  }

  private void header(ByteBuffer chunk, int fileBytes) throws ImageFault {
    if (width != 0 || chunk.limit() != 13 + 12) {
      throw ImageFault.damaged("its header is invalid");
    }
    ImageLimits.requirePixels(
        Integer.toUnsignedLong(chunk.getInt(8)),
        Integer.toUnsignedLong(chunk.getInt(12)),
        fileBytes);
    width = chunk.getInt(8);
    height = chunk.getInt(12);
    depth = chunk.get(16);
    type = chunk.get(17);
    if (depth == 16 && type == GRAY) {
      throw new ImageFault(
          "has 16 bits of gray, which Pillow would clip to white above 255; save it with 8 bits");
    }
  }

  private void keep(ByteBuffer chunk) throws ImageFault {
    var sum = new CRC32();
    sum.update(chunk.slice(4, chunk.limit() - 8));
    if ((int) sum.getValue() != chunk.getInt(chunk.limit() - 4)) {
      throw ImageFault.damaged("the checksum of a chunk is wrong");
    }
    byte[] bytes = new byte[chunk.limit()];
    chunk.get(0, bytes);
    essence.write(bytes, 0, bytes.length);
  }

  private static byte[] body(ByteBuffer chunk) {
    byte[] body = new byte[chunk.limit() - 12];
    chunk.get(8, body);
    return body;
  }

  /** Decodes the pixels. */
  RgbImage decode() throws IOException {
    Raster raster = JdkReader.PNG.image(essence.toByteArray()).getRaster();
    Samples samples = new Samples(raster, width, height);
    return switch (type) {
      case PALETTE -> samples.lookedUp(palette);
      case GRAY, GRAY_ALPHA -> samples.gray(depth);
      default -> samples.rgb(depth);
    };
  }
}
