// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.indexes.VectorSink.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Pieces of a file that were finished before, compared with what the file has now. */
final class FinishedPieces {
  private static final int BUFFER = 1 << 16;

  private FinishedPieces() {}

  /** The pieces of one file, in the order of their parts. */
  static List<Piece> of(String name, List<VectorSink.Part> parts) {
    return parts.stream()
        .flatMap(part -> part.pieces().stream())
        .filter(piece -> piece.file().equals(name))
        .toList();
  }

  /** The rows of all parts. */
  static long rows(List<VectorSink.Part> parts) {
    return parts.stream().mapToLong(VectorSink.Part::rows).sum();
  }

  /**
   * Compares every piece with the file and returns where the last one ends.
   *
   * @param start where the first one begins
   * @throws StitchException (verification) if one is not what it was
   */
  static long verify(Path file, FileChannel channel, long start, List<Piece> pieces)
      throws IOException {
    long end = start;
    for (Piece piece : pieces) {
      boolean follows = piece.offset() == end && piece.length() > 0;
      if (!follows || piece.length() > channel.size() - end) {
        throw changed(file, piece);
      }
      if (!piece.sha256().equals(sha256(channel, end, piece.length()))) {
        throw changed(file, piece);
      }
      end += piece.length();
    }
    return end;
  }

  /** The refusal to go on. */
  static StitchException changed(Path file, Piece piece) {
    return StitchException.verification(
        "'%s': the finished part of %d bytes at byte %d is not what it was; start again from the"
            + " beginning",
        file, piece.length(), piece.offset());
  }

  private static String sha256(FileChannel channel, long offset, long length) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long at = offset; at < offset + length; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, offset + length - at));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) < 0) {
          return ""; // cut short meanwhile
        }
      }
      digest.update(buffer.array(), 0, buffer.limit());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
