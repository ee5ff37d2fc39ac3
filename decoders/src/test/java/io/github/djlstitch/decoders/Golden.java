// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A file of expected numbers: each line a name and a row. */
record Golden(String resource) {
  /** The rows of that name. */
  float[][] rows(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> List.of(line.split(" ")))
          .filter(words -> words.get(0).equals(name))
          .map(words -> floats(words.subList(1, words.size())))
          .toArray(float[][]::new);
    }
  }

  private static float[] floats(List<String> words) {
    float[] values = new float[words.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(words.get(i));
    }
    return values;
  }
}
