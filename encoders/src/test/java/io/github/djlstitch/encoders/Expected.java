// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Reads expected values; the README beside them says who computed them. */
public final class Expected {
  private Expected() {}

  public static JsonElement json(String resource) throws IOException {
    try (var in = Objects.requireNonNull(Expected.class.getResourceAsStream("/" + resource));
        var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader);
    }
  }

  public static long[] longs(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
        .mapToLong(JsonElement::getAsLong)
        .toArray();
  }
}
