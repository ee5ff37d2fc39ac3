// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decimal numbers, against the JDK's own. */
final class FloatTextTest {
  private static final int COUNT = 300_000;

  @Test
  void whatIsWrittenIsReadAsTheSameBits() throws FloatText.Malformed {
    var random = new Random(1);
    for (int i = 0; i < COUNT; i++) {
      float bits = Float.intBitsToFloat(random.nextInt());
      requireSame(Float.isFinite(bits) ? bits : 0f);
      requireSame((float) random.nextGaussian() * 0.05f); // as vectors of 384 values have them
      requireSame(random.nextInt(2_000_000) / 1e5f - 10);
    }
    for (float value :
        new float[] {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1e7f, 9999999f, 1e-4f}) {
      requireSame(value);
      requireSame(Math.nextUp(value) == Float.POSITIVE_INFINITY ? value : Math.nextUp(value));
      requireSame(Math.nextDown(value));
    }
  }

  private static void requireSame(float value) throws FloatText.Malformed {
    String text = written(value);
    assertEquals(
        Float.floatToRawIntBits(value), Float.floatToRawIntBits(Float.parseFloat(text)), text);
    assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(read(text)), text);
  }

  @Test
  void whatIsReadIsRoundedOnce() throws FloatText.Malformed {
    var random = new Random(2);
    for (int i = 0; i < COUNT; i++) {
      String text =
          (random.nextBoolean() ? "-" : "")
              + random.nextInt(3)
              + "."
              + Long.toString(random.nextLong() >>> random.nextInt(1, 60))
              + (random.nextInt(4) == 0 ? "e" + (random.nextInt(100) - 50) : "");
      assertEquals(
          Float.floatToRawIntBits(Float.parseFloat(text)),
          Float.floatToRawIntBits(read(text)),
          text);
    }
  }

  @Test
  void halfWayBetweenTwoFloatsIsRoundedOnce() throws FloatText.Malformed {
    // Exactly half way, and a hair beyond: by way of a double both would be the even neighbor.
    for (String text :
        List.of(
            "1.00000005960464477539", "1.000000059604644776", "16777217", "16777217.000000001")) {
      assertEquals(Float.parseFloat(text), read(text), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "-0.25,-0.25",
    "1,1.0",
    "1234567,1234567.0",
    "0.3,0.3",
    "0,0.0",
    "3.1415927,3.1415927"
  })
  void shortNumbersStayShort(float value, String text) {
    assertEquals(text, written(value));
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

  private static String written(float value) {
    ByteBuffer out = ByteBuffer.allocate(FloatText.LONGEST);
    FloatText.put(value, out);
    return new String(out.array(), 0, out.position(), US_ASCII);
  }

  private static float read(String text) throws FloatText.Malformed {
    byte[] bytes = ("[" + text + "]").getBytes(US_ASCII);
    float[] found = new float[1];
    new FloatText(bytes, 0, bytes.length).list(found, 0, 1);
    return found[0];
  }
}
