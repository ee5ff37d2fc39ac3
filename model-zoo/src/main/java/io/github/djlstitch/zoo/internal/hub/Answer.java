// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's response whose body has not been read.
 *
 * @param uri address that responded
 */
record Answer(URI uri, int status, HttpHeaders headers, Body body) implements AutoCloseable {
  private static final Set<Integer> LATER = Set.of(408, 429, 500, 502, 503, 504);
  private static final int LARGEST_HEADERS = 1 << 16;

  /** Refuses headers of a size that none of our servers sends. */
  Answer {
    long size = 0;
    for (Map.Entry<String, List<String>> header : headers.map().entrySet()) {
      for (String value : header.getValue()) {
        size += header.getKey().length() + value.length();
      }
    }
    if (size > LARGEST_HEADERS) {
      body.close();
      throw StitchException.unavailable(
          "'%s' sent %d bytes of headers; at most %d are read",
          Urls.shown(uri), size, LARGEST_HEADERS);
    }
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** A header that is a number of bytes or seconds, or empty if it is not there. */
  OptionalLong number(String name) {
    Optional<String> text = header(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.get().matches("[0-9]{1,18}")) {
      throw StitchException.unavailable(
          "'%s' sent a %s that is not a number; try again later", Urls.shown(uri), name);
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  boolean isRedirect() {
    return status >= 300 && status < 400 && header("Location").isPresent();
  }

  /** Throws if the server asks for a retry. */
  void requireReady() throws TryLater {
    if (LATER.contains(status)) {
      throw new TryLater(Urls.shown(uri) + " answered " + status, retryAfter());
    }
  }

  /** Refuses a body that is not the file's own bytes. */
  void requirePlain() {
    String encoding = header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw StitchException.unavailable(
          "'%s' sent compressed bytes although the plain file was requested", Urls.shown(uri));
    }
  }

  private @Nullable Duration retryAfter() {
    String text = header("Retry-After").orElse("");
    return text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }

  @Override
  public void close() {
    body.close();
  }
}
