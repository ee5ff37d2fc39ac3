// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Pieces of addresses. No message of this package shows more of one than {@link #shown}. */
final class Urls {
  private Urls() {}

  /** Percent-encodes all but unreserved characters. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  /** As {@link #encode}, but keeps slashes. */
  static String encodePath(String path) {
    return encode(path).replace("%2F", "/");
  }

  /** Resolves a redirect, or returns empty if its target is not an address. */
  static Optional<URI> resolve(URI from, String location) {
    try {
      return Optional.of(from.resolve(new URI(location)));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // without the cause: it would print a signed address
    }
  }

  /**
   * Returns true for redirects without a host, as of renamed repositories, which stay on the same
   * host.
   */
  static boolean isRelative(String location) {
    return !location.startsWith("//") && !location.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");
  }

  /** Returns true if scheme, host and port agree, so that credentials may be sent to both. */
  static boolean sameOrigin(URI a, URI b) {
    return origin(a).equals(origin(b));
  }

  /** Host and port alone: path and query may hold a signature. */
  static String shown(URI uri) {
    if (uri.getHost() == null) {
      return uri.getScheme() + ":";
    }
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
    return scheme + "://" + host + ":" + port;
  }
}
