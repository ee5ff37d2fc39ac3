// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files byte by byte, including those that no writer makes. */
final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** A header length, a header and {@code dataSize} data bytes 1, 2, 3, ... */
  static byte[] file(String header, int dataSize) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, dataSize);
  }

  static byte[] file(long headerSize, byte[] header, int dataSize) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + dataSize).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerSize).put(header);
    for (int i = 1; i <= dataSize; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  static Safetensors open(Path folder, byte[] content) throws IOException {
    return Safetensors.open(Files.write(folder.resolve("a.safetensors"), content));
  }
}
