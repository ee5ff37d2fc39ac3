// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP archive whose entries are stored, each from a multiple of 64 bytes on, as PyTorch writes
 * and maps them. Equal entries make equal bytes. The caller owns the stream underneath.
 */
final class StoredZip {
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;
  private static final short PADDING = 0x4246; // "FB", as PyTorch marks it
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Counted counted;
  private final ZipOutputStream zip;
  private final WritableByteChannel channel;

  StoredZip(OutputStream out) {
    this.counted = new Counted(out);
    this.zip = new ZipOutputStream(counted);
    this.channel = Channels.newChannel(zip);
  }

  void put(String name, String content) throws IOException {
    put(name, ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
  }

  void put(String name, ByteBuffer content) throws IOException {
    var crc = new CRC32();
    crc.update(content.duplicate());
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(NO_TIME);
    entry.setSize(content.remaining());
    entry.setCrc(crc.getValue());
    entry.setExtra(padding(counted.written + LOCAL_HEADER + name.length() + EXTRA_HEADER));
    zip.putNextEntry(entry);
    channel.write(content.duplicate());
    zip.closeEntry();
  }

  /** Writes the table of contents. */
  void finish() throws IOException {
    zip.finish();
    zip.flush();
  }

  private static byte[] padding(long at) {
    int length = (int) (-at & (ALIGNMENT - 1));
    return ByteBuffer.allocate(EXTRA_HEADER + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(PADDING)
        .putShort((short) length)
        .array();
  }

  private static final class Counted extends FilterOutputStream {
    private long written;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      written += length;
    }
  }
}
