// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.StitchException.Kind;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricTest {
  @ParameterizedTest
  @CsvFileSource(resources = "metrics.golden.txt", delimiter = '|')
  void equalsScikitLearn(
      int classes,
      String expected,
      String predicted,
      double accuracy,
      double f1,
      double macro,
      double mae) {
    Map<Metric, Double> golden =
        Map.of(
            Metric.ACCURACY,
            accuracy,
            Metric.F1_WEIGHTED,
            f1,
            Metric.F1_MACRO,
            macro,
            Metric.MAE,
            mae);
    golden.forEach(
        (metric, value) ->
            assertEquals(
                value,
                metric.of(labels(expected), labels(predicted), classes),
                1e-12,
                metric.id()));
  }

  private static int[] labels(String text) {
    return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void otherLengthsAndNoneAreRefused(Metric metric) {
    int[] three = {0, 1, 0};
    refused("got 2 for 3", Kind.BAD_INPUT, () -> metric.of(three, new int[2], 2));
    refused("at least 1", Kind.BAD_INPUT, () -> metric.of(new int[0], new int[0], 2));
  }
}
