// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.zoo.internal.data.Failures;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetOptionsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @Test
  void defaultsAndCopies() {
    assertEquals(new DatasetOptions(Optional.empty(), Map.of(), .2, 0), DEFAULTS);
    var size = new SplitSize(3, 2);
    var columns = Map.of("text", "body");
    assertEquals(
        new DatasetOptions(Optional.of(size), columns, .5, 7),
        DEFAULTS.withSplitSize(size).withColumns(columns).withTestFraction(.5).withSeed(7));
  }

  @Test
  void badColumns() {
    Failures.usage(
        () -> DEFAULTS.withColumns(Map.of("lable", "x")), "'lable'", "did you mean 'label'?");
    Failures.usage(() -> DEFAULTS.withColumns(Map.of("text", "")), "'text' needs the name");
    Failures.usage(
        () -> DEFAULTS.withColumns(Map.of("text", "label")), "'label'", "'text'", "of its own");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, 2, Double.NaN})
  void badTestFractions(double fraction) {
    Failures.usage(() -> DEFAULTS.withTestFraction(fraction), "test fraction", "less than 1");
  }

  @Test
  void parsesSplitSizes() {
    assertEquals(new SplitSize(1000, 250), SplitSize.parse("1000, 250"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5,", "5,x", "1,2,3", "99999999999,1"})
  void badSplitSizes(String text) {
    Failures.usage(() -> SplitSize.parse(text), "'" + text + "'", "TRAIN,TEST");
  }

  @Test
  void splitSizesOfZeroAreRefused() {
    Failures.usage(() -> SplitSize.parse("0,5"), "split size 0,5", "at least 1");
    Failures.usage(() -> new SplitSize(5, -1), "split size 5,-1", "at least 1");
  }
}
