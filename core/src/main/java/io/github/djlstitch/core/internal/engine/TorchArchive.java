// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a TorchScript archive of one class {@code M} without parameters, in memory. */
final class TorchArchive {
  private static final String HEAD =
      "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

  // Pickle protocol 2 of an instance of __torch__.M whose state is {'training': False}.
  private static final byte[] STATE =
      latin("\u0080\u0002c__torch__\nM\n)\u0081}(X\b\0\0\0training\u0089ub.");

  // Pickle protocol 2 of the empty tuple.
  private static final byte[] NO_CONSTANTS = latin("\u0080\u0002).");

  private TorchArchive() {}

  static byte[] of(String methods) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(zip, "m/data.pkl", STATE);
      put(zip, "m/code/__torch__.py", latin(HEAD + methods.indent(2)));
      put(zip, "m/constants.pkl", NO_CONSTANTS);
      put(zip, "m/version", latin("10\n"));
      put(zip, "m/byteorder", latin("little"));
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array took no more bytes", e);
    }
    return bytes.toByteArray();
  }

  // LibTorch reads entries in place, so they are stored, not compressed.
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var crc = new CRC32();
    crc.update(content);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
