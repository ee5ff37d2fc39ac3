// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every measure against NumPy, SciPy and scikit-learn; see measures.py. */
final class MeasureGoldenTest {
  private static final JsonObject GOLDEN = read();

  private static JsonObject read() {
    var in = MeasureGoldenTest.class.getResourceAsStream("measures.json");
    var reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8);
    return JsonParser.parseReader(reader).getAsJsonObject();
  }

  static Stream<JsonObject> pairs() {
    return GOLDEN.getAsJsonArray("pairs").asList().stream().map(JsonElement::getAsJsonObject);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void equalsNumPy(JsonObject pair) {
    FloatMatrix x = space(pair.get("x").getAsString());
    FloatMatrix y = space(pair.get("y").getAsString());
    for (Map.Entry<String, JsonElement> value : pair.getAsJsonObject("values").entrySet()) {
      SpaceMeasure measure = measure(value.getKey());
      assertEquals(
          value.getValue().getAsDouble(), measure.of(x, y), tolerance(measure), value.getKey());
    }
  }

  // CKNNA weighs by cosines rounded to float32; the others differ by rounding in float64 alone.
  private static double tolerance(SpaceMeasure measure) {
    return measure.kind() == MeasureKind.CKNNA ? 1e-6 : 1e-9;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theComparisonOfTheSamePairingIsTheSame(JsonObject pair) {
    FloatMatrix x = space(pair.get("x").getAsString());
    FloatMatrix y = space(pair.get("y").getAsString());
    int[] order = RowDraws.permutation(x.rows(), new java.util.Random(1));
    for (String name : pair.getAsJsonObject("values").keySet()) {
      SpaceMeasure measure = measure(name);
      Comparison comparison = measure.compare(x, y);
      // Canonical variates are kept in float32 between permutations.
      double same = comparison.permuted(RowDraws.identity(x.rows()));
      assertEquals(measure.of(x, y), same, 1e-6, name);
      assertEquals(measure.of(x, y.select(order)), comparison.permuted(order), 1e-6, name);
    }
  }

  @Test
  void effectiveRankEqualsNumPy() {
    GOLDEN
        .getAsJsonObject("effective_rank")
        .asMap()
        .forEach(
            (name, rank) ->
                assertEquals(
                    rank.getAsDouble(), SpaceStatistics.of(space(name)).effectiveRank(), 1e-6));
  }

  private static FloatMatrix space(String name) {
    JsonArray rows = GOLDEN.getAsJsonObject("spaces").getAsJsonArray(name);
    int width = rows.get(0).getAsJsonArray().size();
    return Matrices.of(
        rows.size(), width, (i, j) -> rows.get(i).getAsJsonArray().get(j).getAsDouble());
  }

  private static SpaceMeasure measure(String name) {
    String[] parts = name.split(":", 2);
    SpaceMeasure named = SpaceMeasure.named(parts[0], 10);
    return parts.length == 1 ? named : new SpaceMeasure(named.kind(), Double.parseDouble(parts[1]));
  }
}
