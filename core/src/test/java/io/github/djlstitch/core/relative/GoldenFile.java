// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Matrices that a script beside the file computed with NumPy, SciPy or scikit-learn. */
record GoldenFile(JsonObject values) {
  static GoldenFile named(String name) {
    try (InputStream in = Objects.requireNonNull(GoldenFile.class.getResourceAsStream(name))) {
      var reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      return new GoldenFile(JsonParser.parseReader(reader).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FloatMatrix matrix(String key) {
    JsonArray rows = values.getAsJsonArray(key);
    int columns = rows.get(0).getAsJsonArray().size();
    return Matrices.of(
        rows.size(), columns, (i, j) -> rows.get(i).getAsJsonArray().get(j).getAsDouble());
  }

  int[] integers(String key) {
    return values.getAsJsonArray(key).asList().stream().mapToInt(e -> e.getAsInt()).toArray();
  }
}
