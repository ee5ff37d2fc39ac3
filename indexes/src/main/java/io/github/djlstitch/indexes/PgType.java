// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.UUID;

/** Types of ids in PostgreSQL's binary format, which says of no field what type it has. */
enum PgType implements Named {
  /** Four bytes. */
  INT4,
  /** Eight bytes. */
  INT8,
  /** Sixteen bytes. */
  UUID,
  /** UTF-8, of char, varchar and text. */
  TEXT;

  /**
   * The type that bytes look like: four or eight with a control character are an integer, sixteen
   * that are no visible text a UUID, others text. Integers without a control character are above
   * 150 million (four bytes) or 6 * 10^17: for those the type must be named.
   */
  static PgType of(ByteBuffer bytes) {
    boolean visible = isText(bytes);
    return switch (bytes.remaining()) {
      case 4 -> visible ? TEXT : INT4;
      case 8 -> visible ? TEXT : INT8;
      case 16 -> visible ? TEXT : UUID;
      default -> TEXT;
    };
  }

  /** Tells if bytes are UTF-8 without control characters. */
  static boolean isText(ByteBuffer bytes) {
    for (int i = 0; i < bytes.remaining(); i++) {
      byte value = bytes.get(bytes.position() + i);
      if (value >= 0 && value < ' ' && value != '\n' && value != '\r' && value != '\t') {
        return false;
      }
    }
    try {
      UTF_8.newDecoder().decode(bytes.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * Reads an id of this type.
   *
   * @throws StitchException (bad input) if the bytes are of another
   */
  String read(String where, ByteBuffer bytes) {
    int size = bytes.remaining();
    if (this == TEXT) {
      return text(where, bytes);
    }
    if (size != (this == INT4 ? 4 : this == INT8 ? 8 : 16)) {
      throw StitchException.badInput(
          "%s: the id has %d bytes, which is no %s; name its type with --columns id=N:TYPE",
          where, size, id());
    }
    return switch (this) {
      case INT4 -> Integer.toString(bytes.getInt());
      case INT8 -> Long.toString(bytes.getLong());
      default -> new UUID(bytes.getLong(), bytes.getLong()).toString();
    };
  }

  /** Reads a text. */
  static String text(String where, ByteBuffer bytes) {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw StitchException.badInput(
              "%s: a text is not UTF-8; if the column is of another type, name it with --columns"
                  + " id=N:TYPE (int4, int8, uuid or text)",
              where)
          .because(e);
    }
  }

  /**
   * The bytes of an id.
   *
   * @throws StitchException (bad input) if this type has no such value
   */
  byte[] write(String where, String id) {
    try {
      return switch (this) {
        case TEXT -> id.getBytes(UTF_8);
        case INT4 -> ByteBuffer.allocate(4).putInt(Integer.parseInt(id)).array();
        case INT8 -> ByteBuffer.allocate(8).putLong(Long.parseLong(id)).array();
        case UUID -> {
          UUID value = java.util.UUID.fromString(id);
          yield ByteBuffer.allocate(16)
              .putLong(value.getMostSignificantBits())
              .putLong(value.getLeastSignificantBits())
              .array();
        }
      };
    } catch (IllegalArgumentException e) {
      throw StitchException.badInput(
              "%s: the id '%s' is no %s; name its type with --columns id=N:TYPE",
              where, Printable.of(id), id())
          .because(e);
    }
  }
}
