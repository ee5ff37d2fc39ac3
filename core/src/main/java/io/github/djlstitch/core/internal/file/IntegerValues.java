// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.nio.ByteBuffer;

/** Little-endian whole numbers of any size as 64-bit ones; flags are what their byte says. */
final class IntegerValues {
  private IntegerValues() {}

  /** Returns true for types of whole numbers and flags. */
  static boolean readable(DType dtype) {
    return switch (dtype) {
      case BOOL, U8, I8, I16, U16, I32, U32, I64, U64 -> true;
      default -> false;
    };
  }

  /**
   * Reads the next number of a little-endian buffer.
   *
   * @throws ArithmeticException if it is 2^63 or more
   */
  static long next(DType dtype, ByteBuffer bytes) {
    return switch (dtype) {
      case BOOL, U8 -> bytes.get() & 0xff;
      case I8 -> bytes.get();
      case I16 -> bytes.getShort();
      case U16 -> bytes.getShort() & 0xffff;
      case I32 -> bytes.getInt();
      case U32 -> bytes.getInt() & 0xffff_ffffL;
      case I64 -> bytes.getLong();
      case U64 -> {
        long value = bytes.getLong();
        if (value < 0) {
          throw new ArithmeticException("beyond 2^63 - 1");
        }
        yield value;
      }
      default -> throw new IllegalArgumentException("not whole numbers: " + dtype);
    };
  }
}
