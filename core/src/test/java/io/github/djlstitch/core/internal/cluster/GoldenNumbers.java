// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Numbers that another program computed; the script lies beside the file. */
final class GoldenNumbers {
  private final JsonObject object;

  private GoldenNumbers(JsonObject object) {
    this.object = object;
  }

  static GoldenNumbers of(String file) {
    var in = Objects.requireNonNull(GoldenNumbers.class.getResourceAsStream(file), file);
    var reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    return new GoldenNumbers(JsonParser.parseReader(reader).getAsJsonObject());
  }

  double number(String field) {
    return object.get(field).getAsDouble();
  }

  int[] integers(String field) {
    return StreamSupport.stream(object.getAsJsonArray(field).spliterator(), false)
        .mapToInt(JsonElement::getAsInt)
        .toArray();
  }

  FloatMatrix matrix(String field, int columns) {
    var array = object.getAsJsonArray(field);
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return FloatMatrix.wrap(values.length / columns, columns, values);
  }
}
