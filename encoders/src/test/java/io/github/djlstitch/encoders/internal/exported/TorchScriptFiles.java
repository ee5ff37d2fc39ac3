// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** TorchScript files of one module without parameters, as {@code torch.jit.save} lays them out. */
public final class TorchScriptFiles {
  private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String CLASS =
      """
      class M(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private TorchScriptFiles() {}

  /** The file of a module with this method {@code forward}. */
  public static byte[] of(String forward) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    entries.put("m/data.pkl", "\u0080\2c__torch__\nM\n)\u0081}(X\10\0\0\0training\u0089ub.");
    entries.put("m/constants.pkl", "\u0080\2).");
    entries.put("m/code/__torch__.py", CLASS + forward.indent(2));
    entries.put("m/version", "10\n");
    entries.put("m/byteorder", "little");
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        store(zip, entry.getKey(), entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var crc = new CRC32();
    crc.update(content);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(WRITTEN); // so that equal programs are equal files
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
