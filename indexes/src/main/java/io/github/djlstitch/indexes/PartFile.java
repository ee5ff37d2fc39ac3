// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.indexes.VectorSink.Piece;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows part by part. Bytes are digested and written by a thread of its own, four
 * chunks behind at most, so that they cost the caller a copy. The file begins with room for a
 * header that is written at the end. Not thread-safe.
 */
final class PartFile implements Closeable {
  private static final int CHUNK = 1 << 20;
  private static final int CHUNKS = 4;

  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.newDigest();
  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(CHUNKS);
  private final ExecutorService writer;
  private ByteBuffer chunk;
  private long partStart;
  private long sent;
  private volatile @Nullable Exception failure;

  private PartFile(Path file, FileChannel channel, ByteOrder order, long start, int chunkSize) {
    this.file = file;
    this.channel = channel;
    this.partStart = start;
    this.sent = start;
    for (int i = 1; i < CHUNKS; i++) {
      free.add(ByteBuffer.allocate(chunkSize).order(order));
    }
    this.chunk = ByteBuffer.allocate(chunkSize).order(order);
    this.writer =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "stitch-index-writer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens a file behind its finished pieces; what follows them is cut off.
   *
   * @param header bytes to leave free at the start
   * @param row most bytes that are asked for at once
   * @throws StitchException (verification) if a piece is not what it was; (resources) if the file
   *     cannot be written
   */
  static PartFile open(Path file, long header, int row, ByteOrder order, List<Piece> pieces) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        long end = FinishedPieces.verify(file, channel, header, pieces);
        channel.truncate(end);
        channel.position(end);
        return new PartFile(file, channel, order, end, Math.max(CHUNK, row));
      } catch (IOException | StitchException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  /** The offset at which the next byte is written. */
  long end() {
    return sent + chunk.position();
  }

  /** A buffer with room for so many bytes; whatever the caller puts there is written. */
  ByteBuffer room(int bytes) {
    if (chunk.remaining() < bytes) {
      send();
    }
    return chunk;
  }

  /** Writes bytes of any number. */
  void write(byte[] bytes, int offset, int length) {
    for (int at = offset; at < offset + length; ) {
      ByteBuffer target = room(1);
      int count = Math.min(target.remaining(), offset + length - at);
      target.put(bytes, at, count);
      at += count;
    }
  }

  /** Writes rows of float32 without anything between them. */
  void write(FloatMatrix rows) {
    int rowBytes = rows.columns() * Float.BYTES;
    for (int from = 0; from < rows.rows(); ) {
      ByteBuffer target = room(rowBytes);
      int to = Math.min(rows.rows(), from + target.remaining() / rowBytes);
      rows.rowRange(from, to).copyTo(target.asFloatBuffer());
      target.position(target.position() + (to - from) * rowBytes);
      from = to;
    }
  }

  /** Ends the piece that began where the one before it ended; none if it has no bytes. */
  Optional<Piece> endPart() {
    send();
    await(
        writer.submit(
            () -> {
              channel.force(true);
              return true;
            }));
    String sha256 = HexFormat.of().formatHex(digest.digest());
    String name = String.valueOf(file.getFileName());
    var piece = new Piece(name, partStart, sent - partStart, sha256);
    partStart = sent;
    return piece.length() == 0 ? Optional.empty() : Optional.of(piece);
  }

  /** Adds all bytes of another file behind the finished parts, in none of them. */
  void appendAll(Path other) {
    await(
        writer.submit(
            () -> {
              try (FileChannel from = FileChannel.open(other)) {
                long size = from.size();
                for (long at = 0; at < size; ) {
                  at += channel.transferFrom(from.position(at), sent + at, size - at);
                }
              }
              return true;
            }));
  }

  /** Writes the header, and a trailer that is in no part, and closes the file. */
  void finish(byte[] header, byte[] trailer) {
    await(
        writer.submit(
            () -> {
              writeAt(header, 0);
              writeAt(trailer, sent);
              channel.force(true);
              return true;
            }));
    close();
  }

  private void writeAt(byte[] bytes, long offset) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest, offset + rest.position());
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
    try {
      channel.close();
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private void send() {
    requireWritten();
    ByteBuffer full = chunk.flip();
    sent += full.limit();
    writer.execute(() -> store(full));
    try {
      chunk = free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  // On the writer's thread. After a failure nothing is written any more.
  private void store(ByteBuffer full) {
    try {
      if (failure == null) {
        digest.update(full.duplicate());
        while (full.hasRemaining()) {
          channel.write(full);
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      free.add(full.clear());
    }
  }

  private void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      failure = e.getCause() instanceof Exception cause ? cause : e;
    }
    requireWritten();
  }

  private void requireWritten() {
    Exception found = failure;
    if (found instanceof IOException io) {
      throw WriteFailure.of(file, io);
    }
    if (found != null) {
      throw new IllegalStateException("writing '" + file + "' failed", found);
    }
  }

  private StitchException interrupted(InterruptedException e) {
    return StitchException.resources("cannot write '%s': interrupted", file).because(e);
  }
}
