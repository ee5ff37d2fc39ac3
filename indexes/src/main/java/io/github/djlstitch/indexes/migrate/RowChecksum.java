// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.indexes.RowBlock;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A checksum of rows as they were read, whatever the format. Tells changes, not forgeries. */
final class RowChecksum {
  private final CRC32C sum = new CRC32C();

  void add(RowBlock block) {
    sum.update(block.vectors().directBytes(0, block.rows()));
    block.ids().forEach(id -> sum.update(id.getBytes(StandardCharsets.UTF_8)));
  }

  /** The checksum so far; starts again. */
  String take() {
    String hex = String.format("%08x", sum.getValue());
    sum.reset();
    return hex;
  }
}
