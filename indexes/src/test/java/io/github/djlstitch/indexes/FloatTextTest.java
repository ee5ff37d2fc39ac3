// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decimal numbers, against the JDK's own. */
final class FloatTextTest {
  @Test
  void jsonsNumbersAreRead() throws FloatText.Malformed {
    byte[] bytes = "[1e3, -0.25 ,16777217,\t-0,1.5E-2]".getBytes(US_ASCII);
    float[] found = new float[5];
    var text = new FloatText(bytes, 0, bytes.length);
    assertEquals(5, text.list(found, 0, 5));
    assertEquals(List.of(1000f, -.25f, 16777216f, -0f, .015f), Samples.list(found));
    assertEquals(bytes.length, text.at());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e]",
        "[--1]",
        "[0x1]",
        "[1,2,3,4]",
        "[\"1\"]",
        "[null]",
        "[Nan]",
        "[Inf]",
        "{1}",
        "1",
        "",
        "[1f]"
      })
  void anythingElseIsMalformed(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    assertThrows(
        FloatText.Malformed.class,
        () -> new FloatText(bytes, 0, bytes.length).list(new float[3], 0, 3));
  }

  @Test
  void pythonsWordsAreNumbers() throws FloatText.Malformed {
    byte[] bytes = "[NaN, Infinity, -Infinity]".getBytes(US_ASCII);
    float[] found = new float[3];
    assertEquals(3, new FloatText(bytes, 0, bytes.length).list(found, 0, 3));
    assertEquals(
        List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY), Samples.list(found));
  }
}
