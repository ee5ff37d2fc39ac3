// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The expected hash of a file's bytes: SHA-256 (64 digits, large files) or the SHA-1 that git gives
 * a blob (40 digits, small files). The Hub sends either as ETag, and the cache names blobs by it.
 *
 * @param hex lower-case hexadecimal digits
 */
record Checksum(String hex) {
  private static final Pattern KNOWN = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{40}");
  private static final int SHA256_DIGITS = 64;
  private static final int BUFFER = 1 << 16;

  /** The checksum that a name or an ETag spells, or empty if it spells none. */
  static Optional<Checksum> of(String text) {
    return KNOWN.matcher(text).matches() ? Optional.of(new Checksum(text)) : Optional.empty();
  }

  /** The checksum in an ETag header, weak or quoted. */
  static Checksum ofEtag(String host, String etag) {
    String bare = etag.replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
    return of(bare)
        .orElseThrow(
            () ->
                StitchException.verification(
                    "'%s' sent the ETag '%s', which is neither a SHA-256 nor git's SHA-1, so that"
                        + " the file could not be verified",
                    host, Printable.of(bare)));
  }

  /** A digest that takes the file's bytes from now on. */
  MessageDigest start(long size) {
    if (hex.length() == SHA256_DIGITS) {
      return Sha256.newDigest();
    }
    MessageDigest digest = sha1();
    digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    return digest;
  }

  /** Compares a digest, which is reset, with the expected one. */
  boolean matches(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(hex);
  }

  /** Hashes a file and compares it. */
  boolean matches(Path file) throws IOException {
    MessageDigest digest = start(Files.size(file));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return matches(digest);
  }

  // Git names blobs so; the Hub gives nothing stronger for small files.
  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
