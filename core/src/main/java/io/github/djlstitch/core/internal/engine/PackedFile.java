// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.util.ClassLoaderUtils;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A file of the class path, by the size and the checksum that its jar's directory states; nothing
 * is unpacked for them.
 */
record PackedFile(String resource, long size, long crc) {
  private static final String FILE = "file:";
  private static final String JAR = "jar:" + FILE;
  private static final String IN_JAR = "!/";
  private static final int PIECE = 1 << 20;

  /** The file of that name, if the class path has it. */
  static Optional<PackedFile> find(String resource) throws IOException {
    URL place = ClassLoaderUtils.getContextClassLoader().getResource(resource);
    return place == null ? Optional.empty() : Optional.of(of(resource, place.toString()));
  }

  private static PackedFile of(String resource, String place) throws IOException {
    int inside = place.indexOf(IN_JAR);
    if (!place.startsWith(JAR) || inside < 0) {
      return measured(resource);
    }
    File jar = new File(URI.create(place.substring(JAR.length() - FILE.length(), inside)));
    try (var zip = new ZipFile(jar)) {
      ZipEntry entry = zip.getEntry(resource);
      return entry == null
          ? measured(resource)
          : new PackedFile(resource, entry.getSize(), entry.getCrc());
    }
  }

  // A class path need not be of jars, nor of jars that are files.
  private static PackedFile measured(String resource) throws IOException {
    try (InputStream in = stream(resource)) {
      var counted = new long[1];
      long crc = crc(Channels.newChannel(in), counted);
      return new PackedFile(resource, counted[0], crc);
    }
  }

  private static InputStream stream(String resource) throws IOException {
    InputStream in = ClassLoaderUtils.getContextClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(resource);
    }
    return in;
  }

  /** The bytes, unpacked; the caller closes the stream. */
  InputStream open() throws IOException {
    return stream(resource);
  }

  /** Returns true if a file holds the same bytes, by their number and checksum. */
  boolean isIn(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != size) {
      return false;
    }
    try (FileChannel in = FileChannel.open(file)) {
      return crc(in, new long[1]) == crc;
    }
  }

  private static long crc(ReadableByteChannel in, long[] counted) throws IOException {
    var sum = new CRC32();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    while (in.read(piece.clear()) >= 0) {
      counted[0] += piece.position();
      sum.update(piece.flip());
    }
    return sum.getValue();
  }
}
