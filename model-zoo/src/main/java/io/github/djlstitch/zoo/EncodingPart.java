// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The finished blocks of an encoding that is being made, in their order, beside the entry that they
 * will be: what was encoded before a process ended need not be encoded again. Each block is its
 * rows as little-endian float32 behind their SHA-256. The name of the file has the digest of
 * encoder and data, so blocks of other data are never met.
 *
 * <p>One process at a time has it. Not thread-safe.
 */
final class EncodingPart implements AutoCloseable {
  private static final int DIGEST = 32;

  // The order of the rows; versions before had another, and their blocks are no use.
  private static final byte[] ORDER = "by length".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final FileChannel channel;
  private final int width;
  private long end;
  private boolean used;

  private EncodingPart(Path file, FileChannel channel, int width) {
    this.file = file;
    this.channel = channel;
    this.width = width;
  }

  /** Opens or creates the part of an entry; empty if somebody else is making that entry. */
  static Optional<EncodingPart> of(Path entry, int width) {
    Path file = entry.resolveSibling(entry.getFileName() + CacheFolder.UNFINISHED);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (CacheFolder.isTaken(channel)) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new EncodingPart(file, channel, width));
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  /** The next block, if it is kept whole; the first that is not, and all after it, are dropped. */
  Optional<FloatMatrix> next(int rows) {
    if (used) {
      return Optional.empty();
    }
    try {
      int size = Math.multiplyExact(Math.multiplyExact(rows, width), Float.BYTES);
      ByteBuffer block = ByteBuffer.allocate(DIGEST + size).order(ByteOrder.LITTLE_ENDIAN);
      boolean whole = channel.size() - end >= block.capacity() && read(block);
      byte[] bytes = block.array();
      if (!whole || !Arrays.equals(digest(bytes), Arrays.copyOf(bytes, DIGEST))) {
        used = true;
        channel.truncate(end);
        return Optional.empty();
      }
      end += block.capacity();
      float[] values = new float[rows * width];
      block.position(DIGEST).asFloatBuffer().get(values);
      return Optional.of(FloatMatrix.wrap(rows, width, values));
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private boolean read(ByteBuffer block) throws IOException {
    while (block.hasRemaining()) {
      int count = channel.read(block, end + block.position());
      if (count < 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds a block behind those that were kept. */
  void append(FloatMatrix rows) {
    Stage.WRITING.run(() -> write(rows));
  }

  private void write(FloatMatrix rows) {
    ByteBuffer block =
        ByteBuffer.allocate(DIGEST + rows.rows() * width * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    block.position(DIGEST).asFloatBuffer().put(rows.toArray());
    block.put(0, digest(block.array())).rewind();
    try {
      while (block.hasRemaining()) {
        channel.write(block, end + block.position());
      }
      end += block.capacity();
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private static byte[] digest(byte[] block) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(ORDER);
    digest.update(block, DIGEST, block.length - DIGEST);
    return digest.digest();
  }

  /** Deletes it: the entry itself is there. */
  void delete() {
    close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }
}
