// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import io.github.djlstitch.core.StitchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A cursor over one protobuf message. What ONNX Runtime's reader could understand differently is
 * refused: numbers that are not written in the fewest bytes, tags beyond 32 bits, texts that are
 * not UTF-8. Every length is checked against what is left of the message before it is used, and
 * nothing is copied: nested messages and byte fields are slices.
 */
final class Protobuf {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_VARINT_BYTES = 10;
  private static final long SMALLEST_TAG = 1 << 3;
  private static final long LARGEST_TAG = 0xffff_ffffL;

  private final Path file;
  private final ByteBuffer bytes;
  private int field;
  private int wireType;

  Protobuf(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Moves to the next field; false at the end of the message. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    if (tag < 0 || tag > LARGEST_TAG || tag < SMALLEST_TAG) {
      throw malformed("a tag of 32 bits after it, not " + Long.toUnsignedString(tag));
    }
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    return true;
  }

  int field() {
    return field;
  }

  boolean isBytes() {
    return wireType == BYTES;
  }

  Protobuf message() {
    return new Protobuf(file, slice());
  }

  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
    } catch (CharacterCodingException e) {
      throw malformed("a text in UTF-8").because(e);
    }
  }

  /** The bytes of this field as a direct, mapped slice at position 0. */
  ByteBuffer slice() {
    if (wireType != BYTES) {
      throw malformed("a length-delimited field");
    }
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw malformed("at most " + bytes.remaining() + " bytes but " + length + " are announced");
    }
    ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return slice.order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  long varint() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      require(1);
      byte b = bytes.get();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        boolean shortest = (b != 0 || i == 0) && (i < MAX_VARINT_BYTES - 1 || b == 1);
        if (!shortest) {
          throw malformed("numbers in their shortest form");
        }
        return value;
      }
    }
    throw malformed("a number of at most 10 bytes");
  }

  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case BYTES -> slice();
      case FIXED32 -> advance(4);
      default -> throw malformed("a known wire type but it is " + wireType);
    }
  }

  private void advance(int count) {
    require(count);
    bytes.position(bytes.position() + count);
  }

  private void require(int count) {
    if (bytes.remaining() < count) {
      throw malformed("more bytes");
    }
  }

  private StitchException malformed(String expected) {
    return StitchException.badInput(
        "'%s' is not a whole ONNX file: field %d needs %s; get the file again",
        file, field, expected);
  }
}
