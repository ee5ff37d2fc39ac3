// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Values that NumPy, SciPy or scikit-learn computed; the script lies beside the file. */
public record Golden(JsonObject values) {
  public static Golden read(String name) {
    var stream = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name);
    try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Golden(JsonParser.parseReader(reader).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Golden in(String key) {
    return new Golden(values.getAsJsonObject(key));
  }

  public FloatMatrix matrix(String key) {
    JsonArray rows = values.getAsJsonArray(key);
    float[][] out = new float[rows.size()][];
    for (int i = 0; i < out.length; i++) {
      double[] row = doubles(rows.get(i).getAsJsonArray());
      out[i] = new float[row.length];
      for (int j = 0; j < row.length; j++) {
        out[i][j] = (float) row[j];
      }
    }
    return FloatMatrix.of(out);
  }

  public double number(String key) {
    return values.get(key).getAsDouble();
  }

  public double[] numbers(String key) {
    return doubles(values.getAsJsonArray(key));
  }

  public int[] integers(String key) {
    return Arrays.stream(numbers(key)).mapToInt(v -> (int) v).toArray();
  }

  private static double[] doubles(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(e -> e.getAsDouble())
        .toArray();
  }
}
