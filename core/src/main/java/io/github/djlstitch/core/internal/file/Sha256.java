// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.time.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An incremental SHA-256 over fields. Every field is preceded by its length, so that no two
 * different sequences of fields have the same bytes. Not thread-safe.
 */
public final class Sha256 {
  private static final int BUFFER = 1 << 16;
  private final MessageDigest digest = newDigest();

  private Sha256() {}

  /** An empty digest. */
  public static Sha256 builder() {
    return new Sha256();
  }

  /** Adds a text as UTF-8. */
  public Sha256 add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a number. */
  public Sha256 add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  /** Adds the remaining bytes of a buffer, which is consumed. */
  public Sha256 add(ByteBuffer bytes) {
    add(bytes.remaining());
    digest.update(bytes);
    return this;
  }

  /** Returns the digest as 64 lower-case hexadecimal digits and resets it. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The plain SHA-256 of a file's bytes, as {@code sha256sum} prints it. */
  public static String ofFile(Path file) throws IOException {
    try {
      return Stage.DIGESTS.get(() -> digest(file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String digest(Path file) {
    MessageDigest digest = newDigest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The SHA-256 of a file that the caller named, as {@link #ofFile}.
   *
   * @throws StitchException (bad input) if it cannot be read
   */
  public static String ofInput(Path file) {
    try {
      return ofFile(file);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }

  /** A bare JDK digest, for streams that are hashed while they are read. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
