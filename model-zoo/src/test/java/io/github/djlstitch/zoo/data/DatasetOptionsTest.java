// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.zoo.internal.data.Failures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetOptionsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @Test
  void defaultsAndCopies() {
    assertEquals(
        new DatasetOptions(Optional.empty(), Map.of(), .2, 0, Optional.empty(), UTF_8, false),
        DEFAULTS);
    assertEquals(
        new DatasetOptions(
            Optional.of(new SplitSize(3, 2)),
            Map.of("text", "body"),
            .5,
            7,
            Optional.of(';'),
            UTF_16,
            true),
        everything());
  }

  private static DatasetOptions everything() {
    return DEFAULTS
        .withSplitSize(new SplitSize(3, 2))
        .withColumns(Map.of("text", "body"))
        .withTestFraction(.5)
        .withSeed(7)
        .withSeparator(';')
        .withEncoding(UTF_16)
        .withSkipBad();
  }

  @Test
  void theyAreReadAsTheyWereWritten() {
    for (DatasetOptions options : List.of(DEFAULTS, everything())) {
      assertEquals(options, read(options.toJson().toString()));
    }
    assertEquals(DEFAULTS, read("{}"));
    assertEquals(
        "{\"split_size\":[3,2],\"columns\":{\"text\":\"body\"},\"test_fraction\":0.5,\"seed\":7,"
            + "\"separator\":\";\",\"encoding\":\"UTF-16\",\"skip_bad\":true}",
        everything().toJson().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"split_size\": [1]}",
        "{\"split_size\": \"1,2\"}",
        "{\"columns\": {\"lable\": \"x\"}}",
        "{\"columns\": {\"text\": 1}}",
        "{\"test_fraction\": 1.5}",
        "{\"seed\": 0.5}",
        "{\"separator\": \";;\"}",
        "{\"encoding\": \"no such\"}",
        "{\"skip_bad\": 1}",
        "{\"later\": 1}"
      })
  void badFilesAreBadInput(String json) {
    Failures.badInput(() -> read(json));
  }

  private static DatasetOptions read(String json) {
    return DatasetOptions.parse("head", json);
  }

  @Test
  void separatorsAndEncodingsByName() {
    assertEquals(';', DatasetOptions.separator(";"));
    assertEquals('\t', DatasetOptions.separator("tab"));
    assertEquals('\t', DatasetOptions.separator("\\t"));
    Failures.usage(() -> DatasetOptions.separator("::"), "'::'", "one character", "or tab");
    Failures.usage(() -> DEFAULTS.withSeparator('"'), "cannot stand between columns");
    assertEquals(UTF_16, DatasetOptions.encoding("utf-16"));
    Failures.usage(() -> DatasetOptions.encoding("utf-9\u001b"), "'utf-9\\u001B'", "UTF-16");
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
