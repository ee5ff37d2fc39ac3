// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.nio.ByteBuffer;

/**
 * Little-endian numbers as float32. F16 and BF16 are exact. F64 is rounded to nearest, so a finite
 * value beyond float32 becomes an infinity.
 */
public final class FloatValues {
  private FloatValues() {}

  /** Returns true for types that can be read as float32. */
  public static boolean readable(DType dtype) {
    return switch (dtype) {
      case F32, F16, BF16, F64 -> true;
      default -> false;
    };
  }

  /** Converts the remaining bytes of a little-endian buffer into {@code target}. */
  public static void copy(DType dtype, ByteBuffer bytes, float[] target, int offset) {
    int count = bytes.remaining() / dtype.size();
    if (dtype == DType.F32) {
      bytes.asFloatBuffer().get(target, offset, count);
      return;
    }
    for (int i = offset; i < offset + count; i++) {
      target[i] =
          switch (dtype) {
            case F64 -> (float) bytes.getDouble();
            case BF16 -> ofBf16(bytes.getShort());
            case F16 -> ofF16(bytes.getShort());
            default -> throw new IllegalArgumentException("not readable as float32: " + dtype);
          };
    }
  }

  /** BF16 is the upper half of a float32. */
  static float ofBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** IEEE 754 binary16; Float.float16ToFloat needs Java 20. */
  static float ofF16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) { // zero or subnormal: fraction * 2^-24, exact in float32
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127; // 0x1f: infinity or NaN
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
